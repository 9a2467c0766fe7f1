package io.syncanalyzer.redis;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What was asked and answered on one connection, and when something last went over it: tells
 * whether it is at rest, so that it may be made anew, and for how long its peer has been silent.
 *
 * <p>Kept by the connection's own thread; {@link #waitedNanos} is for any.
 */
final class Exchange {
  private static final long NOT_WAITING = Long.MIN_VALUE;

  private final LongSupplier clock;
  private final AtomicLong waitingSince = new AtomicLong(NOT_WAITING);
  private Runnable beforeItLeaves = () -> {};
  private long kept;
  private long owed;
  private long heardNanos;
  private long leftNanos;

  Exchange(LongSupplier clock) {
    this.clock = clock;
    heardNanos = clock.getAsLong();
    leftNanos = heardNanos;
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
        heardNanos = clock.getAsLong(); // From now on a reply is owed.
      }
      leftNanos = clock.getAsLong();
      owed += kept;
      kept = 0;
    }
  }

  /** A command has left past what is put together. */
  void left() {
    owed++;
    leftNanos = clock.getAsLong();
  }

  /** A reply begins. */
  void answered() {
    owed--;
  }

  /** What was put together will not leave. */
  void forgets() {
    kept = 0;
  }

  /** Another connection begins, over which nothing has left. */
  void begins() {
    owed = 0;
    heard();
    leftNanos = heardNanos;
  }

  /** Whether every command that has left has its reply, or the begin of it. */
  boolean owesNone() {
    return owed == 0;
  }

  /** The connection's thread waits for its peer, until {@link #heard}. */
  void waits() {
    waitingSince.setRelease(clock.getAsLong());
  }

  /** Something came of it. */
  void heard() {
    heardNanos = clock.getAsLong();
    waitingSince.setRelease(NOT_WAITING);
  }

  /** The waiting has come to nothing. */
  void gaveUp() {
    waitingSince.setRelease(NOT_WAITING);
  }

  /** How long it is since the last byte came, or since what is unanswered was asked if later. */
  long silentNanos() {
    return clock.getAsLong() - heardNanos;
  }

  /**
   * For how long nothing may have gone over it: since a command last left, for what was read since
   * then may have come at once, and lain here.
   */
  long idleNanos() {
    return clock.getAsLong() - leftNanos;
  }

  /** For how long its thread has been waiting by now; 0 where it does not. */
  long waitedNanos() {
    long since = waitingSince.getAcquire();
    return since == NOT_WAITING ? 0 : clock.getAsLong() - since;
  }
}
