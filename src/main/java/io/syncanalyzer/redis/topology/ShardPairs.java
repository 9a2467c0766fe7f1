package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
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
   * The pairs of a cluster's primaries with their own replicas, by shard, all of a shard's replicas
   * in order.
   */
  public static List<ShardPair> ofReplicas(Topology cluster) {
    List<ShardPair> pairs = new ArrayList<>();
    for (Shard shard : cluster.shards()) {
      for (Endpoint replica : shard.replicas()) {
        pairs.add(new ShardPair(shard.primary(), replica, shard.slots()));
      }
    }
    return pairs;
  }
}
