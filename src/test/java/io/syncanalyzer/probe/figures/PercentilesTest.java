package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.result.lag.LagValue.Known;
import io.syncanalyzer.result.lag.LagValue.Open;
import io.syncanalyzer.result.lag.LagValue.TooFew;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {
  private static final Percentiles.Of ALL = new Percentiles.Of("load", null, null);

  @ParameterizedTest
  @CsvSource({"50,20", "90,100", "95,200", "99,1000", "99.9,10000", "99.99,100000"})
  void aPercentileNeedsTenSamplesBeyondIt(String label, int needed) {
    assertThat(Percentiles.value(label, upTo(needed - 1), 0)).isInstanceOf(TooFew.class);
    assertThat(Percentiles.value(label, upTo(needed), 0)).isInstanceOf(Known.class);
    assertThat(Percentiles.value(label, upTo(needed - 7), 7)).isNotInstanceOf(TooFew.class);
    assertThat(Percentiles.value(label, upTo(needed - 7), 6)).isInstanceOf(TooFew.class);
  }

  @Test
  void leastAndGreatestAreGivenForASingleSample() {
    assertThat(Percentiles.value("min", upTo(1), 0)).isEqualTo(new Known(1));
    assertThat(Percentiles.value("max", upTo(1), 0)).isEqualTo(new Known(1));
    assertThat(Percentiles.value("min", upTo(0), 0)).isInstanceOf(TooFew.class);
    assertThat(Percentiles.value("max", upTo(0), 0)).isInstanceOf(TooFew.class);
  }

  @Test
  void ofTooFewThereIsNoneAndOfEnoughTheNearestRank() {
    assertThat(Percentiles.ofEnough(50, upTo(19))).isNull();
    assertThat(Percentiles.ofEnough(50, upTo(20))).isEqualTo(10);
  }

  @Test
  void aPercentileIsTheValueOfItsRank() {
    // Up to 2047 the histogram holds every value by itself, so ranks can be told exactly.
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int n = 1000 + random.nextInt(3000);
      long[] values = random.longs(n, 0, 2000).toArray();
      Histogram histogram = LagRecorder.histogram();
      Arrays.stream(values).forEach(histogram::recordValue);
      Arrays.sort(values);
      for (String label : List.of("50", "90", "95", "99")) {
        int rank = (int) Math.ceil(Math.round(Double.parseDouble(label) * n * 100) / 10_000.0);
        assertThat(Percentiles.value(label, histogram, 0))
            .as("p%s of %d", label, n)
            .isEqualTo(new Known(values[rank - 1]));
      }
    }
  }

  /**
   * Of so many seen (their lags 1, 2, 3 … ns) and never seen, each known to have stayed away for
   * {@code away}: what is told of a percentile. {@code open} is an upper end that nobody knows.
   */
  @ParameterizedTest
  @CsvSource({
    // label, seen, never seen, away, lower, upper
    "max,       1000,          0,    -,  1000, 1000",
    "99,        1000,          0,    -,   990,  990",
    "99,         990,         10, 5000,   990,  990", // the last one seen has the rank
    "99,         989,         11, 5000,  5000, open",
    "max,        999,          1, 5000,  5000, open",
    "max,        999,          1,    3,   999, open", // given up before others were seen
    "99,         989,         11,    0,   979, open", // nothing known of them: not 0 of all
    "50,         990,         10,    0,   490,  500",
    "min,        990,         10,    0,     0,    1",
    "min,        990,         10, 5000,     1,    1",
    "min,          0,         20, 5000,  5000, open",
    "50,           0,         20, 5000,  5000, open",
    "50,           0,         19, 5000,   few,  few",
    "max,          0,          1, 5000,  5000, open",
    "max,          0,          0,    -,   few,  few",
    "99.9,       900,        100, 5000,   few,  few",
    "95,         100,        900, 5000,  5000, open",
    "50,         100,        900,   60,    60, open",
  })
  void aPercentileOfACensoredSetHasALowerBoundAndPerhapsAnUpperOne(
      String label, int seen, int unseen, String away, String lower, String upper) {
    Histogram uppers = upTo(seen);
    Histogram lowers = upTo(seen);
    if (unseen > 0) {
      lowers.recordValueWithCount(Long.parseLong(away), unseen);
    }

    LagPercentile row =
        Percentiles.rows(ALL, uppers, lowers, uppers, unseen).stream()
            .filter(one -> one.percentile().equals(label))
            .findFirst()
            .orElseThrow();

    assertThat(told(row.lower())).isEqualTo(lower);
    assertThat(told(row.upper())).isEqualTo(upper);
    assertThat(told(row.intended())).isEqualTo(upper);
    assertThat(row.samples()).isEqualTo(seen + unseen);
  }

  /** A histogram has three digits: what they leave out makes bounds wider, never narrower. */
  @Test
  void bothBoundsHoldWhateverTheHistogramsDigitsAre() {
    Histogram one = LagRecorder.histogram();
    one.recordValue(1_234_567_891L);
    for (LagPercentile row : Percentiles.rows(ALL, one, one, one, 0)) {
      if (row.lower() instanceof Known lower && row.upper() instanceof Known upper) {
        assertThat(lower.nanos()).isBetween(1_233_000_000L, 1_234_567_891L);
        assertThat(upper.nanos()).isBetween(1_234_567_891L, 1_236_000_000L);
      }
    }
  }

  @Test
  void theNearestRankIsToldHoweverFewTheSamples() {
    assertThat(Percentiles.nearest(99, upTo(0))).isZero();
    assertThat(Percentiles.nearest(99, upTo(1))).isEqualTo(1);
    assertThat(Percentiles.nearest(50, upTo(5))).isEqualTo(3);
  }

  private static String told(LagValue value) {
    if (value instanceof Known known) {
      return Long.toString(known.nanos());
    }
    return value instanceof Open ? "open" : "few";
  }

  private static Histogram upTo(int n) {
    Histogram histogram = LagRecorder.histogram();
    for (int i = 1; i <= n; i++) {
      histogram.recordValue(n <= 2000 ? i : 1);
    }
    return histogram;
  }
}
