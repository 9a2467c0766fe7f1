package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
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

  /**
   * What the replica at that place is told by: the address that was named, and of a cluster whose
   * primaries are compared with several replicas each {@code host:port replica N}, N from 1.
   */
  public String name(int replica) {
    Topology topology = replicas.get(replica);
    String address = topology.seed().address();
    return replicas.stream().filter(topology::equals).count() == 1
        ? address
        : address
            + " replica "
            + (replicas.subList(0, replica).stream().filter(topology::equals).count() + 1);
  }

  /** The slots of the source that the replica at that place has a counterpart for. */
  public SlotSet slots(int replica) {
    return pairs(replica).stream().map(ShardPair::slots).reduce(SlotSet.NONE, SlotSet::or);
  }

  /** Whether every server is where the user named it, and nobody can say that it is elsewhere. */
  public boolean isGiven() {
    return allPairs().stream().allMatch(pair -> isGiven(pair.source()) && isGiven(pair.replica()));
  }

  private static boolean isGiven(Endpoint endpoint) {
    return endpoint.origin() instanceof Origin.Given;
  }

  /** Whether no side is a cluster. */
  public boolean isSingle() {
    return !source.cluster() && replicas.stream().noneMatch(Topology::cluster);
  }
}
