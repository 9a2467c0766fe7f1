package io.syncanalyzer.report.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.files.JUnitXml.Outcome;
import io.syncanalyzer.report.files.JUnitXml.TestCase;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.figure.Figure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A search for capacity in summary.csv, runs.csv and JUnit's XML. */
class CapacityFiguresTest {
  @Test
  void ofOneReplicaTheFiguresAreItsOwn() {
    assertThat(figures(SampleCapacity.run("r").build()))
        .containsExactly(
            new Figure("capacity", "proven", "41499", "1/s"),
            new Figure("capacity", "refuted", "45255", "1/s"),
            new Figure("capacity", "proven_trials", "4", "trials"),
            new Figure("capacity", "refuted_trials", "3", "trials"),
            new Figure("capacity", "mixed_rates", "1", "rates"),
            new Figure("capacity", "ending", "found", ""),
            new Figure("capacity", "trials", "16", "trials"),
            new Figure("capacity", "undecided", "1", "trials"),
            new Figure("capacity", "invalid", "1", "trials"));
  }

  @Test
  void ofSeveralTheWorstHasNoNameBeforeIt() {
    assertThat(figures(SampleCapacity.ofTwo("r").build()))
        .contains(
            new Figure("capacity", "proven", "32000", "1/s"),
            new Figure("capacity", "refuted", "38055", "1/s"),
            new Figure("capacity", "trials", "16", "trials"),
            new Figure("capacity", "10.0.0.2:6379_proven", "41499", "1/s"),
            new Figure("capacity", "10.0.0.3:6379_refuted", "38055", "1/s"),
            new Figure("capacity", "10.0.0.3:6379_trials", "16", "trials"));
  }

  @Test
  void aBoundThatThereIsNotHasNoValue() {
    RunReport run = ended(1_000L, null, CapacityEnding.TO_SUSTAINED);

    assertThat(figures(run))
        .contains(
            new Figure("capacity", "proven", "1000", "1/s"),
            new Figure("capacity", "refuted", "", "1/s"),
            new Figure("capacity", "refuted_trials", "0", "trials"),
            new Figure("capacity", "ending", "to_sustained", ""));
    assertThat(RunsTable.row(run))
        .containsEntry("capacity_proven_per_s", "1000")
        .containsEntry("capacity_refuted_per_s", "")
        .containsEntry("capacity_ending", "to_sustained")
        .containsEntry("lag_p99_upper_us", "");
  }

  @Test
  void theTrialsLagIsNoFigureOfTheRun() {
    assertThat(Figures.of(SampleCapacity.run("r").build()))
        .noneMatch(figure -> figure.metric().startsWith("load_"))
        .anyMatch(figure -> figure.metric().equals("baseline_p99_upper"));
  }

  @Test
  void theQuestionIsATestCaseOfEachReplica() {
    assertThat(cases(SampleCapacity.ofTwo("r").build()))
        .containsExactly(
            new TestCase(
                "capacity",
                "10.0.0.2:6379 sustains 2,000 writes/s or more within p99 50 ms",
                Outcome.PASSED,
                "Sustains between 41,499 and 45,255 writes/s (4 and 3 trials); mixed: 43,336."),
            new TestCase(
                "capacity",
                "10.0.0.3:6379 sustains 2,000 writes/s or more within p99 50 ms",
                Outcome.PASSED,
                "Sustains between 32,000 and 38,055 writes/s (3 trials each)."));
    assertThat(cases(ended(null, 9L, CapacityEnding.FROM_REFUTED)))
        .extracting(TestCase::outcome)
        .containsExactly(Outcome.FAILED);
    assertThat(cases(ended(null, null, CapacityEnding.DRIFT)))
        .extracting(TestCase::outcome)
        .containsExactly(Outcome.SKIPPED);
    assertThat(cases(budget(2, 3))).extracting(TestCase::outcome).containsExactly(Outcome.SKIPPED);
    assertThat(cases(budget(3, 3))).extracting(TestCase::outcome).containsExactly(Outcome.PASSED);
    assertThat(cases(SampleCapacity.run("r", SampleCapacity.report(List.of(), List.of())).build()))
        .extracting(TestCase::outcome)
        .containsExactly(Outcome.SKIPPED);
  }

  /** A trial above the capacity loses some, which is its result. */
  @Test
  void whatATrialLostFailsNoTestCase() {
    assertThat(JUnitCases.of(SampleCapacity.run("r").build()))
        .noneMatch(test -> test.outcome() == Outcome.FAILED)
        .noneMatch(test -> test.name().contains("load sentinel"));
  }

  private static List<Figure> figures(RunReport run) {
    return Figures.of(run).stream().filter(figure -> figure.phase().equals("capacity")).toList();
  }

  private static List<TestCase> cases(RunReport run) {
    return JUnitCases.of(run).stream().filter(test -> test.group().equals("capacity")).toList();
  }

  private static RunReport budget(int proven, int refuted) {
    return SampleCapacity.run(
            "r", SampleCapacity.report(List.of(SampleCapacity.budget(proven, refuted)), List.of()))
        .build();
  }

  private static RunReport ended(
      @Nullable Long proven, @Nullable Long refuted, CapacityEnding ending) {
    return SampleCapacity.run(
            "r",
            SampleCapacity.report(
                List.of(SampleCapacity.ended(proven, refuted, ending, "So it ended.")), List.of()))
        .build();
  }
}
