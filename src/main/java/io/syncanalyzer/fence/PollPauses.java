package io.syncanalyzer.fence;

import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a replica is polled: often at first, for a fence is mostly passed at once. */
public final class PollPauses {
  private static final long FIRST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private PollPauses() {}

  /** Pauses until so long from now. */
  public static BackOff within(NanoClock clock, Duration limit) {
    return BackOff.growing(clock, FIRST_NANOS, LONGEST_NANOS).within(limit.toNanos());
  }

  /**
   * Pauses; false, without pausing, where the limit is reached.
   *
   * @throws FenceFailure of kind {@code INTERRUPTED} if the thread is, its flag left set
   */
  public static boolean more(BackOff backOff) {
    if (Thread.currentThread().isInterrupted()) {
      throw new FenceFailure(FenceFailure.Kind.INTERRUPTED, "interrupted", null);
    }
    return backOff.more();
  }
}
