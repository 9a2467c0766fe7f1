package io.syncanalyzer.run;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.ServerInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether keys went from the servers of a run without the run's doing: evicted for want of memory,
 * or flushed by somebody. What the source lost so is not compared; what the replica alone lost so
 * is a mismatch whose cause is not the replication; and a sentinel among them may never be seen.
 *
 * <p>What a server does not tell is not warned of.
 */
final class Removals {
  private final Endpoint source;
  private final Endpoint replica;
  private final Counts sourceBefore;
  private final Counts replicaBefore;

  private Removals(Endpoint source, Endpoint replica) {
    this.source = source;
    this.replica = replica;
    this.sourceBefore = Counts.of(source);
    this.replicaBefore = Counts.of(replica);
  }

  /** Since a server's start; 0 = none, or not told. */
  private record Counts(long evicted, long flushes) {
    static Counts of(Endpoint endpoint) {
      try (RedisConnection connection = RedisConnection.open(endpoint)) {
        Map<String, Long> calls = ServerInfo.readSection(connection, "commandstats").commandCalls();
        return new Counts(
            ServerInfo.readSection(connection, "stats").number("evicted_keys").orElse(0),
            calls.getOrDefault("flushall", 0L) + calls.getOrDefault("flushdb", 0L));
      } catch (RedisFailure notToBeAsked) {
        // Whoever needs the server next will say so; this is but a remark.
        return new Counts(0, 0);
      }
    }
  }

  /** Begins to count at both. */
  static Removals from(Endpoint source, Endpoint replica) {
    return new Removals(source, replica);
  }

  /** One line for each thing that happened since. */
  List<String> warnings() {
    Counts sourceNow = Counts.of(source);
    Counts replicaNow = Counts.of(replica);
    List<String> warnings = new ArrayList<>();
    long evicted = sourceNow.evicted - sourceBefore.evicted;
    if (evicted > 0) {
      warnings.add(
          evictedBy(source, evicted)
              + "they are not compared, and sentinels among them may never be seen");
    }
    long flushes = sourceNow.flushes - sourceBefore.flushes;
    if (flushes > 0) {
      warnings.add(
          source
              + " was flushed during the run (FLUSHALL or FLUSHDB): what it held is not compared,"
              + " and sentinels among it may never be seen");
    }
    long evictedThere = replicaNow.evicted - replicaBefore.evicted;
    if (evictedThere > 0) {
      warnings.add(
          evictedBy(replica, evictedThere) + "they are missing there, and not lost on the way");
    }
    // A flush of the source arrives as one at the replica.
    if (replicaNow.flushes - replicaBefore.flushes > Math.max(0, flushes)) {
      warnings.add(
          replica
              + " was flushed during the run (FLUSHALL or FLUSHDB on itself): what it held is"
              + " missing there, and not lost on the way");
    }
    return warnings;
  }

  private static String evictedBy(Endpoint endpoint, long keys) {
    return String.format(
        Locale.ROOT,
        "%s evicted %,d keys during the run, being at its maxmemory: raise that; ",
        endpoint,
        keys);
  }
}
