package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Map;
import java.util.Optional;

/**
 * How many times keys went from a server, or from their database, without being deleted one by one,
 * since its start or since {@code CONFIG RESETSTAT}.
 *
 * @param evicted keys evicted for want of memory
 * @param flushes calls of FLUSHALL and FLUSHDB, those that came from its source included; -1 = the
 *     server does not count commands
 * @param swaps calls of SWAPDB, counted likewise
 */
public record RemovalCount(long evicted, long flushes, long swaps) {
  private static final RemovalCount NONE = new RemovalCount(0, 0, 0);

  /**
   * Asks a server.
   *
   * @throws RedisFailure if it does not answer
   */
  public static RemovalCount read(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      Map<String, Long> calls = ServerInfo.readSection(connection, "commandstats").commandCalls();
      return new RemovalCount(
          ServerInfo.readSection(connection, "stats").number("evicted_keys").orElse(0),
          calls.isEmpty()
              ? -1
              : calls.getOrDefault("flushall", 0L) + calls.getOrDefault("flushdb", 0L),
          calls.isEmpty() ? -1 : calls.getOrDefault("swapdb", 0L));
    }
  }

  /** Asks a server; empty where it does not answer. */
  public static Optional<RemovalCount> of(Endpoint endpoint) {
    try {
      return Optional.of(read(endpoint));
    } catch (RedisFailure notToBeAsked) {
      // Whoever needs the server next will say so; this is but a remark.
      return Optional.empty();
    }
  }

  /** What came between two counts; none where either is unknown. */
  public static RemovalCount between(Optional<RemovalCount> before, Optional<RemovalCount> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return NONE;
    }
    return new RemovalCount(
        Math.max(0, after.get().evicted - before.get().evicted),
        callsBetween(before.get().flushes, after.get().flushes),
        callsBetween(before.get().swaps, after.get().swaps));
  }

  /** What came between two counts of calls; 0 where either is unknown, or counting began anew. */
  public static long callsBetween(long before, long after) {
    return before < 0 ? 0 : Math.max(0, after - before);
  }
}
