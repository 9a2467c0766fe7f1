package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a schedule's end comes, on a scripted clock. */
class SessionClockworkTest {
  private final ScriptedClock clock = new ScriptedClock();

  @Test
  void whatWasDueBeforeTheScheduleWasCutMayStillBeSentAndNothingElse() {
    SessionClockwork clockwork = started(Optional.empty());
    clock.at(10.5);
    assertThat(clockwork.takeTurn(0)).isZero();
    clockwork.cut();
    clock.at(11);
    clockwork.cut(); // Too late to be another end.

    for (long turn = 1; turn <= 10; turn++) {
      assertThat(clockwork.takeTurn(0)).isEqualTo(turn);
    }
    assertThat(clockwork.takeTurn(0)).isEqualTo(-1);
    assertThat(clockwork.scheduleEndNanos()).isEqualTo(ScriptedClock.nanos(10.5));
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 10))).isFalse();
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 11))).isTrue();
    assertThat(clockwork.isPastSchedule(ScriptedClock.nanos(10.4))).isFalse();
    assertThat(clockwork.isPastSchedule(ScriptedClock.nanos(10.5))).isTrue();
  }

  @Test
  void lateSentinelsHaveFiveSecondsHoweverTheScheduleEnds() {
    SessionClockwork cut = started(Optional.empty());
    clock.at(1000);
    cut.cut();
    SessionClockwork whole =
        new SessionClockwork(clock, schedule(Optional.of(Duration.ofSeconds(1))), 1);
    clock.at(0);
    whole.start(0);

    for (SessionClockwork clockwork : new SessionClockwork[] {cut, whole}) {
      assertThat(clockwork.isOver(ScriptedClock.nanos(999))).isFalse();
      assertThat(clockwork.isOver(ScriptedClock.nanos(5999))).isFalse();
      assertThat(clockwork.isOver(ScriptedClock.nanos(6001))).isTrue();
    }
    cut.end();
    assertThat(cut.isOver(ScriptedClock.nanos(1001))).isTrue();
  }

  @Test
  void aScheduleWithoutAnEndIsNeverOver() {
    SessionClockwork clockwork = started(Optional.empty());

    assertThat(clockwork.isOver(ScriptedClock.nanos(1e9))).isFalse();
    assertThat(clockwork.isPastSchedule(ScriptedClock.nanos(1e9))).isFalse();
  }

  private SessionClockwork started(Optional<Duration> duration) {
    SessionClockwork clockwork = new SessionClockwork(clock, schedule(duration), 1);
    clock.at(0);
    clockwork.start(0);
    return clockwork;
  }

  private static SentinelSchedule schedule(Optional<Duration> duration) {
    return new SentinelSchedule(1000, 1, Duration.ZERO, duration);
  }
}
