package io.syncanalyzer.verify.scan;

import io.syncanalyzer.time.NanoClock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back so that no more than so many keys are taken in a second. Time that was lost is not
 * made up for: after a server stalled it would be asked faster than allowed. So does a share of the
 * servers' CPU; where both are given both hold. Not safe for use by several threads.
 */
public final class Pace {
  private static final long LONGEST_NANOS = 100_000_000;
  private static final int BATCHES_A_SECOND = 10;
  private static final int LEAST = 10;

  /** So few that a server's share is held within each second. */
  private static final int MOST_BY_CPU = 250;

  private final @Nullable Double perSecond;
  private final NanoClock clock;
  private final BooleanSupplier stopping;
  private final CpuShare.@Nullable Seat seat;
  private long due;

  /**
   * @param perSecond at most so many; null = no limit
   * @param stopping whether to hold back no longer
   */
  public Pace(@Nullable Double perSecond, NanoClock clock, BooleanSupplier stopping) {
    this(perSecond, clock, stopping, null);
  }

  /**
   * As the other.
   *
   * @param seat where it is waited for the servers' CPU too; null = that is not held
   */
  public Pace(
      @Nullable Double perSecond,
      NanoClock clock,
      BooleanSupplier stopping,
      CpuShare.@Nullable Seat seat) {
    this.seat = seat;
    this.stopping = stopping;
    this.perSecond = perSecond;
    this.clock = clock;
    this.due = clock.nanoTime();
  }

  /** How many keys to take at once, so that the limit holds within each second. */
  public int batch(int most) {
    int few = seat == null ? most : Math.min(most, MOST_BY_CPU);
    return perSecond == null
        ? few
        : (int) Math.max(LEAST, Math.min(few, perSecond / BATCHES_A_SECOND));
  }

  /** Takes that many, waiting until they are due; ends within a tenth of a second when stopping. */
  public void take(long keys) {
    if (perSecond != null) {
      await(keys, perSecond);
    }
    if (seat != null) {
      seat.await(stopping);
    }
  }

  private void await(long keys, double rate) {
    long now = clock.nanoTime();
    for (; due - now > 0 && !stopping.getAsBoolean(); now = clock.nanoTime()) {
      clock.park(Math.min(LONGEST_NANOS, due - now));
    }
    due = Math.max(due, now - LONGEST_NANOS) + (long) (keys / rate * 1e9);
  }
}
