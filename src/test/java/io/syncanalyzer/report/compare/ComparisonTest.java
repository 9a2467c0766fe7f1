package io.syncanalyzer.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.SampleRuns;
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
import java.util.Arrays;
import java.util.Collections;
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
  void whatLiesApartInEnoughRunsIsBetterOrWorse() {
    Comparison comparison =
        Comparison.of(
            List.of("old", "new"),
            List.of(group(1.0, 1.02, 0.98, 1.01), group(1.5, 1.45, 1.52, 1.49)));

    ComparedRow p99 = row(comparison, "lag", "p99_upper");
    assertThat(p99.change()).isEqualTo(Change.WORSE);
    assertThat(p99.beyondSpread()).isTrue();
    assertThat(p99.changePercent()).isBetween(48.0, 51.0);
    assertThat(p99.runsNeeded()).isNull();
    assertThat(row(comparison, "load", "ops_per_s").change()).isEqualTo(Change.SAME);
    assertThat(comparison.status(OptionalDouble.of(20))).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(comparison.status(OptionalDouble.of(60))).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(comparison.status(OptionalDouble.empty())).isEqualTo(ExitStatus.ALL_EQUAL);
  }

  @Test
  void threeRunsCannotTellHoweverFarTheyAreApart() {
    Comparison comparison =
        Comparison.of(
            List.of("old", "new"), List.of(group(1.0, 1.02, 0.98), group(9.5, 9.45, 9.52)));

    ComparedRow p99 = row(comparison, "lag", "p99_upper");
    assertThat(p99.change()).isEqualTo(Change.NOT_ENOUGH_RUNS);
    assertThat(p99.runsNeeded()).isEqualTo(4);
    assertThat(comparison.status(OptionalDouble.of(20))).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(comparison.screen(OptionalDouble.empty(), false))
        .contains("~ 4 runs needed", "3 runs against 3 can tell no difference, however large");
  }

  @Test
  void whatMixesCannotBeToldAndMayBeWorse() {
    Comparison comparison =
        Comparison.of(
            List.of("old", "new"), List.of(group(1.0, 2.0, 0.9, 1.1), group(1.8, 1.2, 1.9, 0.95)));

    ComparedRow p99 = row(comparison, "lag", "p99_upper");
    assertThat(p99.change()).isEqualTo(Change.UNDECIDED);
    assertThat(p99.changePercent()).isGreaterThan(40);
    assertThat(p99.runsNeeded()).isGreaterThan(4);
    assertThat(comparison.status(OptionalDouble.of(10))).isEqualTo(ExitStatus.INCOMPLETE);
    // By 200 % it is certainly not worse, told or not.
    assertThat(comparison.status(OptionalDouble.of(200))).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(comparison.screen(OptionalDouble.of(10), false))
        .contains("~ " + p99.runsNeeded() + " runs needed")
        .contains("May be worse by more than 10 %: lag p50_upper of new");
  }

  @Test
  void whatDiffersByLittleForCertainIsTheSame() {
    Comparison comparison =
        Comparison.of(
            List.of("old", "new"),
            List.of(group(1.0, 1.01, 1.02, 0.99), group(1.005, 1.015, 0.995, 1.0)));

    assertThat(row(comparison, "lag", "p99_upper").change()).isEqualTo(Change.SAME);
    assertThat(comparison.status(OptionalDouble.of(5))).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(comparison.screen(OptionalDouble.of(5), false)).contains("same within 5 %");
  }

  @Test
  void oneRunAgainstOneIsNotEnoughAndNothingIsBetterOrWorse() throws Exception {
    RunReport slow = SampleRuns.whole("a").load(SampleRuns.load(30_000)).build();
    RunReport fast = SampleRuns.whole("b").load(SampleRuns.load(45_000)).build();

    Comparison comparison = Comparison.of(List.of("a", "b"), List.of(List.of(slow), List.of(fast)));

    ComparedRow rate = row(comparison, "load", "ops_per_s");
    assertThat(rate.change()).isEqualTo(Change.NOT_ENOUGH_RUNS);
    assertThat(rate.beyondSpread()).isNull();
    assertThat(rate.changePercent()).isEqualTo(50.0);
    assertThat(comparison.rows())
        .extracting(ComparedRow::change)
        .containsOnly(Change.NOT_ENOUGH_RUNS, Change.SAME);
    assertThat(comparison.status(OptionalDouble.empty())).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(comparison.status(OptionalDouble.of(10))).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(comparison.screen(OptionalDouble.empty(), true))
        .contains("not enough runs", "\u001b[1;33mNot enough runs: 0 figures better, 0 worse,");
    comparison.write(results, OptionalDouble.empty(), CsvForm.POINT);
    assertThat(Files.readString(results.resolve("compare.html")))
        .contains("class=\"verdict warn\"", "Not enough runs · exit status 0");
  }

  /** Mismatches of some runs each; what it is, and the status with a gate of 1 %. */
  @ParameterizedTest
  @CsvSource({
    "0,       0,       SAME,            0",
    "0,       3,       WORSE,           3", // found, by whichever run
    "0 0 0 0, 0 1 0 0, WORSE,           3",
    "3,       3,       SAME,            0",
    "3,       0,       NOT_ENOUGH_RUNS, 0", // none is never worse, and no proof that it is better
    "3 3 3 3, 0 0 0 0, BETTER,          0",
    "3 0 0 0, 0 0 0 0, UNDECIDED,       0",
    "3,       4,       NOT_ENOUGH_RUNS, 4",
    "1 2 3 4, 9 8 7 6, WORSE,           3",
    "1 2 3 4, 2 1 4 5, UNDECIDED,       4",
  })
  void whatIsCountedIsAFactOfItsRun(String before, String after, Change change, int gate) {
    ComparedRow row =
        new ComparedRow(metric("verify", "mismatches"), "a", "b", counted(before), counted(after));

    assertThat(row.change()).isEqualTo(change);
    assertThat(
            new Comparison(List.of(row), List.of("a", "b"), List.of(), "")
                .status(OptionalDouble.of(1))
                .code())
        .isEqualTo(gate);
  }

  /** The banner's colour by the runs' lag in multiples, without a gate and with one of 20 %. */
  @ParameterizedTest
  @CsvSource({
    "1 1.01 1.02 1.03, 1.5 1.51 1.52 1.53,     BAD,  BAD",
    "1 1.01 1.02 1.03, 1.1 1.11 1.12 1.13,     BAD,  WARN", // worse, but less than was allowed
    "1 1.01 1.02 1.03, 0.5 0.51 0.52 0.53,     GOOD, GOOD",
    "1 1.01 1.02 1.03, 1.005 1.015 1.025 1,    GOOD, GOOD",
    "1 1.05 1.1 1.15,  1.02 1.07 1.12 1.17,    WARN, GOOD", // told within what was allowed
    "1 1.5 2 2.5,      1.2 1.7 2.2 2.7,        WARN, WARN",
    "1 1 1,            2 2 2,                  WARN, WARN",
  })
  void theBannerTellsWhatWasFound(
      String before, String after, Banner.Mood mood, Banner.Mood withGate) {
    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(group(numbers(before)), group(numbers(after))));

    assertThat(Banner.of(comparison, OptionalDouble.empty()).mood()).isEqualTo(mood);
    assertThat(Banner.of(comparison, OptionalDouble.of(20)).mood()).isEqualTo(withGate);
  }

  private static double[] numbers(String words) {
    return Arrays.stream(words.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static @Nullable Spread counted(String words) {
    return Spread.of(Arrays.stream(numbers(words)).mapToObj(Reading::of).toList());
  }

  @Test
  void mismatchesWhereThereWereNoneAreWorseByAnyPercent() {
    RunReport equal = SampleRuns.whole("a").build();
    RunReport different = SampleRuns.whole("b").verify(SampleRuns.different()).build();

    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(List.of(equal), List.of(different)));

    assertThat(comparison.status(OptionalDouble.of(1e9))).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(comparison.screen(OptionalDouble.of(1e9), false).replaceAll("\\s+", " "))
        .contains("worse, as found")
        .contains("Worse by more than 1000000000 %: verify mismatches of b");
  }

  @Test
  void aRunThatBrokeOffCannotPassAGate() {
    RunReport whole = SampleRuns.whole("a").build();
    RunReport failed = SampleRuns.bare("b", "load-and-verify").failure("no memtier").build();

    Comparison comparison =
        Comparison.of(List.of("a", "b"), List.of(List.of(whole), List.of(failed)));

    assertThat(comparison.status(OptionalDouble.of(10))).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(comparison.screen(OptionalDouble.of(10), false)).contains("Not complete: b.");
  }

  /**
   * The p99 of runs, in ms, what a run is at least before {@code +} where it was open; a gate's
   * exit status.
   */
  @ParameterizedTest
  @CsvSource({
    // before, after, change, allowed percent, gate
    // The median is worse by 8 %, other runs may be by 40 %.
    "100 100 100 100, 101 103 113 140,          WORSE, 5,   3",
    "100 100 100 100, 101 103 113 140,          WORSE, 10,  4",
    "100 100 100 100, 101 103 113 140,          WORSE, 40,  0",
    // The same within 5 %, of which 2 % were allowed.
    "100 100 101 101, 100 101 104 104.9,        SAME,  2,   4",
    "100 100 101 101, 100 101 104 104.9,        SAME,  5,   0",
    "100 100 101 101, 100 100 101 101,          SAME,  0,   4", // so few cannot tell 1 %
    "100 100 100 100, 100 100 100 100,          SAME,  0,   0",
    // One of the reference is open: by 7 %, and nobody knows from what.
    "100 101 102 103 104 105 106 100+, 107 108 109 110 111 112 113 114, WORSE, 3,  3",
    "100 101 102 103 104 105 106 100+, 107 108 109 110 111 112 113 114, WORSE, 10, 4",
    "100 101 102 103 104 105 106 100+, 107 108 109 110 111 112 113 114, WORSE, 50, 0",
    // Of which the median may be 90 as well as 110.
    "40 60 80 100 120 140 160 10+, 170 171 172 173 174 175 176 177, WORSE, 50,  3",
    "40 60 80 100 120 140 160 10+, 170 171 172 173 174 175 176 177, WORSE, 130, 4",
    // Seven are open, and the one that is not is less: the median is at least 50 % worse.
    "98 99 100 100 100 100 101 102, 90 150+ 150+ 150+ 150+ 150+ 150+ 150+, WORSE, 5,  3",
    "98 99 100 100 100 100 101 102, 90 150+ 150+ 150+ 150+ 150+ 150+ 150+, WORSE, 10, 3",
    "98 99 100 100 100 100 101 102, 90 150+ 150+ 150+ 150+ 150+ 150+ 150+, WORSE, 60, 4",
  })
  void aGateIsPassedOnlyWhereItIsCertainlyNotWorseByMoreThanAllowed(
      String before, String after, Change change, double allowed, int gate) {
    ComparedRow row =
        new ComparedRow(metric("lag", "p99_upper"), "a", "b", lags(before), lags(after));
    Comparison comparison = new Comparison(List.of(row), List.of("a", "b"), List.of(), "");

    assertThat(row.change()).isEqualTo(change);
    assertThat(comparison.status(OptionalDouble.of(allowed)).code()).isEqualTo(gate);
    Banner banner = Banner.of(comparison, OptionalDouble.of(allowed));
    assertThat(banner.reasons().stream().anyMatch(one -> one.startsWith("No gate is worse")))
        .isEqualTo(gate == 0);
    assertThat(banner.reasons().stream().anyMatch(one -> one.startsWith("May be worse")))
        .isEqualTo(gate == 4);
    assertThat(banner.mood() == Banner.Mood.GOOD).isEqualTo(gate == 0 && change == Change.SAME);
    // Where nothing is asked for, the same is good.
    assertThat(Banner.of(comparison, OptionalDouble.empty()).mood())
        .isEqualTo(change == Change.SAME ? Banner.Mood.GOOD : Banner.Mood.BAD);
  }

  private static @Nullable Spread lags(String words) {
    return Spread.of(
        Arrays.stream(words.split(" ", -1))
            .map(
                word ->
                    word.endsWith("+")
                        ? new Reading(
                            Double.parseDouble(word.substring(0, word.length() - 1)),
                            Double.POSITIVE_INFINITY)
                        : Reading.of(Double.parseDouble(word)))
            .toList());
  }

  /**
   * The largest lag of four runs each, all alike, bounds in ms; {@code -} is an open end. A gate of
   * 10 % is 3 where it is certainly worse by more, 4 where nobody can tell.
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
    ComparedRow row =
        new ComparedRow(
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
    String screen = comparison.screen(OptionalDouble.of(10), false);
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
        Comparison.of(
            List.of("a", "b"),
            List.of(Collections.nCopies(4, whole), Collections.nCopies(4, stopped)));

    for (String metric : List.of("max_upper", "max_lower", "max_intended")) {
      assertThat(row(comparison, "lag", metric).change()).as(metric).isEqualTo(Change.WORSE);
    }
    assertThat(Comparison.TABLE.cells(row(comparison, "lag", "max_upper"), CsvForm.POINT))
        .containsSubsequence("900", "900", "900", "4", "", "", "", "");
  }

  private static @Nullable Spread interval(String lower, String upper) {
    return Spread.of(
        Collections.nCopies(
            4,
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
    assertThat(comparison.screen(OptionalDouble.of(5), false).lines())
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

  private static ComparedRow row(Comparison comparison, String phase, String metric) {
    return comparison.rows().stream()
        .filter(row -> row.metric().phase().equals(phase) && row.metric().name().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
