package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster of ours shall be.
 *
 * @param shards which slots each primary owns; may be none
 * @param replicas how many follow each of them
 * @param primaryPort where the first primary listens, the others above it; free ports where these
 *     are taken; 0 = free ones
 * @param replicaPort as {@code primaryPort}, of the replicas
 * @param nodeTimeout after how long nodes take another that is silent for failed, once all have met
 * @param extra more arguments for every server
 */
record ClusterPlan(
    List<SlotSet> shards,
    int replicas,
    int primaryPort,
    int replicaPort,
    Duration nodeTimeout,
    List<String> extra) {
  /** Nodes tell each other of changes in half of it at the latest. */
  private static final Duration MEETING = Duration.ofMillis(600);

  ClusterPlan {
    shards = List.copyOf(shards);
    extra = List.copyOf(extra);
    Objects.requireNonNull(nodeTimeout, "nodeTimeout is null");
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("a cluster has at least one shard");
    }
  }

  /** Every slot, given to so many shards as evenly as can be. */
  static List<SlotSet> even(int shards) {
    List<SlotSet> even = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      int from = i * HashSlot.COUNT / shards;
      even.add(SlotSet.of(new SlotRange(from, (i + 1) * HashSlot.COUNT / shards - 1)));
    }
    return even;
  }

  /** What each of its servers is told beside its port. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--cluster-enabled", "yes",
            "--cluster-node-timeout", Long.toString(MEETING.toMillis()),
            // However long a replica was without its primary, it may take its place.
            "--cluster-replica-validity-factor", "0",
            // A replica stays with its shard, though another has none.
            "--cluster-migration-barrier", "1000"));
    arguments.addAll(extra);
    return arguments;
  }
}
