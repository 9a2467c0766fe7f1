package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many keys nodes of the source hold in one of their slots, on an average: each is asked once
 * for its number of keys.
 */
final class KeysPerSlot {
  private final Map<String, SlotSet> slots = new HashMap<>();
  private final Map<String, Double> known = new HashMap<>();
  private final Nodes nodes;

  KeysPerSlot(List<ShardPair> pairs, Nodes nodes) {
    this.nodes = nodes;
    for (ShardPair pair : pairs) {
      slots.merge(
          pair.source().address(),
          pair.source().isInCluster() ? pair.slots() : SlotSet.ALL,
          SlotSet::or);
    }
  }

  /** Of one of the nodes; null where it hides that. */
  @Nullable Double of(Endpoint source) {
    return known.computeIfAbsent(
        source.address(),
        address -> {
          OptionalLong keys = nodes.info(source).keysInAll();
          int count = slots.getOrDefault(address, SlotSet.ALL).count();
          return keys.isEmpty()
              ? null
              : Double.valueOf((double) keys.getAsLong() / Math.min(count, HashSlot.COUNT));
        });
  }
}
