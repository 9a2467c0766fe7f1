package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GrowthOfTest {
  private static List<LagSecond> rows(int seconds, long lagPerSecond, long gapPerSecond) {
    return LongStream.range(0, seconds)
        .mapToObj(
            second ->
                Seconds.of(
                    second,
                    1_000_000 + lagPerSecond * second + (second % 3) * 1000,
                    5000 + gapPerSecond * second))
        .toList();
  }

  @Test
  void whatGrowsHasItsSlopeInNanosecondsAndBytesASecond() {
    Trial.Growth growth = GrowthOf.rows(rows(15, 10_000_000, 4000), 1);
    Slope lag = Objects.requireNonNull(growth.lag());
    Slope gap = Objects.requireNonNull(growth.gap());
    assertThat(lag.perSecond()).isCloseTo(10_000_000, within(10_000.0));
    assertThat(gap.perSecond()).isCloseTo(4000, within(1.0));
    assertThat(lag.low()).isPositive();
  }

  @Test
  void ofTooFewSecondsNothingIsToldOfGrowth() {
    assertThat(GrowthOf.rows(rows(7, 0, 0), 1)).isEqualTo(Trial.Growth.UNKNOWN);
  }

  @Test
  void aServerThatHidesItsOffsetsHasNoGap() {
    List<LagSecond> hidden =
        LongStream.range(0, 12).mapToObj(second -> Seconds.of(second, 1000L, null)).toList();
    assertThat(GrowthOf.rows(hidden, 1).gap()).isNull();
    assertThat(GrowthOf.rows(hidden, 1).lag()).isNotNull();
    assertThat(GrowthOf.showsOffsets(hidden)).isFalse();
    assertThat(GrowthOf.showsOffsets(rows(1, 0, 0))).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameLimits() {
    assertThat(GrowthOf.rows(rows(15, 100, 7), 3)).isEqualTo(GrowthOf.rows(rows(15, 100, 7), 3));
  }
}
