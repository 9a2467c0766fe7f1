package io.syncanalyzer.redis.topology;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one node of a cluster says of all.
 *
 * @param shards those that own slots, by their first slot
 * @param ok whether it serves, {@code cluster_state:ok}
 */
record ClusterView(List<ShardView> shards, boolean ok) {
  ClusterView {
    shards =
        shards.stream()
            .filter(shard -> !shard.slots().isEmpty())
            .sorted(Comparator.comparingInt(shard -> shard.slots().next(0)))
            .toList();
  }

  /** Which slots a node owns and who follows it, by ids: what nodes that agree say alike. */
  record Standing(SlotSet slots, Set<String> replicas) {}

  Map<String, Standing> standings() {
    return shards.stream()
        .collect(
            Collectors.toMap(
                shard -> shard.primary().id(),
                shard ->
                    new Standing(
                        shard.slots(),
                        shard.living().stream().map(ClusterNode::id).collect(Collectors.toSet())),
                (first, second) -> first));
  }

  /** The slots whose owner is not told by both as the same one. */
  SlotSet disputed(ClusterView other) {
    SlotSet agreed = SlotSet.NONE;
    for (ShardView mine : shards) {
      for (ShardView theirs : other.shards) {
        if (mine.primary().id().equals(theirs.primary().id())) {
          agreed = agreed.or(mine.slots().and(theirs.slots()));
        }
      }
    }
    return SlotSet.ALL.without(agreed);
  }

  /** The same without some replicas. */
  ClusterView without(Set<String> ids) {
    return new ClusterView(
        shards.stream()
            .map(
                shard ->
                    new ShardView(
                        shard.primary(),
                        shard.replicas().stream()
                            .filter(replica -> !ids.contains(replica.id()))
                            .toList(),
                        shard.slots()))
            .toList(),
        ok);
  }

  SlotSet owned() {
    return shards.stream().map(ShardView::slots).reduce(SlotSet.NONE, SlotSet::or);
  }

  Stream<ClusterNode> nodes() {
    return shards.stream()
        .flatMap(shard -> Stream.concat(Stream.of(shard.primary()), shard.replicas().stream()));
  }

  /** The shard that a node belongs to. */
  Optional<ShardView> shardOf(String id) {
    return shards.stream()
        .filter(
            shard ->
                Stream.concat(Stream.of(shard.primary()), shard.replicas().stream())
                    .anyMatch(node -> node.id().equals(id)))
        .findFirst();
  }
}
