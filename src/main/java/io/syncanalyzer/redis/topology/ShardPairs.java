package io.syncanalyzer.redis.topology;

import java.util.ArrayList;
import java.util.List;

/** Lays two topologies over each other. */
public final class ShardPairs {
  private ShardPairs() {}

  /**
   * The pairs of primaries whose slots overlap, by the source's shard, then by the replica's.
   *
   * @param source the one side
   * @param replica the other, another cluster or a server
   */
  public static List<ShardPair> ofPrimaries(Topology source, Topology replica) {
    List<ShardPair> pairs = new ArrayList<>();
    for (Shard mine : source.shards()) {
      for (Shard other : replica.shards()) {
        SlotSet both = mine.slots().and(other.slots());
        if (!both.isEmpty()) {
          pairs.add(new ShardPair(mine.primary(), other.primary(), both));
        }
      }
    }
    return pairs;
  }

  /**
   * The pairs of primaries with the replicas of one number whose slots overlap, by the source's
   * shard; a shard that has no replica of that number is in none.
   *
   * @param source the one side
   * @param replica the other: the same cluster, or another
   * @param number which of each shard's replicas, from 0
   */
  public static List<ShardPair> ofReplicas(Topology source, Topology replica, int number) {
    List<ShardPair> pairs = new ArrayList<>();
    for (Shard mine : source.shards()) {
      for (Shard other : replica.shards()) {
        SlotSet both = mine.slots().and(other.slots());
        if (!both.isEmpty() && number < other.replicas().size()) {
          pairs.add(new ShardPair(mine.primary(), other.replicas().get(number), both));
        }
      }
    }
    return pairs;
  }
}
