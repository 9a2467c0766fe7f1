package io.syncanalyzer.redis.wire;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.NetworkWait;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What was asked and answered on one connection, and when something last went over it: tells
 * whether it is at rest, so that it may be made anew, and for how long its peer has been silent.
 *
 * <p>Kept by the connection's own thread; {@link #waitedNanos} is for any.
 */
final class Exchange {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final NanoClock clock;
  private final AtomicLong waitingSince = new AtomicLong(NOT_WAITING);
  private Runnable beforeItLeaves = () -> {};
  private long kept;
  private long owed;
  private long heardNanos;
  private long leftNanos;
  private long wentNanos;
  private boolean timing = true;
  private boolean timed;
  private long timedFromNanos;
  private long shortestNanos = Long.MAX_VALUE;

  Exchange(NanoClock clock) {
    this.clock = clock;
    heardNanos = clock.nanoTime();
    leftNanos = heardNanos;
    wentNanos = heardNanos;
  }

  /** Says what is to be done before a command leaves over a connection that owes no reply. */
  void beforeItLeaves(Runnable check) {
    beforeItLeaves = check;
  }

  /** A command is put together. */
  void asking() {
    kept++;
  }

  /** What was put together leaves, all of it or a part. */
  void leaving() {
    if (kept > 0) {
      if (owesNone()) {
        beforeItLeaves.run();
        heardNanos = clock.nanoTime(); // From now on a reply is owed.
        times(heardNanos);
      }
      leaves();
      owed += kept;
      kept = 0;
    }
  }

  /** A command has left past what is put together. */
  void left() {
    boolean first = owesNone();
    owed++;
    leaves();
    if (first) {
      times(leftNanos);
    }
  }

  /** From now on a reply may come from a memory beside the server, in no time. */
  void timesNoMore() {
    timing = false;
    timed = false;
  }

  /** Nothing was owed: the reply to what leaves now takes a round trip and no queue of ours. */
  private void times(long now) {
    timed = timing;
    timedFromNanos = now;
  }

  private void leaves() {
    leftNanos = clock.nanoTime();
    wentNanos = leftNanos;
  }

  /** A reply begins. */
  void answered() {
    owed--;
    if (timed) {
      timed = false;
      shortestNanos = Math.min(shortestNanos, clock.nanoTime() - timedFromNanos);
    }
  }

  /** What was put together will not leave. */
  void forgets() {
    kept = 0;
  }

  /** Another connection begins, over which nothing has left. */
  void begins() {
    owed = 0;
    timed = false;
    heard(true);
    leftNanos = heardNanos;
  }

  /**
   * The shortest time, so far, from when a command left over a connection that owed nothing to the
   * begin of its reply: a round trip, and what the server took at least. {@link Long#MAX_VALUE}
   * before any.
   */
  long shortestNanos() {
    return shortestNanos;
  }

  /** Whether every command that has left has its reply, or the begin of it. */
  boolean owesNone() {
    return owed == 0;
  }

  /** The connection's thread waits for its peer, until {@link #heard} or {@link #gaveUp}. */
  void waits() {
    waitingSince.setRelease(clock.nanoTime());
  }

  /**
   * Something came of it.
   *
   * @param justNow whether it was not there yet when the waiting began; what was may have come long
   *     before, and lain here
   */
  void heard(boolean justNow) {
    heardNanos = clock.nanoTime();
    if (justNow) {
      wentNanos = heardNanos;
      waitedForNetwork(waitingSince.getPlain());
    }
    waitingSince.setRelease(NOT_WAITING);
  }

  /** Of a wait that has ended, what lies within a round trip from when a command last left. */
  private void waitedForNetwork(long since) {
    long trip =
        timed && shortestNanos == Long.MAX_VALUE ? heardNanos - timedFromNanos : shortestNanos;
    if (since != NOT_WAITING && trip != Long.MAX_VALUE) {
      long from = Math.max(0, since - leftNanos);
      NetworkWait.add(Math.max(0, Math.min(trip, heardNanos - leftNanos) - from));
    }
  }

  /** The waiting has come to nothing. */
  void gaveUp() {
    waitingSince.setRelease(NOT_WAITING);
  }

  /** How long it is since the last byte came, or since what is unanswered was asked if later. */
  long silentNanos() {
    return clock.nanoTime() - heardNanos;
  }

  /**
   * For how long nothing may have gone over it, either way: since a command last left, or since the
   * last byte that came while it was waited for. What was found lying here came at an unknown
   * moment after that.
   */
  long idleNanos() {
    return clock.nanoTime() - wentNanos;
  }

  /** How long it is since a command last left, whatever has come since. */
  long askedNanos() {
    return clock.nanoTime() - leftNanos;
  }

  /** For how long its thread has been waiting by now; 0 where it does not. */
  long waitedNanos() {
    long since = waitingSince.getAcquire();
    return since == NOT_WAITING ? 0 : clock.nanoTime() - since;
  }
}
