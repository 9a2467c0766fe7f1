package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Which partitions slots become once it is known again who holds them. A function of its arguments.
 */
final class Homes {
  private static final int MANY = 64;

  private Homes() {}

  /**
   * What became of slots.
   *
   * @param partitions those that hold them now
   * @param ownerless those that no two nodes hold
   */
  record Found(List<Partition> partitions, SlotSet ownerless) {}

  /**
   * Finds the nodes of slots. Slots that moved become partitions of one slot each, which wait for
   * all others, unless they are very many; the rest of their partition pieces, smaller with each
   * attempt. Slots that did not move stay together.
   *
   * @param pairs who holds what now
   * @param numbers gives the next free number
   */
  static Found of(Homeless homeless, List<ShardPair> pairs, IntSupplier numbers) {
    SlotSet left = SlotSet.of(homeless.slots());
    List<Partition> found = new ArrayList<>();
    // Of a shard's replicas the same one as before, where it still is one.
    for (boolean same : new boolean[] {true, false}) {
      for (ShardPair pair : pairs) {
        SlotSet here = left.and(pair.slots());
        boolean isSame = pair.replica().address().equals(homeless.from().replica().address());
        if (isSame == same && !here.isEmpty()) {
          left = left.without(here);
          for (SlotRange range : here.without(homeless.moved()).ranges()) {
            for (SlotRange piece : PartitionPlan.cut(range, mostSlots(homeless, pair))) {
              found.add(partition(homeless, pair, piece, false, numbers));
            }
          }
          for (SlotRange range : here.and(homeless.moved()).ranges()) {
            for (SlotRange piece : PartitionPlan.cut(range, mostMoved(homeless))) {
              found.add(partition(homeless, pair, piece, piece.count() == 1, numbers));
            }
          }
        }
      }
    }
    return new Found(found, left);
  }

  /** Many at once are not on their way slot by slot: others own them than was thought. */
  private static int mostMoved(Homeless homeless) {
    return homeless.moved().count() > MANY ? HashSlot.COUNT : 1;
  }

  private static int mostSlots(Homeless homeless, ShardPair pair) {
    return homeless.moved().isEmpty() || !PartitionPlan.isListed(pair)
        ? PartitionPlan.MOST_SLOTS
        : Tries.mostSlots(homeless.attempt());
  }

  private static Partition partition(
      Homeless homeless, ShardPair pair, SlotRange slots, boolean last, IntSupplier numbers) {
    Partition from = homeless.from();
    boolean same =
        slots.equals(from.slots())
            && pair.source().address().equals(from.source().address())
            && pair.replica().address().equals(from.replica().address());
    return new Partition(
        same ? from.number() : numbers.getAsInt(),
        pair.source(),
        pair.replica(),
        slots,
        from.keys() * slots.count() / from.slots().count(),
        homeless.attempt(),
        false,
        last);
  }
}
