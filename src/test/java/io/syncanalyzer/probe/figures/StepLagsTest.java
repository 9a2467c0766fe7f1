package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepLagsTest {
  @Test
  void aTimeBelongsToTheStepThatHadBegunAndNotEnded() {
    StepMarks marks = new StepMarks();
    marks.mark(100, 1);
    marks.mark(200, StepMarks.NONE);
    marks.mark(250, 2);

    assertThat(new long[] {99, 100, 199, 200, 249, 250, 10_000})
        .satisfies(
            times -> {
              int[] steps = {0, 1, 1, 0, 0, 2, 2};
              for (int i = 0; i < times.length; i++) {
                assertThat(marks.at(times[i])).as("at %d", times[i]).isEqualTo(steps[i]);
              }
            });
    assertThat(new StepMarks().at(5)).isEqualTo(StepMarks.NONE);
  }

  @Test
  void eachStepHasItsOwnPercentilesAndThoseNeverSeenAreAmongThem() {
    StepLags lags = new StepLags();
    lags.record(1, 1_000, 500, 1_100);
    lags.record(2, 9_000, 4_000, 9_100);
    lags.recordUnseen(2, 70_000);
    lags.record(StepMarks.NONE, 99_000, 1, 99_000);
    lags.record(StepLags.MOST + 1, 99_000, 1, 99_000);

    assertThat(lags.rows()).extracting(LagStep::step).containsExactly(1, 2);
    assertThat(lags.rows().get(0).rows()).allMatch(row -> row.samples() == 1);
    assertThat(lags.rows().get(1).rows()).allMatch(row -> row.samples() == 2);
    // Two digits, rounded outward.
    LagRow first = max(lags.rows().get(0));
    assertThat(known(first.upper())).isBetween(1_000L, 1_010L);
    assertThat(known(first.lower())).isBetween(495L, 500L);
    assertThat(known(first.intended())).isBetween(1_100L, 1_111L);
    LagRow second = max(lags.rows().get(1));
    assertThat(second.upper()).isInstanceOf(LagValue.Open.class);
    assertThat(second.intended()).isInstanceOf(LagValue.Open.class);
    assertThat(known(second.lower())).isBetween(69_300L, 70_000L);
  }

  private static LagRow max(LagStep step) {
    return step.rows().stream()
        .filter(row -> row.percentile().equals("max"))
        .findFirst()
        .orElseThrow();
  }

  private static long known(LagValue value) {
    return ((LagValue.Known) value).nanos();
  }
}
