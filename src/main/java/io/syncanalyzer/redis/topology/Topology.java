package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import java.util.List;
import java.util.Objects;

/**
 * What answers at a side, as it was when it was asked. A server that is in no cluster is a topology
 * of one shard, which has every slot and whose only member it is.
 *
 * @param seed what the user named
 * @param cluster whether it is a Redis Cluster
 * @param alone whether one node of a cluster was to be looked at, and no other, whatever it owns
 * @param shards those that own slots, by their first slot; together they may own fewer than all
 */
public record Topology(Endpoint seed, boolean cluster, boolean alone, List<Shard> shards) {
  public Topology {
    Objects.requireNonNull(seed, "seed is null");
    shards = List.copyOf(shards);
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("no shard owns a slot");
    }
  }

  /** What is not one node alone. */
  public Topology(Endpoint seed, boolean cluster, List<Shard> shards) {
    this(seed, cluster, false, shards);
  }

  /** That of one node of a cluster, which is to be looked at alone. */
  static Topology alone(Endpoint seed, Shard its) {
    return new Topology(seed, true, true, List.of(its));
  }

  /** That of a server that is in no cluster. */
  public static Topology single(Endpoint server) {
    return new Topology(server, false, List.of(new Shard(server, List.of(), SlotSet.ALL)));
  }

  /** Every primary, by its first slot. */
  public List<Endpoint> primaries() {
    return shards.stream().map(Shard::primary).toList();
  }

  /** Every slot that somebody owns. */
  public SlotSet slots() {
    return shards.stream().map(Shard::slots).reduce(SlotSet.NONE, SlotSet::or);
  }

  /**
   * The shard of a slot.
   *
   * @throws IllegalArgumentException if nobody owns it
   */
  public Shard shardOf(int slot) {
    return shards.stream()
        .filter(shard -> shard.slots().contains(slot))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody owns slot " + slot));
  }
}
