package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many times keys went from a server, or from their database, without being deleted one by one,
 * since its start or since {@code CONFIG RESETSTAT}.
 *
 * @param evicted keys evicted for want of memory
 * @param flushes calls of FLUSHALL and FLUSHDB, those that came from its source included; null
 *     where the server does not count commands
 * @param swaps calls of SWAPDB, counted likewise
 */
public record RemovalCount(long evicted, @Nullable Long flushes, @Nullable Long swaps) {
  /**
   * What came between two counts, as far as it is known.
   *
   * @param evicted keys evicted for want of memory
   * @param flushes calls of FLUSHALL and FLUSHDB
   * @param swaps calls of SWAPDB
   */
  public record Removed(long evicted, long flushes, long swaps) {}

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
              ? null
              : calls.getOrDefault("flushall", 0L) + calls.getOrDefault("flushdb", 0L),
          calls.isEmpty() ? null : calls.getOrDefault("swapdb", 0L));
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
  public static Removed between(Optional<RemovalCount> before, Optional<RemovalCount> after) {
    if (before.isEmpty() || after.isEmpty()) {
      return new Removed(0, 0, 0);
    }
    return new Removed(
        Math.max(0, after.get().evicted - before.get().evicted),
        callsBetween(before.get().flushes, after.get().flushes),
        callsBetween(before.get().swaps, after.get().swaps));
  }

  /** What came between two counts of calls; 0 where either is unknown, or counting began anew. */
  public static long callsBetween(@Nullable Long before, @Nullable Long after) {
    return before == null || after == null ? 0 : Math.max(0, after - before);
  }
}
