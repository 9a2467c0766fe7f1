package io.syncanalyzer.verify.scan;

import io.syncanalyzer.time.NanoClock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds one thread back so that no more keys are taken than a {@link Rate} allows, by this thread
 * and by all others that go by the same. So does a share of the servers' CPU; where both are given
 * both hold. For one thread.
 */
public final class Pace {
  private static final int BATCHES_A_SECOND = 10;
  private static final int LEAST = 10;

  /** So few that a server's share is held within each second. */
  private static final int MOST_BY_CPU = 250;

  private final Rate rate;
  private final BooleanSupplier stopping;
  private final CpuShare.@Nullable Seat seat;

  /**
   * @param perSecond at most so many; null = no limit
   * @param stopping whether to hold back no longer
   */
  public Pace(@Nullable Double perSecond, NanoClock clock, BooleanSupplier stopping) {
    this(perSecond, clock, stopping, null);
  }

  /** As the last, at a rate that is this one's alone. */
  Pace(
      @Nullable Double perSecond,
      NanoClock clock,
      BooleanSupplier stopping,
      CpuShare.@Nullable Seat seat) {
    this(new Rate(perSecond, clock), stopping, seat);
  }

  /**
   * By a rate that others may go by too.
   *
   * @param seat where it is waited for the servers' CPU too; null = that is not held
   */
  public Pace(Rate rate, BooleanSupplier stopping, CpuShare.@Nullable Seat seat) {
    this.rate = rate;
    this.seat = seat;
    this.stopping = stopping;
  }

  /** How many keys to take at once, so that the limit holds within each second. */
  public int batch(int most) {
    return batch(most, 0);
  }

  /**
   * As {@link #batch(int)}, of what is asked for once in a round trip: over a long one more, so
   * that the limit is reached.
   */
  public int batch(int most, long tripNanos) {
    double times = Math.max(1, tripNanos / 1e9 * BATCHES_A_SECOND);
    double few = seat == null ? most : Math.min(most, MOST_BY_CPU * times);
    Double perSecond = rate.perSecond();
    return (int)
        (perSecond == null
            ? few
            : Math.max(LEAST, Math.min(few, perSecond / BATCHES_A_SECOND * times)));
  }

  /** Takes that many, waiting until they are due; ends within a tenth of a second when stopping. */
  public void take(long keys) {
    if (rate.perSecond() != null) {
      await(rate.take(keys));
    }
    if (seat != null) {
      seat.await(stopping);
    }
  }

  private void await(long due) {
    NanoClock clock = rate.clock();
    for (long left = due - clock.nanoTime();
        left > 0 && !stopping.getAsBoolean();
        left = due - clock.nanoTime()) {
      clock.park(Math.min(Rate.LONGEST_NANOS, left));
    }
  }
}
