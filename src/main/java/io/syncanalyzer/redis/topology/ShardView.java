package io.syncanalyzer.redis.topology;

import java.util.List;

/**
 * A shard as one node of its cluster told of it.
 *
 * @param primary who owns its slots
 * @param replicas who follows that one, failed ones too
 * @param slots which slots it owns, at least one
 */
record ShardView(ClusterNode primary, List<ClusterNode> replicas, SlotSet slots) {
  ShardView {
    replicas = List.copyOf(replicas);
  }

  /** Those that have not failed. */
  List<ClusterNode> living() {
    return replicas.stream().filter(replica -> !replica.isFailed()).toList();
  }
}
