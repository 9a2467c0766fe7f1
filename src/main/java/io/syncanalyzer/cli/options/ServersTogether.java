package io.syncanalyzer.cli.options;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.run.servers.ServersRequest;
import java.util.HashSet;
import java.util.Set;

/** Whether the servers that the options name go together. */
public final class ServersTogether {
  /** Each is two processes. */
  private static final int MOST_SHARDS = 50;

  private ServersTogether() {}

  /**
   * The same servers, if they do.
   *
   * @throws IllegalArgumentException with one line that names the options
   */
  static ServersRequest checked(ServersRequest servers) {
    Endpoint source = servers.source();
    if (servers.embedded() && servers.replicas().size() > 1) {
      throw new IllegalArgumentException(
          "--embedded starts one source and one replica; give --replica once");
    }
    if (servers.embedded()
        && (source.tls().isPresent() || servers.replicas().get(0).tls().isPresent())) {
      throw new IllegalArgumentException("--embedded starts plain servers; use redis:// URIs");
    }
    if (servers.shards().isPresent()) {
      checkShards(servers, servers.shards().getAsInt());
    }
    if (servers.redisServer().isPresent() && !servers.embedded()) {
      throw new IllegalArgumentException("--redis-server goes with --embedded");
    }
    if (servers.embedded() && !servers.wishes().nodes().equals(NodeMap.NONE)) {
      throw new IllegalArgumentException(
          "--node-map is for the user's own servers; those of --embedded are on this machine");
    }
    refuseClusterOfSentinels(source, servers.wishes().source());
    servers
        .replicas()
        .forEach(replica -> refuseClusterOfSentinels(replica, servers.wishes().replica()));
    boolean noCluster =
        servers.embedded()
            || (servers.wishes().source() == TopologyChoice.SINGLE
                && servers.wishes().replica() == TopologyChoice.SINGLE);
    servers.replicas().forEach(replica -> check(source, replica, noCluster));
    return servers;
  }

  private static void checkShards(ServersRequest servers, int shards) {
    if (!servers.embedded()) {
      throw new IllegalArgumentException("--shards goes with --embedded");
    }
    if (shards < 1 || shards > MOST_SHARDS) {
      throw new IllegalArgumentException(
          "--shards: a cluster has 1 to " + MOST_SHARDS + " of them here, not " + shards);
    }
    if (servers.source().database() != 0) {
      throw new IllegalArgumentException(
          "--shards: a cluster has database 0 alone, and --source names "
              + servers.source().database()
              + "; leave the number out");
    }
  }

  /** The same address may be one cluster's, whose replicas are meant: that is asked there. */
  private static void check(Endpoint source, Endpoint replica, boolean noCluster) {
    if (replica.database() != source.database()) {
      throw new IllegalArgumentException(
          "--source names database "
              + source.database()
              + " and --replica database "
              + replica.database()
              + "; replication keeps the number, so give both the same");
    }
    if (noCluster
        && isGiven(source)
        && isGiven(replica)
        && replica.address().equals(source.address())) {
      throw new IllegalArgumentException(
          "--source and --replica name the same server, "
              + source.address()
              + "; point them at two");
    }
  }

  private static void refuseClusterOfSentinels(Endpoint endpoint, TopologyChoice choice) {
    if (choice == TopologyChoice.CLUSTER && endpoint.origin() instanceof Origin.Service) {
      throw new IllegalArgumentException(
          "--"
              + endpoint.side().label()
              + "-topology cluster: a service behind Sentinels is no cluster; name a node of the"
              + " cluster in --"
              + endpoint.side().label());
    }
  }

  private static boolean isGiven(Endpoint endpoint) {
    return endpoint.origin() instanceof Origin.Given;
  }

  /**
   * The same servers, for commands that work with one replica.
   *
   * @throws IllegalArgumentException with one line that names the option, if there are several
   */
  public static ServersRequest ofOneReplica(ServersRequest servers) {
    return Refusals.named("--replica: ", servers, ServersRequest::ofOneReplica);
  }

  /**
   * The same servers, for commands that compare each replica.
   *
   * @throws IllegalArgumentException with one line that names the option, if one is named twice
   */
  public static ServersRequest ofEachReplicaOnce(ServersRequest servers) {
    Set<String> addresses = new HashSet<>();
    for (Endpoint replica : servers.replicas()) {
      if (!addresses.add(replica.address())) {
        throw new IllegalArgumentException(
            "--replica names " + replica.address() + " twice; give each replica once");
      }
    }
    return servers;
  }
}
