package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.pair;
import static io.syncanalyzer.verify.partition.PartitionNodes.replica;
import static io.syncanalyzer.verify.partition.PartitionNodes.single;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionPlanTest {
  private static List<String> plan(@Nullable Double perSlot, ShardPair... pairs) {
    return PartitionPlan.of(List.of(pairs), any -> perSlot).stream()
        .map(
            one ->
                one.number()
                    + " "
                    + one.source().port()
                    + ">"
                    + one.replica().port()
                    + " "
                    + one.slots()
                    + " "
                    + one.keys()
                    + (one.functions() ? " f" : ""))
        .toList();
  }

  @Test
  void twoSingleServersAreOnePartitionOfEverySlotHoweverManyKeysTheyHold() {
    ShardPair pair = new ShardPair(single(Side.SOURCE, 1), single(Side.REPLICA, 2), SlotSet.ALL);
    assertThat(plan(1000.0, pair)).containsExactly("1 1>2 0-16383 16384000 f");
  }

  @Test
  void whereNobodyKnowsHowManyKeysThereAreSlotsAreCutIntoPiecesAsAlikeAsCanBe() {
    assertThat(plan(null, pair(1, 2, "0-5460")))
        .containsExactly(
            "1 1>2 0-909 0 f",
            "2 1>2 910-1819 0",
            "3 1>2 1820-2729 0",
            "4 1>2 2730-3639 0",
            "5 1>2 3640-4549 0",
            "6 1>2 4550-5460 0");
    assertThat(plan(null, pair(1, 2, "7"), pair(1, 2, "9-10")))
        .containsExactly("1 1>2 7 0 f", "2 1>2 9-10 0");
    assertThat(plan(null, pair(1, 2, "0-1023"))).containsExactly("1 1>2 0-1023 0 f");
    assertThat(plan(null, pair(1, 2, "0-1024")))
        .containsExactly("1 1>2 0-511 0 f", "2 1>2 512-1024 0");
  }

  @Test
  void whereANodeHoldsMuchAPartitionHasFewerSlots() {
    assertThat(plan(10_000.0, pair(1, 2, "0-149")))
        .containsExactly("1 1>2 0-49 500000 f", "2 1>2 50-99 500000", "3 1>2 100-149 500000");
    assertThat(plan(30.0, pair(1, 2, "0-16383"))).containsExactly("1 1>2 0-16383 491520 f");
    assertThat(plan(0.0, pair(1, 2, "0-5460"))).containsExactly("1 1>2 0-5460 0 f");
    assertThat(plan(1e9, pair(1, 2, "0-1")))
        .containsExactly("1 1>2 0 1000000000 f", "2 1>2 1 1000000000");
  }

  @Test
  void noOwnerOnEitherSideCutsAPartitionAndEachTwoNodesCompareTheirFunctionsOnce() {
    assertThat(plan(1.0, pair(1, 3, "0-99"), pair(2, 3, "100-149,400-449"), pair(2, 4, "150-399")))
        .containsExactly(
            "1 1>3 0-99 100 f", "2 2>3 100-149 50 f", "3 2>4 150-399 250 f", "4 2>3 400-449 50");
  }

  @Test
  void aRangeIsLeftWholeAgainstAServerInNoClusterWhichIsScannedForEachPartition() {
    ShardPair mine = new ShardPair(single(Side.SOURCE, 1), replica(2), SlotSet.parse("0-2047"));
    assertThat(plan(0.0, mine)).containsExactly("1 1>2 0-2047 0 f");
    ShardPair other = new ShardPair(source(1), single(Side.REPLICA, 2), SlotSet.parse("0-2047"));
    assertThat(plan(1e9, other)).containsExactly("1 1>2 0-2047 2048000000000 f");
  }

  @Test
  void everySlotIsInExactlyOnePiece() {
    for (int most : new int[] {1, 3, 7, 1000, 1024, 20_000}) {
      SlotRange range = new SlotRange(5, 4321);
      List<SlotRange> cut = PartitionPlan.cut(range, most);
      int next = 5;
      for (SlotRange one : cut) {
        assertThat(one.from()).isEqualTo(next);
        assertThat(one.count()).isBetween(1, most);
        next = one.to() + 1;
      }
      assertThat(next).isEqualTo(4322);
    }
  }
}
