package io.syncanalyzer.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.SamplePartitions;
import io.syncanalyzer.report.page.ExecutorLanes.Bar;
import io.syncanalyzer.result.verify.VerifyPartition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which partitions lie beneath each other, and how busy an executor was. */
class ExecutorLanesTest {
  private static VerifyPartition partition(int number, double start, double seconds) {
    return SamplePartitions.of(number, "e", start, seconds);
  }

  private static ExecutorLanes of(VerifyPartition... partitions) {
    return new ExecutorLanes(
        "e", Stream.of(partitions).flatMap(Bar::of).sorted(Bar.BY_TIME).toList());
  }

  @Test
  void oneAfterTheOtherTakesOneLaneAlsoWhereOneBeginsAsTheOtherEnds() {
    ExecutorLanes lanes = of(partition(1, 0, 2), partition(2, 2, 3), partition(3, 6, 1));
    assertThat(lanes.width()).isEqualTo(1);
    assertThat(lanes.lanes()).containsExactly(0, 0, 0);
  }

  @Test
  void whatSeemsToOverlapByLessThanAnEndIsHeardLateRanOneAfterTheOther() {
    ExecutorLanes lanes =
        of(
            partition(1, 0, 2),
            partition(2, 1.95, 2),
            partition(3, 3.8, 2),
            partition(4, 3.94, 0.05));
    assertThat(lanes.lanes()).containsExactly(0, 0, 1, 2);
  }

  @Test
  void whatRanAtOnceLiesBeneathEachOtherAndAFreeLaneIsTakenAgain() {
    ExecutorLanes lanes =
        of(partition(1, 0, 5), partition(2, 1, 1), partition(3, 1.5, 9), partition(4, 2.5, 1));
    assertThat(lanes.lanes()).containsExactly(0, 1, 2, 1);
    assertThat(lanes.width()).isEqualTo(3);
  }

  @Test
  void timeInWhichSeveralRanIsBusyOnceAndTimeInWhichNoneRanIsNot() {
    ExecutorLanes lanes =
        of(partition(1, 1, 4), partition(2, 2, 1), partition(3, 4, 2), partition(4, 10, 1));
    assertThat(lanes.busyNanos()).isEqualTo(6_000_000_000L);
    assertThat(lanes.sumNanos()).isEqualTo(8_000_000_000L);
    assertThat(lanes.endNanos()).isEqualTo(11_000_000_000L);
  }

  @Test
  void theFirstOfTheLongestIsTheLongest() {
    ExecutorLanes lanes = of(partition(1, 0, 1), partition(2, 1, 3), partition(3, 2, 3));
    assertThat(lanes.longest().partition().partition()).isEqualTo(2);
  }

  @Test
  void aStartThatAnotherClockPutBeforeTheBeginIsTheBegin() {
    assertThat(Bar.of(partition(1, -0.5, 2)))
        .singleElement()
        .satisfies(
            bar -> {
              assertThat(bar.from()).isZero();
              assertThat(bar.nanos()).isEqualTo(2_000_000_000L);
            });
    assertThat(Bar.of(SamplePartitions.of(1, "e", null, 2))).isEmpty();
  }

  @Test
  void anExecutorThatComparedNothingIsNone() {
    assertThatThrownBy(() -> new ExecutorLanes("e", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("e compared nothing");
  }
}
