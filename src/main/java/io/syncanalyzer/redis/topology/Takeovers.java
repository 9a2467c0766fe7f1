package io.syncanalyzer.redis.topology;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which servers took over between two looks at the same source. */
public final class Takeovers {
  private Takeovers() {}

  /** A line for each primary that was none at the first look, by its slots in a cluster. */
  public static List<String> between(Topology first, Topology later) {
    Set<String> known =
        first.primaries().stream()
            .map(primary -> primary.address())
            .collect(Collectors.toUnmodifiableSet());
    return later.shards().stream()
        .filter(shard -> !known.contains(shard.primary().address()))
        .map(
            shard ->
                shard.primary().address()
                    + " took over"
                    + (later.cluster() ? " slots " + shard.slots() : ""))
        .toList();
  }
}
