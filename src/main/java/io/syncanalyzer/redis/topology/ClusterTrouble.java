package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a cluster cannot be worked with for the moment, or at all.
 *
 * @param words what is wrong, after "the cluster of …"; where {@code failure} is there what is told
 *     instead of its own message, and null = that message
 * @param failure a node that did not answer
 * @param settles whether it may come right by itself
 */
record ClusterTrouble(@Nullable String words, @Nullable RedisFailure failure, boolean settles) {
  /** How many nodes are named. */
  private static final int NAMED = 10;

  static ClusterTrouble of(RedisFailure failure) {
    return new ClusterTrouble(null, failure, failure.isPassing());
  }

  static ClusterTrouble unowned(SlotSet slots) {
    return new ClusterTrouble(
        "is down or covers only a part of its slots: " + words(slots) + " no owner", null, true);
  }

  static ClusterTrouble failed(List<ClusterNode> nodes, ClusterView view) {
    String each =
        nodes.stream()
            .limit(NAMED)
            .map(
                node ->
                    node.announced()
                        + " (slots "
                        + view.shardOf(node.id()).map(shard -> shard.slots().toString()).orElse("")
                        + ")")
            .collect(Collectors.joining(", "));
    return new ClusterTrouble(
        "has lost "
            + each
            + (nodes.size() > NAMED ? ", …" : "")
            + ", in whose place no replica has come",
        null,
        true);
  }

  static ClusterTrouble disagreement(ClusterNode node, SlotSet slots) {
    return new ClusterTrouble(
        "does not agree with itself: "
            + node.announced()
            + " tells otherwise than others "
            + (slots.isEmpty() ? "who follows whom" : "who owns " + range(slots)),
        null,
        true);
  }

  static ClusterTrouble down(ClusterNode node) {
    return new ClusterTrouble(
        "is down: " + node.announced() + " says so (cluster_state in CLUSTER INFO)", null, true);
  }

  /** Nodes that the cluster takes for healthy, and that cannot be asked from here. */
  static ClusterTrouble unreached(List<NodeReach> all) {
    return all.stream()
        .filter(one -> !one.isUnreached())
        .findFirst()
        .map(one -> of(one.failure()))
        .orElseGet(() -> new ClusterTrouble(NodeReach.words(all), all.get(0).failure(), false));
  }

  /** Whether it is worth to wait. */
  boolean passes(boolean failover) {
    return settles || (failover && failure != null && NodeReach.isUnreached(failure));
  }

  RedisFailure failure(Endpoint seed, long waitedNanos) {
    String waited =
        waitedNanos == 0
            ? ""
            : "; waited " + TimeUnit.NANOSECONDS.toMillis(waitedNanos) + " ms for it (--timeout)";
    if (failure != null) {
      return words == null && waited.isEmpty()
          ? failure
          : new RedisFailure(
              failure.kind(),
              failure.endpoint(),
              (words == null ? String.valueOf(failure.getMessage()) : words) + waited,
              failure);
    }
    return new RedisFailure(
        RedisFailure.Kind.TOPOLOGY,
        seed,
        "the cluster of the "
            + seed
            + " "
            + words
            + waited
            + "; see redis-cli --cluster check "
            + seed.address(),
        null);
  }

  private static String words(SlotSet slots) {
    return range(slots) + (slots.count() == 1 ? " has" : " have");
  }

  private static String range(SlotSet slots) {
    List<SlotRange> ranges = slots.ranges();
    return (slots.count() == 1 ? "slot " : "slots ")
        + ranges.stream().limit(NAMED).map(SlotRange::toString).collect(Collectors.joining(","))
        + (ranges.size() > NAMED ? ",…" : "");
  }
}
