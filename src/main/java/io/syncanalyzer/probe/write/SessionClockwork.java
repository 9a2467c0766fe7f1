package io.syncanalyzer.probe.write;

import io.syncanalyzer.probe.figures.StepMarks;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one clock and schedule of a session, shared by its lanes, observers and ticker.
 *
 * <p>Turns of a type are handed out in order to whichever of its lanes asks first, so that a lane
 * stuck in a write holds one sentinel, not its share of the schedule.
 */
public final class SessionClockwork {
  /** How long after its end the schedule's late sentinels may still be sent. */
  public static final long OVERTIME_NANOS = 5_000_000_000L;

  private final NanoClock clock;
  private final SentinelSchedule schedule;
  private final AtomicLong[] turns;
  private volatile boolean started;
  private final StepMarks steps = new StepMarks();
  private volatile boolean over;
  private volatile boolean cutting;
  private volatile long cutNanos;
  private volatile long originNanos;
  private volatile long originEpochMillis;

  public SessionClockwork(NanoClock clock, SentinelSchedule schedule, int types) {
    this.clock = clock;
    this.schedule = schedule;
    this.turns = new AtomicLong[types];
    for (int type = 0; type < types; type++) {
      turns[type] = new AtomicLong();
    }
  }

  public void start(long epochMillis) {
    if (started) {
      throw new IllegalStateException("the session has started already");
    }
    originNanos = clock.nanoTime();
    originEpochMillis = epochMillis;
    started = true;
  }

  /**
   * The schedule ends now, as if it had been no longer: what was due by now may still be sent. The
   * first word counts.
   */
  public synchronized void cut() {
    if (!over && !cutting) {
      // Said before the clock is read: who was let pass without it was due by that reading.
      cutting = true;
      cutNanos = now() + 1;
    }
  }

  /**
   * Whether the schedule was cut before a sentinel that is due at a time.
   *
   * <p>Where the time has come and the answer is no, the schedule will not be cut before it either:
   * what is sent upon that answer was due before the end, so that no more is sent than fell due.
   */
  boolean isCutBefore(long dueNanos) {
    return cutting && dueNanos - whenCut() >= 0;
  }

  /** Waits, once the schedule is being cut, until it is known where. */
  private synchronized long whenCut() {
    return cutNanos;
  }

  /** The steps of the load beside it. */
  public StepMarks steps() {
    return steps;
  }

  /** Where the schedule's end was or is: where it was cut, else as it was made. */
  public long scheduleEndNanos() {
    return cutNanos != 0 ? cutNanos : originNanos + schedule.endNanos();
  }

  /** No more sentinels are handed out. */
  public void end() {
    over = true;
  }

  public boolean isStarted() {
    return started;
  }

  /** Whether a lane may go on at a time. */
  boolean isOver(long now) {
    return over || (hasEnd() && now - scheduleEndNanos() > OVERTIME_NANOS);
  }

  private boolean hasEnd() {
    return cutNanos != 0 || schedule.endNanos() != Long.MAX_VALUE;
  }

  public long now() {
    return clock.nanoTime();
  }

  /** The clock, for who waits by it. */
  public NanoClock clock() {
    return clock;
  }

  public SentinelSchedule schedule() {
    return schedule;
  }

  public long originNanos() {
    return originNanos;
  }

  /** A wall-clock label for a time. */
  public long epochMillis(long nanos) {
    return originEpochMillis + (nanos - originNanos) / 1_000_000;
  }

  /** Where the measured time begins. */
  public long measuredFromNanos() {
    return originNanos + schedule.warmupNanos();
  }

  /** Whether the schedule's end lies before a time. */
  public boolean isPastSchedule(long now) {
    return over || (hasEnd() && now - scheduleEndNanos() >= 0);
  }

  /** How many measured turns of a type have fallen due by a time. */
  public long measuredDue(int type, long now) {
    long until =
        (hasEnd() && now - scheduleEndNanos() > 0 ? scheduleEndNanos() : now) - originNanos;
    return schedule.turnsBefore(type, until)
        - schedule.turnsBefore(type, Math.min(until, schedule.warmupNanos()));
  }

  /** The next turn of a type, or −1 when there is none. */
  long takeTurn(int type) {
    long turn = turns[type].get();
    // Looked at first, so that idle lanes do not count on past the end.
    if (!has(type, turn)) {
      return -1;
    }
    turn = turns[type].getAndIncrement();
    return has(type, turn) ? turn : -1;
  }

  private boolean has(int type, long turn) {
    return schedule.has(type, turn) && !isCutBefore(dueNanos(type, turn));
  }

  long dueNanos(int type, long turn) {
    return originNanos + schedule.dueNanos(type, turn);
  }

  /**
   * The first time after another at which one of every so many sentinels is due: those of one pair,
   * whose turns go round over all pairs.
   */
  public long nextDueAfter(long nanos, int pair, int pairs) {
    return originNanos + schedule.nextDueAfter(nanos - originNanos, pair, pairs);
  }
}
