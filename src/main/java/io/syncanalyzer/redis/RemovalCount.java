package io.syncanalyzer.redis;

import java.util.Map;

/**
 * How many times keys went from a server without being deleted one by one, since its start or since
 * {@code CONFIG RESETSTAT}; 0 = never, or not told.
 *
 * @param evicted keys evicted for want of memory
 * @param flushes calls of FLUSHALL and FLUSHDB, those that came from its source included
 */
public record RemovalCount(long evicted, long flushes) {
  /** Asks a server; one that does not answer has not told. */
  public static RemovalCount of(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      Map<String, Long> calls = ServerInfo.readSection(connection, "commandstats").commandCalls();
      return new RemovalCount(
          ServerInfo.readSection(connection, "stats").number("evicted_keys").orElse(0),
          calls.getOrDefault("flushall", 0L) + calls.getOrDefault("flushdb", 0L));
    } catch (RedisFailure notToBeAsked) {
      // Whoever needs the server next will say so; this is but a remark.
      return new RemovalCount(0, 0);
    }
  }
}
