package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.RemovalCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether keys went from the servers of a run without the run's doing: evicted for want of memory,
 * or flushed by somebody. What the source lost so is not compared; what the replica alone lost so
 * is a mismatch whose cause is not the replication; and a sentinel among them may never be seen.
 *
 * <p>What a server does not tell is not warned of.
 */
public final class Removals {
  private final Endpoint source;
  private final Endpoint replica;
  private final Optional<RemovalCount> sourceBefore;
  private final Optional<RemovalCount> replicaBefore;

  private Removals(Endpoint source, Endpoint replica) {
    this.source = source;
    this.replica = replica;
    this.sourceBefore = RemovalCount.of(source);
    this.replicaBefore = RemovalCount.of(replica);
  }

  /** Begins to count at both. */
  public static Removals from(Endpoint source, Endpoint replica) {
    return new Removals(source, replica);
  }

  /** One line for each thing that happened since. */
  public List<String> warnings() {
    RemovalCount.Removed onSource = RemovalCount.between(sourceBefore, RemovalCount.of(source));
    RemovalCount.Removed onReplica = RemovalCount.between(replicaBefore, RemovalCount.of(replica));
    List<String> warnings = new ArrayList<>();
    long evicted = onSource.evicted();
    if (evicted > 0) {
      warnings.add(
          evictedBy(source, evicted)
              + "they are not compared, and sentinels among them may never be seen");
    }
    long flushes = onSource.flushes();
    if (flushes > 0) {
      warnings.add(
          source
              + " was flushed during the run (FLUSHALL or FLUSHDB): what it held is not compared,"
              + " and sentinels among it may never be seen");
    }
    if (onSource.swaps() > 0) {
      warnings.add(
          source
              + " had databases swapped during the run (SWAPDB): sentinels and load may have gone to"
              + " another one, and sentinels among them may never be seen");
    }
    long evictedThere = onReplica.evicted();
    if (evictedThere > 0) {
      warnings.add(
          evictedBy(replica, evictedThere) + "they are missing there, and not lost on the way");
    }
    // A flush of the source arrives as one at the replica.
    if (onReplica.flushes() > flushes) {
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
        "%s evicted %s during the run, being at its maxmemory: raise that; ",
        endpoint,
        Counted.words(keys, "key"));
  }
}
