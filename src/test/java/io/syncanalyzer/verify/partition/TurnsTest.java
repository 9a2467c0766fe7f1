package io.syncanalyzer.verify.partition;

import static io.syncanalyzer.verify.partition.PartitionNodes.replica;
import static io.syncanalyzer.verify.partition.PartitionNodes.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.topology.SlotRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static Partition partition(int number, int source, int replica, long keys, boolean last) {
    return new Partition(
        number,
        source(source),
        replica(replica),
        new SlotRange(number, number),
        keys,
        1,
        false,
        last);
  }

  private static List<Integer> now(Turns turns, long now) {
    List<Integer> taken = new ArrayList<>();
    for (Partition next = turns.next(now, Set.of());
        next != null;
        next = turns.next(now, Set.of())) {
      taken.add(next.number());
    }
    return taken;
  }

  @Test
  void aNodeTakesPartInOneAtATime() {
    Turns turns = new Turns(9);
    Partition first = partition(1, 1, 11, 5, false);
    turns.add(first, 0);
    turns.add(partition(2, 1, 12, 5, false), 0);
    turns.add(partition(3, 2, 11, 5, false), 0);
    turns.add(partition(4, 3, 13, 5, false), 0);
    assertThat(now(turns, 0)).containsExactly(1, 4);
    turns.ended(first);
    assertThat(now(turns, 0)).containsExactly(2, 3);
  }

  @Test
  void noMoreThanSoManyAreBegun() {
    Turns turns = new Turns(2);
    for (int i = 1; i < 5; i++) {
      turns.add(partition(i, i, 10 + i, 5, false), 0);
    }
    assertThat(now(turns, 0)).hasSize(2);
    assertThat(turns.running()).hasSize(2);
    assertThat(turns.waiting()).hasSize(2);
  }

  @Test
  void theNodeThatHasMostBeforeItComesFirst() {
    Turns turns = new Turns(1);
    turns.add(partition(1, 1, 11, 50, false), 0);
    turns.add(partition(2, 2, 12, 30, false), 0);
    turns.add(partition(3, 2, 12, 40, false), 0);
    assertThat(now(turns, 0)).containsExactly(2);
  }

  @Test
  void whatIsNotDueWaitsAndWhatWaitsForAllComesLast() {
    Turns turns = new Turns(9);
    Partition other = partition(3, 3, 13, 1, false);
    turns.add(partition(1, 1, 11, 99, true), 0);
    turns.add(partition(2, 2, 12, 99, false), 10);
    turns.add(other, 0);
    assertThat(now(turns, 9)).containsExactly(3);
    turns.ended(other);
    assertThat(now(turns, 9)).isEmpty();
    assertThat(now(turns, 10)).containsExactly(2);
    turns.ended(partition(2, 2, 12, 99, false));
    assertThat(now(turns, 10)).containsExactly(1);
    assertThat(turns.take(any -> true)).isEmpty();
  }
}
