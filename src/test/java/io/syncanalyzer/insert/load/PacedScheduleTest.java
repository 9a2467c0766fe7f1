package io.syncanalyzer.insert.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an open loop is due when, case by case. */
class PacedScheduleTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    // rate, lanes, most at once, burst
    "1, 4, 16, 1",
    "200, 4, 16, 1",
    "5000, 4, 16, 1",
    "8000, 4, 16, 2",
    "100000, 4, 16, 16",
    "100000, 4, 100, 25",
    "1000000, 4, 16, 16",
    "1000000, 4, 1000, 250",
    "1000000, 1, 10000, 1000",
  })
  void aBurstIsAboutAMillisecondsWorthAndFitsThePipeline(
      long rate, int lanes, int most, int burst) {
    assertThat(new PacedSchedule(rate, lanes, most).burst()).isEqualTo(burst);
  }

  @ParameterizedTest
  @CsvSource({
    // rate, lanes, lane, command, due
    "1, 4, 0, 0, 0",
    "1, 4, 1, 0, 1000000000",
    "1, 4, 3, 0, 3000000000",
    "1, 4, 0, 1, 4000000000",
    "200, 4, 0, 0, 0",
    "200, 4, 1, 0, 5000000",
    "200, 4, 0, 1, 20000000",
    "200, 4, 3, 249, 4995000000",
    // Bursts of 16: of lane 1 they come a quarter of a turn after those of lane 0.
    "1000000, 4, 0, 15, 0",
    "1000000, 4, 1, 0, 16000",
    "1000000, 4, 0, 16, 64000",
    // A day of the highest rate there is, exact to the nanosecond.
    "1000000000, 1, 0, 86400000000000, 86400000000000",
    // A third of a second is rounded down, and does not add up.
    "3, 1, 0, 1, 333333333",
    "3, 1, 0, 3, 1000000000",
    "3, 1, 0, 3000001, 1000000333333333",
  })
  void eachCommandHasItsMoment(long rate, int lanes, int lane, long command, long due) {
    int most = rate == 1_000_000_000L ? 1 : 16;
    assertThat(new PacedSchedule(rate, lanes, most).dueNanos(lane, command)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    // rate, lanes, lane, at, due
    "200, 4, 0, -1, 0",
    "200, 4, 0, 0, 1",
    "200, 4, 1, 0, 0",
    "200, 4, 0, 19999999, 1",
    "200, 4, 0, 20000000, 2",
    "200, 4, 3, 4994999999, 249",
    "200, 4, 3, 4999999999, 250",
    "1, 4, 0, 3999999999, 1",
    "1, 4, 3, 2999999999, 0",
    "1, 4, 3, 3000000000, 1",
    "1000000, 4, 0, 63999, 16",
    "1000000, 4, 0, 64000, 32",
    // A second in which nobody could send: 250,000 of a lane wait, a burst more begins.
    "1000000, 4, 0, 1000000000, 250016",
  })
  void whatIsDueByATimeIsAllThatWasToBeSent(long rate, int lanes, int lane, long at, long due) {
    assertThat(new PacedSchedule(rate, lanes, 16).due(lane, at)).isEqualTo(due);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 4, 16",
    "7, 3, 16",
    "200, 4, 16",
    "5000, 4, 16",
    "9999, 7, 16",
    "123457, 5, 100",
    "1000000, 4, 16",
    "1000000, 256, 1",
    "999999937, 13, 10000",
    "1000000000, 1, 10000",
  })
  void allLanesTogetherKeepTheRateToWithinABurstOfEach(long rate, int lanes, int most) {
    PacedSchedule schedule = new PacedSchedule(rate, lanes, most);
    for (long seconds : new long[] {1, 2, 10, 86_400, 30 * 86_400}) {
      long due = schedule.due(seconds * SECOND - 1);
      assertThat(due).isBetween(rate * seconds, rate * seconds + schedule.burst());
    }
  }

  @ParameterizedTest
  @CsvSource({"7, 3, 16", "5000, 4, 16", "123457, 5, 100", "1000000, 4, 250"})
  void aCommandIsDueAtItsMomentAndNotBefore(long rate, int lanes, int most) {
    PacedSchedule schedule = new PacedSchedule(rate, lanes, most);
    IntStream.range(0, lanes)
        .forEach(
            lane ->
                LongStream.of(0, 1, 2, 99, 12_345, 1_000_003)
                    .forEach(
                        command -> {
                          long moment = schedule.dueNanos(lane, command);
                          assertThat(schedule.due(lane, moment)).isGreaterThan(command);
                          assertThat(schedule.due(lane, moment - 1)).isLessThanOrEqualTo(command);
                        }));
  }

  @Test
  void theBurstsOfTheLanesLieEvenlyBetweenEachOther() {
    PacedSchedule schedule = new PacedSchedule(100_000, 5, 20);
    assertThat(
            LongStream.range(0, 3)
                .flatMap(
                    burst ->
                        IntStream.range(0, 5)
                            .mapToLong(lane -> schedule.dueNanos(lane, burst * schedule.burst())))
                .toArray())
        .containsExactly(LongStream.range(0, 15).map(n -> n * 200_000).toArray());
  }

  @Test
  void whatIsNoRateIsRefused() {
    assertThatThrownBy(() -> new PacedSchedule(0, 4, 16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PacedSchedule(1_000_000_001L, 4, 16))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PacedSchedule(1, 0, 16))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
