package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import java.util.Objects;

/**
 * A server of the source and one of the replica that hold the same slots: within such a pair alone
 * is there an order of writes, so each has fences and sentinels of its own. A source and a replica
 * that are in no cluster are one pair of every slot.
 *
 * @param source the source's server
 * @param replica the replica's
 * @param slots what both hold, at least one slot
 */
public record ShardPair(Endpoint source, Endpoint replica, SlotSet slots) {
  public ShardPair {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(replica, "replica is null");
    if (slots.isEmpty()) {
      throw new IllegalArgumentException(source + " and " + replica + " share no slot");
    }
  }

  /** Whether keys must be grouped by slot on either side. */
  public boolean bySlot() {
    return source.isInCluster() || replica.isInCluster();
  }

  /**
   * Whether it is the pair of those two servers and holds all of those slots.
   *
   * @param ofSource the source's {@code host:port}
   * @param ofReplica the replica's
   */
  public boolean holds(String ofSource, String ofReplica, SlotRange range) {
    return source.address().equals(ofSource)
        && replica.address().equals(ofReplica)
        && SlotSet.of(range).without(slots).isEmpty();
  }

  /** What the rows of this pair are told by: the source's {@code host:port}. */
  public String shard() {
    return source.address();
  }
}
