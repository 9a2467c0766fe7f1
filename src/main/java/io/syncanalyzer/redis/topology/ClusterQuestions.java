package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;

/** Asks one node of a cluster for all of it. */
final class ClusterQuestions {
  /** What finding the nodes takes, as an ACL has it. */
  private static final String RIGHTS =
      "+cluster|shards +cluster|slots +cluster|nodes +cluster|info +cluster|myid";

  private final RedisConnection connection;
  private final NodeMap map;

  ClusterQuestions(RedisConnection connection, NodeMap map) {
    this.connection = connection;
    this.map = map;
  }

  /**
   * What it says.
   *
   * @throws RedisFailure if it is in no cluster, or may not be asked
   */
  ClusterView view() {
    NodeAddresses addresses = new NodeAddresses(connection.endpoint(), map);
    boolean ok = text(ask("INFO")).contains("cluster_state:ok");
    Reply shards = connection.call("CLUSTER", "SHARDS");
    if (!(shards instanceof Reply.Failed failed)) {
      return new ClusterView(ShardsReply.read(shards, addresses), ok);
    }
    if (!isUnknown(failed)) {
      throw refused("SHARDS", failed);
    }
    Reply slots = ask("SLOTS");
    return new ClusterView(SlotsReply.read(slots, text(ask("NODES")), addresses), ok);
  }

  /** The id of the node that is asked. */
  String ownId() {
    return ReplyFields.text(ask("MYID"));
  }

  /** Whether it speaks for a cluster, whatever its INFO says. */
  boolean isInCluster() {
    return connection.call("CLUSTER", "INFO") instanceof Reply.Text;
  }

  private Reply ask(String subcommand) {
    Reply reply = connection.call("CLUSTER", subcommand);
    if (reply instanceof Reply.Failed failed) {
      throw refused(subcommand, failed);
    }
    return reply;
  }

  /** Before 7.0 there is no CLUSTER SHARDS, and some that call themselves newer have none. */
  private static boolean isUnknown(Reply.Failed failed) {
    return failed.code().equals("ERR")
        && (failed.message().contains("nknown") || failed.message().contains("not supported"));
  }

  private RedisFailure refused(String subcommand, Reply.Failed failed) {
    Endpoint node = connection.endpoint();
    if (!failed.code().equals("NOPERM")) {
      return connection.refused("CLUSTER " + subcommand, failed);
    }
    String user = node.user().orElse("default");
    return new RedisFailure(
        RedisFailure.Kind.NO_PERMISSION,
        node,
        node
            + " does not let user "
            + user
            + " run CLUSTER "
            + subcommand
            + ", which finds the cluster's nodes; grant it on every node with ACL SETUSER "
            + user
            + " "
            + RIGHTS
            + " ("
            + Printable.of(failed.message())
            + ")",
        null);
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }
}
