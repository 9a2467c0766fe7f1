package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutstandingTest {
  @Test
  void anEntryIsALaneAndASequence() {
    long entry = Outstanding.entry(200, 123_456_789_012L);
    assertThat(Outstanding.lane(entry)).isEqualTo(200);
    assertThat(Outstanding.sequence(entry)).isEqualTo(123_456_789_012L);
  }

  @Test
  void whateverIsSettledTheOthersKeepTheirOrder() {
    Random random = new Random(11);
    Outstanding ring = new Outstanding(100);
    List<Long> model = new ArrayList<>();
    long next = 0;
    for (int round = 0; round < 5000; round++) {
      while (model.size() < 100 && random.nextInt(3) > 0) {
        ring.add(Outstanding.entry(3, next));
        model.add(Outstanding.entry(3, next++));
      }
      int places = model.isEmpty() ? 0 : random.nextInt(model.size()) + 1;
      for (int place = places - 1; place >= 0; place--) {
        if (random.nextInt(3) == 0) {
          ring.settle(place);
          model.remove(place);
        }
      }
      ring.compact(places);
      assertThat(ring.size()).isEqualTo(model.size());
      for (int place = 0; place < model.size(); place++) {
        assertThat(ring.at(place)).isEqualTo(model.get(place));
      }
    }
  }

  @Test
  void moreThanItsCapacityIsRefused() {
    Outstanding ring = new Outstanding(2);
    ring.add(0);
    ring.add(1);
    assertThatThrownBy(() -> ring.add(2)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPlaceIsSettledOnceItIsSaidSo() {
    Outstanding ring = new Outstanding(2);
    ring.add(Outstanding.entry(0, 0)); // The entry that is the number 0.
    ring.add(Outstanding.entry(1, 1));
    assertThat(ring.isSettled(0)).isFalse();
    ring.settle(0);
    assertThat(ring.isSettled(0)).isTrue();
    assertThat(ring.isSettled(1)).isFalse();
  }

  @Test
  void oneMadeForOneHoldsOne() {
    Outstanding ring = new Outstanding(1);
    ring.add(7);
    assertThat(ring.at(0)).isEqualTo(7);
  }
}
