package io.syncanalyzer.result.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.compare.Comparison;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.JUnitCases;
import io.syncanalyzer.report.files.PageCell;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.Page;
import io.syncanalyzer.report.page.PageView;
import io.syncanalyzer.report.screen.Screen;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundTest {
  private static final Pattern TIME = Pattern.compile("([\\d,.]+) (us|ms|s)\\b");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "0, 0 us, 0 us",
    "0.001, 0 us, 1 us",
    "84.5, 84 us, 85 us",
    "85, 85 us, 85 us",
    "99.9, 99 us, 100 us",
    "100, 0.10 ms, 0.10 ms",
    "420.001, 0.42 ms, 0.43 ms",
    "9999.9, 9.99 ms, 10.00 ms",
    "99950, 99.9 ms, 100.0 ms",
    "999499.9, 999 ms, 1000 ms",
    "999500, 0.99 s, 1.00 s",
    "5678999, 5.67 s, 5.68 s",
    "12345678, 12.3 s, 12.4 s",
    "61000001, 61 s, 62 s",
    "61000000, 61 s, 61 s",
  })
  void aLowerBoundIsRoundedDownAndAnUpperOneUp(double micros, String lower, String upper) {
    assertThat(Bound.lower(micros)).isEqualTo(lower);
    assertThat(Bound.atLeast(micros)).isEqualTo(">= " + lower);
    assertThat(Bound.upper(micros)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0.00 .. 0.00, 0.000 .. 0.000",
    "0.4, 9.4, 0.00 .. 0.01, 0.000 .. 0.010",
    "506.9, 3511.1, 0.50 .. 3.52, 0.506 .. 3.512",
    "9999, 10001, 9.99 .. 10.1, 9.999 .. 10.01",
    "99999, 999999, 99.9 .. 1000.0, '99.99 .. 1,000.0'",
    "1000999, 30000001, 1000 .. 30001, '1,000 .. 30,001'",
    "5678999, , >= 5678, '>= 5,678'",
    ", 5678001, 5679, '5,679'",
    ", , '', ''",
  })
  void columnsOfMillisecondsAreRoundedOutward(
      @Nullable Double lower, @Nullable Double upper, String screen, String page) {
    LagReport lag = lagOf(lower, upper);
    LagAccounting account = lag.accounting().get(0);
    assertThat(lag.interval(account, "99", Bound.Digits.SCREEN)).isEqualTo(screen);
    assertThat(lag.interval(account, "99", Bound.Digits.PAGE)).isEqualTo(page);
    assertThat(lag.interval(account, "50", Bound.Digits.PAGE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0.00 ms, 0.00 ms", "1, 0.00 ms, 0.01 ms", "5678999999, 5678.99 ms, 5679.00 ms"})
  void theProgressLineRoundsOutwardToo(long nanos, String lower, String upper) {
    assertThat(Bound.lowerMillis(nanos)).isEqualTo(lower);
    assertThat(Bound.upperMillis(nanos)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 0, 3511, 'at most 3.52 ms, --max-lag allows 50.0 ms'",
    "1234000, 0, 1233900, 'at most 1.2339 s, --max-lag allows 1.234 s'",
    "1234000, 0, 1234000, 'at most 1.234 s, --max-lag allows 1.234 s'",
    "1234000, 0, 1234001, 'at most 1.24 s, --max-lag allows 1.234 s (1.0 times)'",
    "1234000, 1234400, , 'at least 1.2344 s, --max-lag allows 1.234 s (1.0 times)'",
    "1234000, 5678999, , 'at least 5.67 s, --max-lag allows 1.234 s (4.6 times)'",
    "6000000, 5678999, , '>= 5.67 s, for it reaches into sentinels that were never seen'",
  })
  void aLimitAndTheBoundBesideItReadAsTheyWereCompared(
      long allowedMicros, @Nullable Double lower, @Nullable Double upper, String words) {
    LagReport lag = lagOf(lower, upper);
    Limit limit = Limit.maxLag(Duration.ofNanos(1000 * allowedMicros), lag);
    assertThat(limit.words()).endsWith("the largest lag is " + words);
  }

  @ParameterizedTest
  @ValueSource(doubles = {84.5, 421.7, 9_999.9, 12_345.6, 999_499.4, 5_678_999, 61_234_567})
  void whateverPrintsABoundPrintsOneThatHolds(double micros) throws Exception {
    RunReport open = run("open", micros, null);
    RunReport closed = run("closed", micros, micros);
    // Each text, and what stands before the bound in it.
    assertThat(Screen.of(open, new RunFolder(folder, "r"), false)).satisfies(atMost(micros, ">= "));
    for (String text :
        List.of(
            open.verdict().headline(),
            JUnitCases.of(open).toString(),
            Page.view(open, Distributions.read(folder.resolve("none"))).tiles().toString())) {
      assertThat(time(text, ">= ")).describedAs(text).isBetween(micros * 0.9 - 1, micros);
    }
    String headline = closed.verdict().headline();
    Matcher both =
        Pattern.compile("between ([\\d.]+)( \\w+)? and ([\\d.]+) (\\w+)").matcher(headline);
    assertThat(both.find()).describedAs(headline).isTrue();
    String unit = both.group(2) == null ? " " + both.group(4) : both.group(2);
    assertThat(micros(both.group(1), unit.strip())).isBetween(micros * 0.9 - 1, micros);
    assertThat(micros(both.group(3), both.group(4))).isBetween(micros, micros * 1.1 + 1);

    Comparison compared =
        Comparison.of(List.of("closed", "open"), List.of(List.of(closed), List.of(open)));
    String line =
        Arrays.stream(compared.screen(OptionalDouble.empty(), false).split("\\R"))
            .filter(one -> one.contains("p99_upper"))
            .findFirst()
            .orElseThrow();
    Matcher figures = Pattern.compile("us +([\\d,.]+) +>= ([\\d,.]+)").matcher(line);
    assertThat(figures.find()).describedAs(line).isTrue();
    assertThat(micros(figures.group(1), "us")).isBetween(micros, micros + 1);
    assertThat(micros(figures.group(2), "us")).isBetween(micros - 1, micros);
  }

  @Test
  void theTablesOfThePageRoundAsTheFilesDo() {
    Measure lower = Measure.of("lower_us", "us");
    Measure upper = Measure.of("max_upper_us", "us");
    assertThat(PageCell.of("", 1234.9, lower)).isEqualTo("1,234");
    assertThat(PageCell.of("", 1234.1, upper)).isEqualTo("1,235");
    assertThat(PageCell.of("", 123.46, lower)).isEqualTo("123.4");
    assertThat(PageCell.of("", 0.0004, upper)).isEqualTo("0.001");
    assertThat(PageCell.of("", 0.0004, lower)).isEqualTo("0");
    assertThat(PageCell.of("", 1234.5, Measure.ofColumn("mean"))).isEqualTo("1,234");
    List<List<String>> rows = new ArrayList<>();
    PageView.HtmlTable.of(Tables.LAG, "lag", false, lagOf(1234.9, 4321.1).percentiles())
        .rows()
        .forEach(row -> rows.add(row.cells().stream().map(PageView.HtmlCell::text).toList()));
    assertThat(rows).allSatisfy(row -> assertThat(row).contains("1,234", "4,322"));
  }

  private static RunReport run(String id, @Nullable Double lower, @Nullable Double upper) {
    return SampleRuns.whole(id).lag(lagOf(lower, upper)).limits(List.of()).build();
  }

  /** Nothing but the two percentiles that are spoken of, and no floor that they might be at. */
  private static LagReport lagOf(@Nullable Double lower, @Nullable Double upper) {
    LagReport sample = SampleRuns.lag(1, upper == null ? 3 : 0);
    List<LagPercentile> rows = List.of(row("99", lower, upper), row("max", lower, upper));
    return new LagReport(
        rows,
        sample.accounting().stream().filter(row -> row.phase().equals("load")).toList(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of());
  }

  private static LagPercentile row(
      String percentile, @Nullable Double lower, @Nullable Double upper) {
    return SampleRuns.percentile("load", percentile, upper, lower, upper, 2000, null, null);
  }

  private static Consumer<String> atMost(double micros, String before) {
    return screen -> {
      Matcher bound = Pattern.compile(before + "([\\d.]+)\\s").matcher(screen);
      assertThat(bound.find()).describedAs(screen).isTrue();
      assertThat(micros(bound.group(1), "ms")).isBetween(micros * 0.9 - 100, micros);
    };
  }

  private static double time(String text, String before) {
    int from = text.indexOf(before);
    assertThat(from).describedAs(text).isNotNegative();
    Matcher time = TIME.matcher(text.substring(from + before.length()));
    assertThat(time.find()).describedAs(text).isTrue();
    return micros(time.group(1), time.group(2));
  }

  private static double micros(String figure, String unit) {
    double value = Double.parseDouble(figure.replace(",", ""));
    return value * (unit.equals("us") ? 1 : unit.equals("ms") ? 1e3 : 1e6);
  }
}
