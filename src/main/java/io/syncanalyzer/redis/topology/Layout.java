package io.syncanalyzer.redis.topology;

import java.util.List;
import java.util.Objects;

/**
 * A source and its replicas as they lay over each other when they were asked.
 *
 * @param source the source's topology
 * @param replicas each replica's, in the order they were named; of a cluster that is compared with
 *     its own replicas the same one
 * @param pairs for each of {@code replicas} its pairs with the source, by the source's shard; a
 *     pair of single servers is one pair
 */
public record Layout(Topology source, List<Topology> replicas, List<List<ShardPair>> pairs) {
  public Layout {
    Objects.requireNonNull(source, "source is null");
    replicas = List.copyOf(replicas);
    pairs = pairs.stream().map(List::copyOf).toList();
    if (replicas.size() != pairs.size()) {
      throw new IllegalArgumentException(replicas.size() + " replicas, " + pairs.size() + " pairs");
    }
  }

  /** The pairs of the replica at that place. */
  public List<ShardPair> pairs(int replica) {
    return pairs.get(replica);
  }

  /** All pairs, those of the first replica first. */
  public List<ShardPair> allPairs() {
    return pairs.stream().flatMap(List::stream).toList();
  }

  /** Whether no side is a cluster. */
  public boolean isSingle() {
    return !source.cluster() && replicas.stream().noneMatch(Topology::cluster);
  }
}
