package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a search for capacity comes to: exit status, headline, reasons. */
class CapacityVerdictTest {
  @Test
  void anIntervalThatWasFoundIsPassedAndSaysItsLimits() {
    Verdict verdict = SampleCapacity.run("r").build().verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.ALL_EQUAL);
    assertThat(verdict.headline())
        .isEqualTo(
            "Sustains between 41,499 and 45,255 writes/s within p99 50 ms (4 and 3 trials);"
                + " mixed: 43,336.");
    assertThat(verdict.complete()).isTrue();
    assertThat(verdict.reasons()).isEmpty();
  }

  @Test
  void aLimitThatTheWordsSayAlreadyIsNotSaidTwice() {
    CapacityInterval said =
        SampleCapacity.ended(
            1L, 2L, CapacityEnding.FOUND, "Sustains 1 to 2 writes/s within p99 50 ms.");

    assertThat(verdict(said).headline()).isEqualTo("Sustains 1 to 2 writes/s within p99 50 ms.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "FOUND,            1, 2, 0",
        "TO_SUSTAINED,     1, -, 0",
        "AT_LEAST_PROVEN,  1, -, 0",
        "FROM_REFUTED,     -, 2, 3",
        "AT_LEAST_REFUTED, -, 2, 3",
        "BUDGET,           1, 2, 0",
        "BUDGET,           1, -, 4",
        "BUDGET,           -, 2, 4",
        "BUDGET,           -, -, 4",
        "GENERATOR,        1, -, 4",
        "DRIFT,            -, -, 4",
        "UNDECIDED,        1, -, 4",
        "UNFINISHED,       1, 2, 4",
      })
  void theEndingTellsTheStatus(
      CapacityEnding ending, @Nullable Long proven, @Nullable Long refuted, int status) {
    Verdict verdict = verdict(SampleCapacity.ended(proven, refuted, ending, "So it ended."));

    assertThat(verdict.status().code()).isEqualTo(status);
    assertThat(verdict.headline())
        .isEqualTo(
            switch (status) {
              case 0 -> "So it ended, within p99 50 ms.";
              case 3 -> "Limit broken: so it ended.";
              default -> "Incomplete: so it ended.";
            });
    assertThat(verdict.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3,3,0", "4,3,0", "2,3,4", "3,2,4", "1,1,4"})
  void whereTheTimeWasOverBothBoundsAreAnAnswerOnlyByAsManyTrialsAsWereAskedFor(
      int proven, int refuted, int status) {
    assertThat(verdict(SampleCapacity.budget(proven, refuted)).status().code()).isEqualTo(status);
  }

  @Test
  void ofSeveralReplicasAllCountTheForemostFirst() {
    CapacityInterval found = SampleCapacity.interval().of("h:1");
    CapacityInterval drifted =
        SampleCapacity.ended(null, null, CapacityEnding.DRIFT, "The pair changed.").of("h:2");
    CapacityInterval refused =
        SampleCapacity.ended(null, 9L, CapacityEnding.FROM_REFUTED, "Even 9 was too much.")
            .of("h:3");

    assertThat(verdict(found, drifted).status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(verdict(found, drifted).headline())
        .isEqualTo(
            "Incomplete: on h:2: the pair changed. On h:1: sustains between 41,499 and 45,255"
                + " writes/s within p99 50 ms (4 and 3 trials); mixed: 43,336.");
    assertThat(verdict(found, drifted, refused).status()).isEqualTo(ExitStatus.LIMIT_BROKEN);
    assertThat(verdict(found, drifted, refused).reasons())
        .containsExactly("on h:3: even 9 was too much", "on h:2: the pair changed");
  }

  @Test
  void aSearchThatBrokeOffSaysWhyOnce() {
    CapacityReport report =
        new CapacityReport(
            SampleCapacity.question(),
            List.of(),
            List.of(SampleCapacity.ended(1L, null, CapacityEnding.UNFINISHED, "Not done.")),
            "the replica is gone");

    Verdict verdict = SampleCapacity.run("r", report).build().verdict();

    assertThat(verdict.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(verdict.reasons()).containsExactly("the search: the replica is gone");
    assertThat(verdict.complete()).isFalse();
  }

  @Test
  void theCommandOwesTheSearch() {
    RunReport without = SampleRuns.bare("r", "capacity").finished(SampleRuns.START, 1.0).build();

    assertThat(without.verdict().status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(without.verdict().reasons()).containsExactly("the search did not run");
    assertThat(
            SampleCapacity.run("r", SampleCapacity.report(List.of(), List.of()))
                .build()
                .verdict()
                .reasons())
        .containsExactly("the search has come to no interval");
  }

  @Test
  void interruptedComesBeforeAllElse() {
    assertThat(SampleCapacity.run("r").interruptedIn("trial 7").build().verdict().headline())
        .isEqualTo("Interrupted in trial 7; what was measured until then is kept.");
  }

  /** A trial above the capacity loses sentinels: that is its result, and not the run's. */
  @Test
  void sentinelsOfATrialAreNoneOfTheRuns() {
    LagReport lag = Objects.requireNonNull(SampleCapacity.run("r").build().lag());

    assertThat(lag.accounting()).anyMatch(row -> row.censored() > 0);
    assertThat(lag.mainPhase()).isNull();
    assertThat(lag.accounting("load")).isNull();
    assertThat(lag.censored()).isZero();
    assertThat(lag.accountingByReplica()).hasSize(2);
    assertThat(lag.outsideTrials().percentiles()).noneMatch(row -> row.step() != null);
    assertThat(lag.outsideTrials().timeline()).isEmpty();
    assertThat(Headline.lag(lag)).isEmpty();
  }

  @Test
  void aLagWithoutTrialsIsTheSameOutsideThem() {
    LagReport lag = SampleRuns.lag(1, 3);

    assertThat(lag.outsideTrials()).isSameAs(lag);
  }

  private static Verdict verdict(CapacityInterval... intervals) {
    return SampleCapacity.run("r", SampleCapacity.report(List.of(intervals), List.of()))
        .build()
        .verdict();
  }
}
