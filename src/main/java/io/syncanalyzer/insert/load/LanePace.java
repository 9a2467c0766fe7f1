package io.syncanalyzer.insert.load;

import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * When a lane may send how much: what its step's schedule has due by now and it has not sent. For
 * one thread, except {@link #wake}.
 */
final class LanePace {
  /** A wait ends after that time at the latest, so that whoever ends the lane is heard. */
  private static final long LONGEST_WAIT_NANOS = 50_000_000L;

  private final int lane;
  private final LoadRecorder.Lane recorder;
  private final NanoClock clock;
  private volatile @Nullable Thread waiting;
  private @Nullable LoadStep step;

  LanePace(int lane, LoadRecorder.Lane recorder, NanoClock clock) {
    this.lane = lane;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Waits until something is due, or for a moment: {@link #due} then tells. */
  void awaitDue() {
    waiting = Thread.currentThread();
    long deadline = clock.nanoTime() + LONGEST_WAIT_NANOS;
    long now = clock.nanoTime();
    while (due(now) == 0 && now - deadline < 0) {
      clock.park(Math.min(deadline - now, untilDue(now)));
      now = clock.nanoTime();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }

  /** There is another pace: it waits no longer for the old one. */
  void wake() {
    Thread lanes = waiting;
    if (lanes != null) {
      LockSupport.unpark(lanes);
    }
  }

  /** How much is due and not sent. */
  long due() {
    return due(clock.nanoTime());
  }

  private long due(long now) {
    LoadStep at = recorder.step();
    step = at;
    PacedSchedule schedule = at.schedule();
    // What is left of a step that is over nobody sends any more.
    return schedule == null || at.isOver()
        ? 0
        : Math.max(0, schedule.due(lane, at.nanos(now)) - recorder.sent());
  }

  private long untilDue(long now) {
    LoadStep at = step;
    PacedSchedule schedule = at == null ? null : at.schedule();
    return at == null || schedule == null || at.isOver()
        ? LONGEST_WAIT_NANOS
        : at.began() + schedule.dueNanos(lane, recorder.sent()) - now;
  }

  /**
   * When a command was due; of the step that {@link #due} looked at.
   *
   * @param next 0 = the next that is to be sent
   */
  long intended(int next) {
    LoadStep at = step;
    PacedSchedule schedule = at == null ? null : at.schedule();
    return at == null || schedule == null
        ? clock.nanoTime()
        : at.began() + schedule.dueNanos(lane, recorder.sent() + next);
  }

  /**
   * So many of what was due are sent.
   *
   * @param at when
   */
  void sent(int more, long at) {
    recorder.sent(more, at - intended(0));
  }
}
