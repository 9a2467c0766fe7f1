package io.syncanalyzer.probe.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
    assertThat(clockwork.scheduleEndNanos()).isEqualTo(ScriptedClock.nanos(10.5) + 1);
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 10))).isFalse();
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 11))).isTrue();
    assertThat(clockwork.isPastSchedule(ScriptedClock.nanos(10.5))).isFalse();
    assertThat(clockwork.isPastSchedule(ScriptedClock.nanos(10.5) + 1)).isTrue();
  }

  /** One that asked a moment before may be on its way: it counts as scheduled. */
  @Test
  void whatIsDueAtTheVeryMomentOfTheCutBelongsToTheSchedule() {
    SessionClockwork clockwork = started(Optional.empty());
    clock.at(10);
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 10))).isFalse();
    clockwork.cut();

    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 10))).isFalse();
    assertThat(clockwork.isCutBefore(clockwork.dueNanos(0, 11))).isTrue();
    assertThat(
            clockwork
                .schedule()
                .turnsBefore(0, clockwork.scheduleEndNanos() - clockwork.originNanos()))
        .isEqualTo(11);
  }

  /**
   * Who cuts it has read the clock and is held up before anybody knows; meanwhile another one is
   * due, and its lane asks. It must not leave: it is due after the end, and nothing would count it.
   */
  @Test
  void aLaneThatAsksWhileTheScheduleIsBeingCutIsToldTheEnd() throws Exception {
    SessionClockwork[] cut = new SessionClockwork[1];
    List<Boolean> answers = new CopyOnWriteArrayList<>();
    Thread lane = new Thread(() -> answers.add(cut[0].isCutBefore(cut[0].dueNanos(0, 11))), "lane");
    boolean[] cutting = {false};
    SessionClockwork clockwork =
        new SessionClockwork(
            () -> {
              long now = clock.nanoTime();
              if (cutting[0]) {
                clock.at(12);
                lane.start();
                awaitAnsweredOrBlocked(lane);
              }
              return now;
            },
            schedule(Optional.empty()),
            1);
    cut[0] = clockwork;
    clock.at(0);
    clockwork.start(0);
    clock.at(10.5);
    cutting[0] = true;
    clockwork.cut();
    cutting[0] = false;
    lane.join();

    assertThat(answers).containsExactly(true);
  }

  private static void awaitAnsweredOrBlocked(Thread thread) {
    while (thread.getState() == Thread.State.NEW || thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
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
