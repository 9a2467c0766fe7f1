package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Printable;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import java.util.Optional;

/**
 * What answers at an endpoint: one server, a part of something larger, or no server of keys at all.
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
    if (ask(endpoint) == CLUSTER_NODE) {
      throw new RedisFailure(
          RedisFailure.Kind.TOPOLOGY,
          endpoint,
          endpoint
              + " is a node of a Redis Cluster, which this command does not work with; point --"
              + endpoint.side().label()
              + " at a server that is not in cluster mode",
          null);
    }
  }

  /**
   * Asks what a server is, whatever database the endpoint names.
   *
   * @return one server, or a cluster's node
   * @throws RedisFailure in one line: if it is a Sentinel, or why it cannot be asked
   */
  public static ServerMode ask(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint.withDatabase(0))) {
      return ask(endpoint, connection);
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
      ask(endpoint, connection);
    } catch (RedisFailure e) {
      if (e.kind() == RedisFailure.Kind.TOPOLOGY) {
        throw e;
      }
    }
  }

  private static ServerMode ask(Endpoint endpoint, RedisConnection connection) {
    ServerMode found = of(ServerInfo.parse(info(connection)));
    if (found != SENTINEL) {
      return found;
    }
    throw new RedisFailure(
        RedisFailure.Kind.TOPOLOGY,
        endpoint,
        endpoint
            + " is a Redis Sentinel, which holds no keys"
            + watched(connection)
            + "; name a service that it watches: --"
            + endpoint.side().label()
            + " redis-sentinel://"
            + endpoint.address()
            + "#SERVICE",
        null);
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
