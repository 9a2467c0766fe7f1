package io.syncanalyzer.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.CsvFiles;
import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two searches for capacity side by side. */
class CapacitiesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // Before: proven, refuted; after; what it is; status with --fail-if-worse 10; words.
        "100, 110, 100, 110, OVERLAP, 0, 'the intervals overlap: no difference can be told'",
        "100, 110, 109, 120, OVERLAP, 0, 'the intervals overlap: no difference can be told'",
        "100, 110, 110, 120, BETTER,  0, 'higher, if by little'",
        "100, 110, 121, 130, BETTER,  0, 'higher by 10.0 % at least'",
        "100, 110, 80,  100, WORSE,   0, 'lower, if by little'",
        "100, 110, 80,  90,  WORSE,   0, 'lower by 10.0 % at least'",
        "100, 110, 80,  89,  WORSE,   3, 'lower by 11.0 % at least'",
        "100, 110, -,   50,  WORSE,   3, 'lower by 50.0 % at least'",
        "100, 110, 120, -,   BETTER,  0, 'higher by 9.1 % at least'",
        "100, 110, 90,  -,   OVERLAP, 4, 'the intervals overlap: no difference can be told'",
        "100, -,   90,  -,   OVERLAP, 4, 'the intervals overlap: no difference can be told'",
        "100, 110, -,   -,   UNKNOWN, 4, 'unknown of b'",
        "-,   -,   100, 110, UNKNOWN, 4, 'unknown of a'",
      })
  void onlyIntervalsWithoutARateInCommonDiffer(
      @Nullable Long proven,
      @Nullable Long refuted,
      @Nullable Long provenAfter,
      @Nullable Long refutedAfter,
      Change change,
      int status,
      String words) {
    Comparison comparison = compare(run(proven, refuted), run(provenAfter, refutedAfter));
    ComparedRow row = row(comparison);

    assertThat(row.change()).isEqualTo(change);
    assertThat(Capacities.verdict(row)).isEqualTo(words);
    assertThat(comparison.status(OptionalDouble.of(10)).code()).isEqualTo(status);
    assertThat(comparison.status(OptionalDouble.empty()).code()).isZero();
    assertThat(comparison.screen(OptionalDouble.empty(), false)).contains(words.substring(0, 8));
  }

  @Test
  void repeatedRunsAreTheIntervalThatHoldsAllOfTheirs() {
    Comparison comparison =
        Comparison.of(
            List.of("a", "b"),
            List.of(List.of(run(100L, 110L), run(104L, 115L)), List.of(run(112L, 120L))));

    assertThat(row(comparison).change()).isEqualTo(Change.OVERLAP);
    assertThat(Capacities.sentence(row(comparison)))
        .isEqualTo(
            "Sustained by b: 112 .. 120 writes/s, by a: 100 .. 115; the intervals overlap: no"
                + " difference can be told.");
  }

  @Test
  void screenPageAndFileSayTheIntervalsAndNoMedian() throws Exception {
    Comparison comparison = compare(run(41_499L, 45_255L), run(30_000L, 32_000L));

    comparison.write(folder, OptionalDouble.of(10), CsvForm.POINT);

    String says =
        "Sustained by b: 30,000 .. 32,000 writes/s, by a: 41,499 .. 45,255; lower by 22.9 % at"
            + " least.";
    String screen = comparison.screen(OptionalDouble.of(10), false);
    assertThat(screen.replaceAll("\\s+", " ")).contains(says).contains("exit status 3");
    assertThat(screen.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(Files.readString(folder.resolve("compare.html")))
        .contains(says, ">41,499 .. 45,255</td>", "lower by 22.9 % at least</td>");
    assertThat(CsvFiles.read(folder.resolve("compare.csv")))
        .contains(
            List.of(
                "capacity",
                "sustained",
                "1/s",
                "more",
                "a",
                "b",
                "1",
                "",
                "41499",
                "45255",
                "1",
                "",
                "30000",
                "32000",
                "-22.889708",
                "",
                "WORSE",
                "true",
                "apart",
                "",
                "",
                "",
                "",
                ""));
  }

  @Test
  void searchesThatWereNotAskedTheSameSaySo() {
    Question other =
        new Question(1, null, null, 0.1, 3, 1, 10_000_000L, null, 0, 1, null, 1, "jmh", 1);
    RunReport stricter =
        SampleCapacity.run(
                "b", new CapacityReport(other, List.of(), List.of(SampleCapacity.interval()), null))
            .build();

    assertThat(compare(run(1L, 2L), stricter).screen(OptionalDouble.empty(), false))
        .contains("Not asked the same: a within p99 50 ms, b within p99 10 ms.");
  }

  @Test
  void anotherKindOfRunIsRefusedInOneLine() {
    RunReport other = SampleRuns.whole("b").build();

    assertThatThrownBy(() -> compare(run(1L, 2L), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a is a search for capacity and b is not; compare it with another `capacity`");
    assertThatThrownBy(() -> compare(other, run(1L, 2L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("b is a search for capacity and a is not; compare it with another `capacity`");
  }

  @Test
  void theTrialsLagIsNotCompared() {
    assertThat(compare(SampleCapacity.run("a").build(), SampleCapacity.run("b").build()).rows())
        .extracting(row -> row.metric().phase() + " " + row.metric().name())
        .containsExactly(
            "lag baseline_p99_upper", "lag floor_p99_upper", "lag censored", "capacity sustained");
  }

  @ParameterizedTest
  @CsvSource({
    // How often 1,000 and 2,000 were tried, of three; what is known.
    "3, 3, '1,000 .. 2,000'",
    "3, 1, '>= 1,000'",
    "2, 3, '< 2,000'",
  })
  void aBoundByFewerTrialsThanWereAskedForCountsAsNone(int proven, int refuted, String known) {
    RunReport few =
        SampleCapacity.run(
                "r",
                SampleCapacity.report(List.of(SampleCapacity.budget(proven, refuted)), List.of()))
            .build();
    ComparedRow row = row(compare(run(100L, 110L), few));

    assertThat(row.after()).isNotNull().extracting(Capacities::words).isEqualTo(known);
  }

  private static Comparison compare(RunReport before, RunReport after) {
    return Comparison.of(List.of("a", "b"), List.of(List.of(before), List.of(after)));
  }

  private static ComparedRow row(Comparison comparison) {
    return comparison.rows().stream()
        .filter(row -> row.metric().isCapacity())
        .findFirst()
        .orElseThrow();
  }

  private static RunReport run(@Nullable Long proven, @Nullable Long refuted) {
    CapacityEnding ending =
        proven == null && refuted == null ? CapacityEnding.DRIFT : CapacityEnding.FOUND;
    return SampleCapacity.run(
            "r",
            SampleCapacity.report(
                List.of(SampleCapacity.ended(proven, refuted, ending, "So.")), List.of()))
        .build();
  }
}
