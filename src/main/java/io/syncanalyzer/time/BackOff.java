package io.syncanalyzer.time;

import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Waits between attempts, until a limit if there is one.
 *
 * <pre>{@code
 * BackOff backOff = BackOff.growing(clock, 50_000, 20_000_000).within(timeout.toNanos());
 * while (!done()) {
 *   if (!backOff.more()) {
 *     throw tooLate();
 *   }
 * }
 * }</pre>
 *
 * <p>No pause goes past the limit, so that the last attempt is at the limit itself. An interrupt
 * shortens a pause and leaves the thread's flag set; whoever attempts looks at it, else it would
 * attempt without pausing. For one thread.
 */
public final class BackOff {
  private final NanoClock clock;
  private final LongSupplier steps;
  private final long start;
  private final long limitNanos;

  private BackOff(NanoClock clock, LongSupplier steps, long limitNanos) {
    this.clock = Objects.requireNonNull(clock, "clock is null");
    this.steps = steps;
    this.start = clock.nanoTime();
    this.limitNanos = limitNanos;
  }

  /** Pauses that double from the first to the longest. */
  public static BackOff growing(NanoClock clock, long firstNanos, long longestNanos) {
    return new BackOff(clock, new Doubling(firstNanos, longestNanos), Long.MAX_VALUE);
  }

  /** Pauses of one length. */
  public static BackOff steady(NanoClock clock, long nanos) {
    return new BackOff(clock, () -> nanos, Long.MAX_VALUE);
  }

  /** Pauses of random length, so that no rhythm of another's is met again and again. */
  public static BackOff random(NanoClock clock, long belowNanos) {
    return random(clock, belowNanos, ThreadLocalRandom.current()::nextLong);
  }

  /**
   * As the other.
   *
   * @param draws draws a number from 0 to below its argument
   */
  static BackOff random(NanoClock clock, long belowNanos, LongUnaryOperator draws) {
    return new BackOff(clock, () -> draws.applyAsLong(belowNanos), Long.MAX_VALUE);
  }

  /** The same pauses until so long from now. */
  public BackOff within(long nanos) {
    return new BackOff(clock, steps, nanos);
  }

  /** Pauses; false, without pausing, where the limit is reached. */
  public boolean more() {
    long left = leftNanos();
    if (left <= 0) {
      return false;
    }
    clock.park(Math.min(steps.getAsLong(), left));
    return true;
  }

  /** How long it is since it was made. */
  public long elapsedNanos() {
    return clock.nanoTime() - start;
  }

  /** How long it is until the limit; 0 or less when it is reached. */
  public long leftNanos() {
    return limitNanos - elapsedNanos();
  }

  private static final class Doubling implements LongSupplier {
    private final long longestNanos;
    private long next;

    Doubling(long firstNanos, long longestNanos) {
      this.next = firstNanos;
      this.longestNanos = longestNanos;
    }

    @Override
    public long getAsLong() {
      long step = next;
      next = Math.min(longestNanos, 2 * next);
      return step;
    }
  }
}
