package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * What answers at an endpoint: one server, a part of something larger, or no server of keys at all.
 *
 * <p>A command that works with one server asks {@link #requireSingle} before anything else.
 */
public enum ServerMode {
  /** A server that holds all there is, alone or with replicas. */
  SINGLE,
  /** A node of a Redis Cluster, if only of one node: it holds the keys of its slots. */
  CLUSTER_NODE,
  /** A Redis Sentinel, which holds no keys and knows where others are. */
  SENTINEL;

  /** How many of the services that a Sentinel watches are named. */
  private static final int NAMED = 3;

  /** What a server says of itself; {@link #SINGLE} where it does not say. */
  public static ServerMode of(ServerInfo info) {
    // Valkey calls it server_mode.
    String mode = info.field("redis_mode").or(() -> info.field("server_mode")).orElse("");
    if (mode.equals("sentinel")) {
      return SENTINEL;
    }
    return mode.equals("cluster") || info.field("cluster_enabled").filter("1"::equals).isPresent()
        ? CLUSTER_NODE
        : SINGLE;
  }

  /**
   * Refuses what is not one server, whatever database the endpoint names and whether or not it
   * takes the endpoint's login there: neither is had where keys are not.
   *
   * @throws RedisFailure in one line that says what it is and what to do, or why it cannot be asked
   */
  public static void requireSingle(Endpoint endpoint) {
    Endpoint plain = endpoint.withDatabase(0);
    try (RedisConnection connection = RedisConnection.open(plain)) {
      refuse(endpoint, connection);
    } catch (RedisFailure e) {
      if (e.kind() == RedisFailure.Kind.OTHER_REPLY
          || e.kind() == RedisFailure.Kind.WRONG_PASSWORD) {
        refuseWithoutLogin(endpoint);
      }
      throw e;
    }
  }

  /** A Sentinel mostly has no password, and refuses the one that is meant for its servers. */
  private static void refuseWithoutLogin(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint.withDatabase(0).anonymous())) {
      refuse(endpoint, connection);
    } catch (RedisFailure e) {
      if (e.kind() == RedisFailure.Kind.TOPOLOGY) {
        throw e;
      }
    }
  }

  private static void refuse(Endpoint endpoint, RedisConnection connection) {
    ServerMode found = of(ServerInfo.parse(info(connection)));
    switch (found) {
      case SINGLE -> {}
      case CLUSTER_NODE ->
          throw new RedisFailure(
              RedisFailure.Kind.TOPOLOGY,
              endpoint,
              endpoint
                  + " is a node of a Redis Cluster, and clusters are not supported yet: what it"
                  + " holds is a part of the keys at most, so no result of it would be one of the"
                  + " whole; point --"
                  + endpoint.side().label()
                  + " at a server that is not in cluster mode",
              null);
      case SENTINEL ->
          throw new RedisFailure(
              RedisFailure.Kind.TOPOLOGY,
              endpoint,
              endpoint
                  + " is a Redis Sentinel, which holds no keys"
                  + watched(connection)
                  + "; point --"
                  + endpoint.side().label()
                  + (endpoint.side() == Side.SOURCE
                      ? " at what SENTINEL GET-MASTER-ADDR-BY-NAME answers there"
                      : " at one of those that SENTINEL REPLICAS names there"),
              null);
    }
  }

  private static String info(RedisConnection connection) {
    Reply reply = connection.call("INFO");
    return reply instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }

  /** The services that a Sentinel watches, and where their sources are, if it says so. */
  private static String watched(RedisConnection sentinel) {
    if (!(sentinel.call("SENTINEL", "MASTERS") instanceof Reply.Items services)) {
      return "";
    }
    StringBuilder words = new StringBuilder();
    services.list().stream()
        .limit(NAMED)
        .forEach(
            service ->
                words
                    .append(words.isEmpty() ? " (it watches " : ", ")
                    .append(part(service, "name").orElse("?"))
                    .append(" at ")
                    .append(part(service, "ip").orElse("?"))
                    .append(':')
                    .append(part(service, "port").orElse("?")));
    return words.isEmpty() ? "" : words + (services.list().size() > NAMED ? ", …)" : ")");
  }

  private static Optional<String> part(Reply service, String name) {
    if (service instanceof Reply.Items items) {
      List<Reply> parts = items.list();
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        if (parts.get(i) instanceof Reply.Text key
            && key.bytes().asUtf8().equals(name)
            && parts.get(i + 1) instanceof Reply.Text value) {
          return Optional.of(Printable.of(value.bytes().asUtf8()));
        }
      }
    }
    return Optional.empty();
  }
}
