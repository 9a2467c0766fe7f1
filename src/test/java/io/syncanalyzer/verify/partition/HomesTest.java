package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.pair;
import static io.syncanalyzer.verify.partition.PartitionNodes.replica;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HomesTest {
  private static final Partition FROM =
      new Partition(5, source(1), replica(11), new SlotRange(100, 199), 1000, 1, true, false);

  private int number = 40;

  private List<String> found(String moved, int attempt, ShardPair... pairs) {
    Homeless homeless = new Homeless(FROM, FROM.slots(), SlotSet.parse(moved), null, attempt, 0, 0);
    Homes.Found found = Homes.of(homeless, List.of(pairs), () -> ++number);
    List<String> words =
        new java.util.ArrayList<>(
            found.partitions().stream()
                .map(
                    one ->
                        one.number()
                            + " "
                            + one.source().port()
                            + ">"
                            + one.replica().port()
                            + " "
                            + one.slots()
                            + " x"
                            + one.attempt()
                            + (one.last() ? " last" : ""))
                .toList());
    if (!found.ownerless().isEmpty()) {
      words.add("nobody " + found.ownerless());
    }
    return words;
  }

  @Test
  void whatIsWhereItWasKeepsItsNumber() {
    assertThat(found("", 2, pair(1, 11, "0-999"))).containsExactly("5 1>11 100-199 x2");
  }

  @Test
  void whatMovedIsAloneAndLastAndTheRestInPieces() {
    assertThat(found("150", 2, pair(1, 11, "0-149,151-999"), pair(2, 12, "150")))
        .containsExactly("41 1>11 100-149 x2", "42 1>11 151-199 x2", "43 2>12 150 x2 last");
    assertThat(found("150", 2, pair(1, 11, "0-999")))
        .containsExactly("44 1>11 100-149 x2", "45 1>11 151-199 x2", "46 1>11 150 x2 last");
    assertThat(found("100", 4, pair(1, 11, "0-999"))).hasSize(7 + 1);
    assertThat(found("100", 6, pair(1, 11, "0-999"))).hasSize(100);
  }

  @Test
  void manySlotsThatMovedAtOnceStayTogether() {
    assertThat(found("100-199", 2, pair(2, 12, "0-999"))).containsExactly("41 2>12 100-199 x2");
    assertThat(found("100-164", 2, pair(2, 12, "0-999")))
        .containsExactly("42 2>12 165-199 x2", "43 2>12 100-164 x2");
  }

  @Test
  void whatAnotherHasByNowIsCutAtItsOwners() {
    assertThat(found("", 2, pair(3, 11, "0-149"), pair(1, 12, "150-180")))
        .containsExactly("41 3>11 100-149 x2", "42 1>12 150-180 x2", "nobody 181-199");
  }

  @Test
  void ofAShardsReplicasTheSameOneAsBeforeIsTakenWhereItStillIsOne() {
    assertThat(found("", 2, pair(2, 13, "0-999"), pair(2, 11, "0-999")))
        .containsExactly("41 2>11 100-199 x2");
    assertThat(found("", 2, pair(2, 13, "0-999"), pair(2, 14, "0-999")))
        .containsExactly("42 2>13 100-199 x2");
  }
}
