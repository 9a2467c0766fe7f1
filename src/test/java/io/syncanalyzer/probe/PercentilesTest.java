package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagValue.AtLeast;
import io.syncanalyzer.probe.LagValue.Known;
import io.syncanalyzer.probe.LagValue.TooFew;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {
  @ParameterizedTest
  @CsvSource({"50,20", "90,100", "95,200", "99,1000", "99.9,10000", "99.99,100000"})
  void aPercentileNeedsTenSamplesBeyondIt(String label, int needed) {
    assertThat(Percentiles.value(label, upTo(needed - 1), 0, 0)).isInstanceOf(TooFew.class);
    assertThat(Percentiles.value(label, upTo(needed), 0, 0)).isInstanceOf(Known.class);
    assertThat(Percentiles.value(label, upTo(needed - 7), 7, 99)).isNotInstanceOf(TooFew.class);
    assertThat(Percentiles.value(label, upTo(needed - 7), 6, 99)).isInstanceOf(TooFew.class);
  }

  @Test
  void leastAndGreatestAreGivenForASingleSample() {
    assertThat(Percentiles.value("min", upTo(1), 0, 0)).isEqualTo(new Known(1));
    assertThat(Percentiles.value("max", upTo(1), 0, 0)).isEqualTo(new Known(1));
    assertThat(Percentiles.value("min", upTo(0), 0, 0)).isInstanceOf(TooFew.class);
    assertThat(Percentiles.value("max", upTo(0), 0, 0)).isInstanceOf(TooFew.class);
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
        assertThat(Percentiles.value(label, histogram, 0, 0))
            .as("p%s of %d", label, n)
            .isEqualTo(new Known(values[rank - 1]));
      }
    }
  }

  @Test
  void whatReachesIntoTheCensoredPartIsAtLeastTheTimeout() {
    // 990 seen, 10 never: p99 is the last one seen, beyond it nobody knows.
    Histogram seen = upTo(990);
    List<LagRow> rows = Percentiles.rows(seen, seen, seen, 10, 5000);
    assertThat(rows)
        .extracting(LagRow::percentile)
        .containsExactly("min", "50", "90", "95", "99", "99.9", "99.99", "max");
    assertThat(rows).allMatch(row -> row.samples() == 1000);
    assertThat(rows.get(0).upper()).isEqualTo(new Known(1));
    assertThat(rows.get(1).upper()).isEqualTo(new Known(500));
    assertThat(rows.get(4).upper()).isEqualTo(new Known(990));
    assertThat(rows.get(5).upper()).isEqualTo(new TooFew());
    assertThat(rows.get(7).upper()).isEqualTo(new AtLeast(5000));
    assertThat(Percentiles.value("99", upTo(989), 11, 5000)).isEqualTo(new AtLeast(5000));
    assertThat(Percentiles.value("50", upTo(0), 20, 5000)).isEqualTo(new AtLeast(5000));
    assertThat(Percentiles.value("min", upTo(0), 20, 5000)).isEqualTo(new AtLeast(5000));
  }

  @Test
  void oneSeenLaterThanOthersWereGivenUpClaimsNoRankAmongThem() {
    Histogram seen = upTo(19);
    seen.recordValue(1000);
    assertThat(Percentiles.value("95", repeat(seen, 10), 10, 500)).isEqualTo(new AtLeast(500));
  }

  private static Histogram repeat(Histogram histogram, int times) {
    Histogram all = LagRecorder.histogram();
    for (int i = 0; i < times; i++) {
      all.add(histogram);
    }
    return all;
  }

  private static Histogram upTo(int n) {
    Histogram histogram = LagRecorder.histogram();
    for (int i = 1; i <= n; i++) {
      histogram.recordValue(n <= 2000 ? i : 1);
    }
    return histogram;
  }
}
