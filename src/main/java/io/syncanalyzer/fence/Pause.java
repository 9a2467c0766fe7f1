package io.syncanalyzer.fence;

import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between polls, briefly at first, until a time limit; interruptible. */
public final class Pause {
  private static final long FIRST_NANOS = 50_000;
  private static final long LONGEST_NANOS = 20_000_000;

  private final NanoClock clock;
  private final long start;
  private final long limitNanos;
  private long next = FIRST_NANOS;

  public Pause(NanoClock clock, long start, Duration limit) {
    this.clock = clock;
    this.start = start;
    this.limitNanos = limit.toNanos();
  }

  /**
   * Waits a little; false, without waiting, when the limit is over.
   *
   * @throws FenceFailure of kind {@code INTERRUPTED}
   */
  public boolean more() {
    if (Thread.currentThread().isInterrupted()) {
      throw new FenceFailure(FenceFailure.Kind.INTERRUPTED, "interrupted", null);
    }
    if (clock.nanoTime() - start >= limitNanos) {
      return false;
    }
    LockSupport.parkNanos(next);
    next = Math.min(LONGEST_NANOS, next * 2);
    return true;
  }
}
