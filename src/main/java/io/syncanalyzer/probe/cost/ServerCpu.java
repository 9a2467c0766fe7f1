package io.syncanalyzer.probe.cost;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;

/** What a server says that it has used of its CPU, over a connection of its own. */
final class ServerCpu implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final RedisConnection connection;

  ServerCpu(Endpoint server) {
    connection = RedisConnection.open(server);
  }

  RedisConnection connection() {
    return connection;
  }

  /**
   * Nanoseconds since its start; not a number where it hides them.
   *
   * @throws RedisFailure if it refuses to tell
   */
  double nanos() {
    return ServerInfo.readSection(connection, "cpu").cpuSeconds().orElse(Double.NaN)
        * NANOS_PER_SECOND;
  }

  @Override
  public void close() {
    connection.close();
  }
}
