package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.RemovalCount;
import io.syncanalyzer.redis.topology.ShardPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether keys went from the servers of a run without the run's doing: evicted for want of memory,
 * or flushed by somebody. What the source lost so is not compared; what the replica alone lost so
 * is a mismatch whose cause is not the replication; and a sentinel among them may never be seen.
 *
 * <p>What a server does not tell is not warned of.
 */
public final class Removals {
  /** For each replica's server the sources that it is compared with. */
  private final Map<Endpoint, Set<Endpoint>> sourcesOf = new LinkedHashMap<>();

  private final Map<Endpoint, Optional<RemovalCount>> before = new LinkedHashMap<>();

  private Removals(List<ShardPair> pairs) {
    for (ShardPair pair : pairs) {
      sourcesOf.computeIfAbsent(pair.replica(), none -> new LinkedHashSet<>()).add(pair.source());
    }
    pairs.forEach(pair -> before.computeIfAbsent(pair.source(), RemovalCount::of));
    pairs.forEach(pair -> before.computeIfAbsent(pair.replica(), RemovalCount::of));
  }

  /** Begins to count at all of them. */
  public static Removals from(List<ShardPair> pairs) {
    return new Removals(pairs);
  }

  /** One line for each thing that happened since. */
  public List<String> warnings() {
    Map<Endpoint, RemovalCount.Removed> since = new LinkedHashMap<>();
    before.forEach(
        (server, count) -> since.put(server, RemovalCount.between(count, RemovalCount.of(server))));
    List<String> warnings = new ArrayList<>();
    sourcesOf.values().stream()
        .flatMap(Set::stream)
        .distinct()
        .forEach(source -> ofSource(source, removed(since, source), warnings));
    sourcesOf.forEach(
        (replica, sources) ->
            ofReplica(
                replica,
                removed(since, replica),
                sources.stream().mapToLong(source -> removed(since, source).flushes()).sum(),
                warnings));
    return warnings;
  }

  private static RemovalCount.Removed removed(
      Map<Endpoint, RemovalCount.Removed> since, Endpoint server) {
    return since.getOrDefault(server, new RemovalCount.Removed(0, 0, 0));
  }

  private static void ofSource(
      Endpoint source, RemovalCount.Removed removed, List<String> warnings) {
    if (removed.evicted() > 0) {
      warnings.add(
          evictedBy(source, removed.evicted())
              + "they are not compared, and sentinels among them may never be seen");
    }
    if (removed.flushes() > 0) {
      warnings.add(
          source
              + " was flushed during the run (FLUSHALL or FLUSHDB): what it held is not compared,"
              + " and sentinels among it may never be seen");
    }
    if (removed.swaps() > 0) {
      warnings.add(
          source
              + " had databases swapped during the run (SWAPDB): sentinels and load may have gone"
              + " to another one, and sentinels among them may never be seen");
    }
  }

  private static void ofReplica(
      Endpoint replica, RemovalCount.Removed removed, long flushes, List<String> warnings) {
    if (removed.evicted() > 0) {
      warnings.add(
          evictedBy(replica, removed.evicted())
              + "they are missing there, and not lost on the way");
    }
    // A flush of the source arrives as one at the replica.
    if (removed.flushes() > flushes) {
      warnings.add(
          replica
              + " was flushed during the run (FLUSHALL or FLUSHDB on itself): what it held is"
              + " missing there, and not lost on the way");
    }
  }

  private static String evictedBy(Endpoint endpoint, long keys) {
    return String.format(
        Locale.ROOT,
        "%s evicted %s during the run, being at its maxmemory: raise that; ",
        endpoint,
        Counted.words(keys, "key"));
  }
}
