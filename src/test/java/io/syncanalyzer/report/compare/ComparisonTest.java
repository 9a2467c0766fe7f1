package io.syncanalyzer.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.compare.Comparison.Change;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.result.figure.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @TempDir Path results;

  @Test
  void whatDiffersBeyondTheSpreadIsBetterOrWorse() {
    Comparison comparison =
        Comparison.of(
            List.of("old", "new"), List.of(group(1.0, 1.02, 0.98), group(1.5, 1.45, 1.52)));

    Comparison.Row p99 = row(comparison, "lag", "p99_upper");
    assertThat(p99.change()).isEqualTo(Change.WORSE);
    assertThat(p99.beyondSpread()).isTrue();
    assertThat(p99.changePercent()).isBetween(49.0, 51.0);
    assertThat(row(comparison, "load", "ops_per_s").change()).isEqualTo(Change.SAME);
    assertThat(comparison.status(OptionalDouble.of(20))).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(comparison.status(OptionalDouble.of(60))).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(comparison.status(OptionalDouble.empty())).isEqualTo(ExitStatus.ALL_EQUAL);
  }

  @Test
  void whatLiesWithinTheSpreadIsTheSameAndBreaksNothing() {
    Comparison comparison =
        Comparison.of(List.of("old", "new"), List.of(group(1.0, 2.0, 0.9), group(1.8, 1.2, 1.9)));

    Comparison.Row p99 = row(comparison, "lag", "p99_upper");
    assertThat(p99.change()).isEqualTo(Change.SAME);
    assertThat(p99.changePercent()).isGreaterThan(50);
    assertThat(comparison.status(OptionalDouble.of(1))).isEqualTo(ExitStatus.ALL_EQUAL);
  }

  @Test
  void moreWritesAreBetterAndOneRunHasNoSpread() {
    RunReport slow = SampleRuns.whole("a").load(SampleRuns.load(30_000)).build();
    RunReport fast = SampleRuns.whole("b").load(SampleRuns.load(45_000)).build();

    Comparison.Row rate =
        row(
            Comparison.of(List.of("a", "b"), List.of(List.of(slow), List.of(fast))),
            "load",
            "ops_per_s");

    assertThat(rate.change()).isEqualTo(Change.BETTER);
    assertThat(rate.beyondSpread()).isNull();
    assertThat(rate.changePercent()).isEqualTo(50.0);
  }

  @Test
  void mismatchesWhereThereWereNoneAreWorseByAnyPercent() {
    RunReport equal = SampleRuns.whole("a").build();
    RunReport different = SampleRuns.whole("b").verify(SampleRuns.different()).build();

    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(List.of(equal), List.of(different)));

    assertThat(comparison.status(OptionalDouble.of(1e9))).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(comparison.screen(OptionalDouble.of(1e9)))
        .contains("Worse by more than 1000000000 %: verify mismatches of b");
  }

  @Test
  void aRunThatBrokeOffCannotPassAGate() {
    RunReport whole = SampleRuns.whole("a").build();
    RunReport failed = SampleRuns.bare("b", "load-and-verify").failure("no memtier").build();

    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(List.of(whole), List.of(failed)));

    assertThat(comparison.status(OptionalDouble.of(10))).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(comparison.screen(OptionalDouble.of(10))).contains("Not complete: b.");
  }

  /**
   * The largest lag of one run each, bounds in ms; {@code -} is an open end. A gate of 10 % is 3
   * where it is certainly worse by more, 4 where nobody can tell.
   */
  @ParameterizedTest
  @CsvSource({
    // before, after, change, bounds, gate
    "1, 2, 3, 4,  WORSE,   apart,   3",
    "3, 4, 1, 2,  BETTER,  apart,   0",
    "1, 2, 1, 2,  SAME,    overlap, 0",
    "1, 3, 2, 4,  WORSE,   overlap, 3",
    "1, 2, 2, 2,  SAME,    overlap, 0",
    "1, 2, 5, -,  WORSE,   apart,   3", // at least 5 is more than at most 2
    "1, 4, 5, -,  WORSE,   apart,   3",
    "1, 5, 5.1, -, WORSE,  apart,   4", // certainly worse, but perhaps by 2 % only
    "1, 5, 5, -,  OVERLAP, overlap, 4",
    "1, 5, 2, -,  OVERLAP, overlap, 4", // never seen is not better
    "5, -, 1, 2,  BETTER,  apart,   0",
    "5, -, 4, 6,  OVERLAP, overlap, 4",
    "5, -, 9, -,  OVERLAP, overlap, 4",
  })
  void intervalsAreOrderedOpenOnesTooAndWhereTheyOverlapThatIsSaid(
      String lower,
      String upper,
      String runLower,
      String runUpper,
      Change change,
      String bounds,
      int gate) {
    Comparison.Row row =
        new Comparison.Row(
            metric("lag", "p99_upper"),
            "a",
            "b",
            interval(lower, upper),
            interval(runLower, runUpper));
    Comparison comparison = new Comparison(List.of(row), List.of("a", "b"), List.of(), "");

    assertThat(row.change()).isEqualTo(change);
    assertThat(
            Comparison.TABLE
                .cells(row, CsvForm.POINT)
                .get(Comparison.TABLE.header().indexOf("bounds")))
        .isEqualTo(bounds);
    assertThat(comparison.status(OptionalDouble.of(10)).code()).isEqualTo(gate);
    String screen = comparison.screen(OptionalDouble.of(10));
    if (!change.equals(Change.SAME)) {
      assertThat(screen.contains("overlap")).isEqualTo(bounds.equals("overlap"));
    }
    assertThat(screen.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aRunOfWhichMostWasNeverSeenIsNotBetter() {
    RunReport whole =
        SampleRuns.bare("a", "probe").lag(SampleRuns.largestLag(500.0, 900.0)).build();
    RunReport stopped = SampleRuns.bare("b", "probe").lag(SampleRuns.largestLag(9e6, null)).build();

    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(List.of(whole), List.of(stopped)));

    for (String metric : List.of("max_upper", "max_lower", "max_intended")) {
      assertThat(row(comparison, "lag", metric).change()).as(metric).isEqualTo(Change.WORSE);
    }
    assertThat(Comparison.TABLE.cells(row(comparison, "lag", "max_upper"), CsvForm.POINT))
        .containsSubsequence("900", "900", "900", "1", "", "", "", "");
  }

  private static @Nullable Spread interval(String lower, String upper) {
    return Spread.of(
        List.of(
            new Reading(
                Double.parseDouble(lower),
                upper.equals("-") ? Double.POSITIVE_INFINITY : Double.parseDouble(upper))));
  }

  private static Metric metric(String phase, String name) {
    return Metric.all().stream()
        .filter(metric -> metric.phase().equals(phase) && metric.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void itIsWrittenAsCsvAndPageAndFitsTheConsole() throws Exception {
    Comparison comparison =
        Comparison.of(
            List.of("old", "mid", "new"),
            List.of(group(1.0, 1.1), group(1.2, 1.3), group(0.5, 0.6)));

    comparison.write(results, OptionalDouble.of(5), CsvForm.POINT);

    List<List<String>> rows = CsvFiles.read(results.resolve("compare.csv"));
    assertThat(rows.get(0)).isEqualTo(Comparison.TABLE.header());
    assertThat(rows).hasSize(1 + comparison.rows().size());
    assertThat(Files.readString(results.resolve("compare.html")))
        .contains("Comparison with old")
        .contains("change of new");
    assertThat(comparison.screen(OptionalDouble.of(5)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void aGroupsNameStandsForAllItsRuns() {
    for (String id : List.of("g-1", "g-2", "other")) {
      RunFolder folder = RunFolder.create(results, Optional.of(id), Clock.systemUTC());
      RunReportBuilder run = SampleRuns.whole(id);
      new RunWriter(folder, Optional.empty())
          .save((id.equals("other") ? run : run.group("g")).build());
    }

    assertThat(RunReader.runs(results, "g").stream().map(RunReport::runId))
        .containsExactly("g-1", "g-2");
    assertThat(RunReader.runs(results, "g-2")).hasSize(1);
    assertThatThrownBy(() -> RunReader.runs(results, "none"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneRunAloneIsWrongUsage() {
    assertThatThrownBy(
            () -> Comparison.of(List.of("a"), List.of(List.of(SampleRuns.whole("a").build()))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<RunReport> group(double... factors) {
    List<RunReport> runs = new ArrayList<>();
    for (double factor : factors) {
      runs.add(SampleRuns.whole("r" + runs.size()).lag(SampleRuns.lag(factor, 0)).build());
    }
    return runs;
  }

  private static Comparison.Row row(Comparison comparison, String phase, String metric) {
    return comparison.rows().stream()
        .filter(row -> row.metric().phase().equals(phase) && row.metric().name().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
