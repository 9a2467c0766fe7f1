package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import java.util.List;
import java.util.Objects;
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

    List<LagPercentile> rows = lags.rows(new Percentiles.Of("load", "h:1", null));
    assertThat(rows).extracting(LagPercentile::step).containsOnly(1, 2).isSorted();
    assertThat(rows).allMatch(row -> row.samples() == Objects.requireNonNull(row.step()));
    assertThat(rows).allMatch(row -> row.phase().equals("load") && "h:1".equals(row.replica()));
    // Two digits, rounded outward.
    LagPercentile first = max(rows, 1);
    assertThat(known(first.upper())).isBetween(1_000L, 1_010L);
    assertThat(known(first.lower())).isBetween(495L, 500L);
    assertThat(known(first.intended())).isBetween(1_100L, 1_111L);
    LagPercentile second = max(rows, 2);
    assertThat(second.upper()).isInstanceOf(LagValue.Open.class);
    assertThat(second.intended()).isInstanceOf(LagValue.Open.class);
    assertThat(known(second.lower())).isBetween(69_300L, 70_000L);
  }

  private static LagPercentile max(List<LagPercentile> rows, int step) {
    return rows.stream()
        .filter(row -> row.percentile().equals("max") && Objects.equals(row.step(), step))
        .findFirst()
        .orElseThrow();
  }

  private static long known(LagValue value) {
    return ((LagValue.Known) value).nanos();
  }
}
