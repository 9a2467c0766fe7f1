package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.replica;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
  private static final Partition PIECE =
      new Partition(5, source(1), replica(11), new SlotRange(100, 199), 1000, 1, true, false);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100     | slot 100 was on the way",
        "100-101 | slots 100-101 were on the way",
        "100,107 | slots 100,107 were on the way",
      })
  void oneSlotThatBeganToMoveIsToldInTheSingular(String slots, String told) {
    Changes changes = new Changes(() -> 0);
    changes.placed(new Homeless(PIECE, PIECE.slots(), SlotSet.parse(slots), null, 1, 0, 0), PIECE);
    assertThat(changes.lines())
        .containsExactly(told + " to another node while compared, and looked at again last");
  }
}
