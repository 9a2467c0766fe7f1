package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.result.lag.LagCount;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundCountsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1, 1, 1",
    "255, 255, 255",
    "256, 256, 256",
    "257, 258, 256",
    "511, 512, 510",
    "513, 516, 512",
    "1000000, 1003520, 999424",
    "60000000000, 60129542144, 59861106688",
  })
  void digitsAreRoundedOutward(long nanos, long up, long down) {
    assertThat(BoundCounts.up(nanos)).isEqualTo(up);
    assertThat(BoundCounts.down(nanos)).isEqualTo(down);
  }

  @Test
  void nothingIsRoundedByMoreThanIsPromised() {
    for (long nanos = 1; nanos < 100_000_000_000L; nanos += 1 + nanos / 3) {
      assertThat(BoundCounts.up(nanos)).isBetween(nanos, nanos + nanos / 125);
      assertThat(BoundCounts.down(nanos)).isBetween(nanos - nanos / 125, nanos);
    }
  }

  @Test
  void whatRoundsToTheSameIsOneCountAndNothingIsLost() {
    Histogram second = LagRecorder.histogram();
    for (long nanos = 1_000_000; nanos < 2_000_000; nanos += 100) {
      second.recordValue(nanos);
    }
    List<LagCount> up = BoundCounts.up(second);
    assertThat(up).hasSizeLessThan(131);
    assertThat(up).extracting(LagCount::nanos).doesNotHaveDuplicates().isSorted();
    assertThat(up.stream().mapToLong(LagCount::count).sum()).isEqualTo(10_000);
    assertThat(up.get(0).nanos()).isGreaterThanOrEqualTo(1_000_000);
    List<LagCount> down = BoundCounts.down(second);
    assertThat(down.get(0).nanos()).isLessThanOrEqualTo(1_000_000);
    assertThat(down.stream().mapToLong(LagCount::count).sum()).isEqualTo(10_000);
  }

  @Test
  void aSecondInWhichNothingWasSeenHasNoCounts() {
    assertThat(BoundCounts.up(LagRecorder.histogram())).isEmpty();
  }
}
