package io.syncanalyzer.verify.scan;

import io.syncanalyzer.time.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * So many keys a second, for all who take by it together. Time that was lost is not made up for:
 * after a server stalled it would be asked faster than allowed. Safe for use by several threads.
 */
public final class Rate {
  static final long LONGEST_NANOS = 100_000_000;

  private final @Nullable Double perSecond;
  private final NanoClock clock;
  private long due;

  /**
   * @param perSecond at most so many; null = no limit
   */
  public Rate(@Nullable Double perSecond, NanoClock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.due = clock.nanoTime();
  }

  /** At most so many; null = no limit. */
  @Nullable Double perSecond() {
    return perSecond;
  }

  NanoClock clock() {
    return clock;
  }

  /** Enters that so many are taken, and tells from when on they may be. */
  synchronized long take(long keys) {
    long from = due;
    if (perSecond != null) {
      long now = clock.nanoTime();
      long taken = now - from > 0 ? now : from;
      due = Math.max(from, taken - LONGEST_NANOS) + (long) (keys / perSecond * 1e9);
    }
    return from;
  }
}
