package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.LagReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files read back, row by row as plotters read them, and held against the histograms. */
class PercentileTextTest {
  private static final Pattern ROW =
      Pattern.compile("\\s*(\\d+\\.\\d{6}) ([01]\\.\\d{12})\\s+(\\d+)(?:\\s+(\\d+\\.\\d{2}))?");

  @TempDir Path scratch;
  private Distributions recorded = Distributions.read(Path.of("none"));

  /** A row: nanoseconds, share, how many up to it, and 1/(1-share), which the last has not. */
  private record Row(long nanos, double share, long count, @Nullable Double ofBeyond) {}

  @BeforeEach
  void record() throws Exception {
    Path hlog = scratch.resolve("lag.hlog");
    SampleRuns.writeHlog(hlog);
    recorded = Distributions.read(hlog);
  }

  @Test
  void everyPhaseAndBoundHasItsFileAndTheIntendedTimesOfTheLoadHaveOne() {
    assertThat(texts(SampleRuns.lag(1, 0)).keySet())
        .containsExactly(
            "lag_baseline_lower_ms.hgrm",
            "lag_baseline_upper_ms.hgrm",
            "lag_floor_lower_ms.hgrm",
            "lag_floor_upper_ms.hgrm",
            "lag_intended_ms.hgrm",
            "lag_lower_ms.hgrm",
            "lag_upper_ms.hgrm");
  }

  @Test
  void eachRowIsTheValueOfThatRankAndTheLastIsTheLargest() {
    List<Row> rows = rows("lag_upper_ms.hgrm", SampleRuns.lag(1, 0));
    Histogram upper = recorded("upper");

    assertThat(rows).hasSizeGreaterThan(50);
    for (Row row : rows) {
      long rank = Math.max(1, (long) Math.ceil(row.share * 20_000 - 1e-6));
      assertThat(row.count).isEqualTo(upper.getCountBetweenValues(0, row.nanos));
      assertThat(row.count).isGreaterThanOrEqualTo(rank);
      long below = upper.lowestEquivalentValue(row.nanos) - 1;
      assertThat(upper.getCountBetweenValues(0, below)).isLessThan(rank);
    }
    Row last = rows.get(rows.size() - 1);
    assertThat(last).isEqualTo(new Row(upper.getMaxValue(), 1, 20_000, null));
    assertThat(rows.get(0).nanos).isEqualTo(upper.highestEquivalentValue(upper.getMinValue()));
  }

  @Test
  void noRowStandsWhereFewerThanTenSentinelsLieBeyond() {
    List<Row> rows = rows("lag_upper_ms.hgrm", SampleRuns.lag(1, 0));

    assertThat(rows.subList(0, rows.size() - 1))
        .allSatisfy(row -> assertThat(20_000 * (1 - row.share)).isGreaterThan(9.99));
    assertThat(20_000 * (1 - rows.get(rows.size() - 2).share)).isLessThan(12);
  }

  @Test
  void lowerBoundsAreRoundedDownAndUpperOnesUp() {
    Histogram lower = recorded("lower");

    assertThat(rows("lag_lower_ms.hgrm", SampleRuns.lag(1, 0)))
        .allSatisfy(row -> assertThat(row.nanos).isEqualTo(lower.lowestEquivalentValue(row.nanos)));
    assertThat(rows("lag_upper_ms.hgrm", SampleRuns.lag(1, 0)))
        .allSatisfy(
            row ->
                assertThat(row.nanos)
                    .isEqualTo(recorded("upper").highestEquivalentValue(row.nanos)));
  }

  @Test
  void theSamePercentilesStandInTheSameRowsOfEveryFileForPlottersGoByThem() {
    LagReport lag = SampleRuns.lag(1, 0);
    List<Row> longest = rows("lag_upper_ms.hgrm", lag);

    for (String file : texts(lag).keySet()) {
      List<Row> rows = rows(file, lag);
      for (int i = 0; i < rows.size() - 1; i++) {
        assertThat(rows.get(i).share).as(file).isEqualTo(longest.get(i).share);
      }
    }
  }

  @Test
  void whatWasNeverSeenCountsAndHasNoRow() {
    LagReport half = SampleRuns.lag(1, 20_000);
    List<Row> rows = rows("lag_upper_ms.hgrm", half);

    // 20,000 were seen and as many were not: the rows end at the median.
    assertThat(rows.get(rows.size() - 1).share).isEqualTo(0.5);
    assertThat(rows).allSatisfy(row -> assertThat(row.ofBeyond).isNotNull());
    assertThat(Objects.requireNonNull(texts(half).get("lag_upper_ms.hgrm")))
        .contains("# 40000 sentinels, 20000 of them without a value\n");
  }

  @Test
  void whateverTheLocaleAPointIsTheDecimalSign() {
    Map<String, String> here = texts(SampleRuns.lag(1, 0));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(texts(SampleRuns.lag(1, 0))).isEqualTo(here);
      Locale.setDefault(Locale.GERMANY);
      assertThat(texts(SampleRuns.lag(1, 0))).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void ofSeveralReplicasAllAreTogether() {
    Histogram one = recorded("upper");
    Distributions two = Distributions.read(scratch.resolve("lag.hlog"));
    Histogram other = one.copy();
    two.totals().put(new Distributions.Key("load", "upper", "@h:1"), other);

    assertThat(read(PercentileText.texts(SampleRuns.lag(1, 0), two), "lag_upper_ms.hgrm"))
        .last()
        .extracting(Row::count)
        .isEqualTo(40_000L);
    assertThat(one.getTotalCount()).isEqualTo(20_000);
  }

  private Histogram recorded(String bound) {
    return Objects.requireNonNull(recorded.totals().get(new Distributions.Key("load", bound, "")));
  }

  private Map<String, String> texts(LagReport lag) {
    return PercentileText.texts(lag, recorded);
  }

  private List<Row> rows(String file, LagReport lag) {
    return read(texts(lag), file);
  }

  /** As the plotters do: what begins with # or is no row of figures is left out. */
  private static List<Row> read(Map<String, String> texts, String file) {
    List<String> lines = Objects.requireNonNull(texts.get(file)).lines().toList();
    assertThat(lines.get(0)).matches(" +Value +Percentile TotalCount 1/\\(1-Percentile\\)");
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(2, lines.size())) {
      if (!line.startsWith("#")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        rows.add(
            new Row(
                new BigDecimal(row.group(1)).movePointRight(6).longValueExact(),
                Double.parseDouble(row.group(2)),
                Long.parseLong(row.group(3)),
                row.group(4) == null ? null : Double.valueOf(row.group(4))));
      }
    }
    return rows;
  }
}
