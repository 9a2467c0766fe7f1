package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a verification into partitions: ranges of slots that no owner on either side cuts, of at
 * most about {@link #MOST_KEYS} keys, all of a range about alike; few keys are not cut, for each
 * partition costs connections, fences and counts of its own. What comes out depends on the servers
 * alone, not on the machine that verifies. Two servers that are in no cluster are one partition.
 * Against one that is in none a range is left whole: such a server is scanned from end to end for
 * each partition, whatever its slots.
 */
final class PartitionPlan {
  /** So many slots at most where nobody knows how many keys they hold. */
  static final int MOST_SLOTS = 1024;

  /** So many keys at most, about, so that not all of a large shard is to be done again. */
  static final long MOST_KEYS = 500_000;

  private PartitionPlan() {}

  /**
   * The partitions of those pairs, by their slots.
   *
   * @param keysPerSlot how many keys a node of the source holds in one of its slots, about; null
   *     where unknown
   */
  static List<Partition> of(
      List<ShardPair> pairs, Function<Endpoint, @Nullable Double> keysPerSlot) {
    List<Partition> plan = new ArrayList<>();
    for (ShardPair pair : pairs) {
      Double perSlot = keysPerSlot.apply(pair.source());
      for (SlotRange range : pair.slots().ranges()) {
        for (SlotRange slots : isListed(pair) ? cut(range, most(perSlot)) : List.of(range)) {
          plan.add(
              new Partition(
                  0,
                  pair.source(),
                  pair.replica(),
                  slots,
                  perSlot == null ? 0 : Math.round(perSlot * slots.count()),
                  1,
                  false,
                  false));
        }
      }
    }
    plan.sort(Comparator.comparingInt(one -> one.slots().from()));
    return numbered(plan);
  }

  /** Whether either server lists the names of some slots without passing over all the others. */
  static boolean isListed(ShardPair pair) {
    return pair.source().isInCluster() && pair.replica().isInCluster();
  }

  /** How many slots a partition has where each holds so many keys. */
  private static int most(@Nullable Double perSlot) {
    return perSlot == null
        ? MOST_SLOTS
        : (int) Math.max(1, Math.min(HashSlot.COUNT, MOST_KEYS / Math.max(1, perSlot)));
  }

  /** Cuts a range into pieces of at most so many slots, as alike as can be. */
  static List<SlotRange> cut(SlotRange range, int most) {
    int pieces = (range.count() + most - 1) / most;
    List<SlotRange> cut = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      int from = range.from() + (int) ((long) range.count() * i / pieces);
      int next = range.from() + (int) ((long) range.count() * (i + 1) / pieces);
      cut.add(new SlotRange(from, next - 1));
    }
    return cut;
  }

  /** Counted from 1; the first of each two nodes compares their functions. */
  private static List<Partition> numbered(List<Partition> plan) {
    Set<String> nodes = new HashSet<>();
    List<Partition> numbered = new ArrayList<>();
    for (Partition one : plan) {
      numbered.add(
          new Partition(
              numbered.size() + 1,
              one.source(),
              one.replica(),
              one.slots(),
              one.keys(),
              1,
              nodes.add(one.source().address() + " " + one.replica().address()),
              false));
    }
    return numbered;
  }
}
