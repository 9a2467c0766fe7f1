package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import java.util.Objects;

/**
 * A server of a cluster of ours, and its name there.
 *
 * @param server its process
 * @param id what the cluster calls it
 */
record EmbeddedNode(EmbeddedServer server, String id) {
  EmbeddedNode {
    Objects.requireNonNull(server, "server is null");
    Objects.requireNonNull(id, "id is null");
  }

  static EmbeddedNode of(EmbeddedServer server) {
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      return new EmbeddedNode(server, text(connection.expect("CLUSTER", "MYID")));
    }
  }

  Endpoint endpoint() {
    return server.endpoint(Side.SOURCE);
  }

  int port() {
    return server.port();
  }

  /** Asks one thing of it. */
  Reply ask(String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(endpoint())) {
      return connection.expect(command, arguments);
    }
  }

  /** How it sees the cluster. */
  List<ClusterMember> members() {
    return ClusterMember.parse(text(ask("CLUSTER", "NODES")));
  }

  /** Whether the cluster serves, as it sees it. */
  boolean isServing() {
    return text(ask("CLUSTER", "INFO")).contains("cluster_state:ok");
  }

  /** Whether it follows a primary and has all that this had when they linked. */
  boolean isLinked() {
    return ServerInfo.parse(text(ask("INFO", "replication")))
        .linkStatus()
        .filter("up"::equals)
        .isPresent();
  }

  private static String text(Reply reply) {
    return reply instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }
}
