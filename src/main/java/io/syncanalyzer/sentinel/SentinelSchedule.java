package io.syncanalyzer.sentinel;

import java.time.Duration;
import java.util.Optional;

/**
 * When sentinels are due: at a fixed rate from the origin on, the types in turn, whatever became of
 * the ones before.
 *
 * <p>Sentinel {@code g} of all is due {@code g / rate} seconds after the origin; type {@code t} of
 * {@code n} has turns {@code j} with {@code g = j × n + t}. Times are offsets from the origin in
 * nanoseconds. Immutable.
 */
public final class SentinelSchedule {
  private final double nanosApart;
  private final int types;
  private final long warmupNanos;
  private final long endNanos;

  /**
   * @param ratePerSecond of all types together, above 0
   * @param duration after the warm-up; empty = without end
   */
  public SentinelSchedule(
      double ratePerSecond, int types, Duration warmup, Optional<Duration> duration) {
    if (!(ratePerSecond > 0) || types < 1) {
      throw new IllegalArgumentException("a schedule needs a rate above 0 and a type");
    }
    this.nanosApart = 1e9 / ratePerSecond;
    this.types = types;
    this.warmupNanos = warmup.toNanos();
    this.endNanos =
        duration.map(measured -> warmupNanos + measured.toNanos()).orElse(Long.MAX_VALUE);
  }

  /** Where the measured time begins. */
  public long warmupNanos() {
    return warmupNanos;
  }

  /** Where the schedule ends; {@link Long#MAX_VALUE} = never. */
  public long endNanos() {
    return endNanos;
  }

  /** When a turn of a type is due. */
  public long dueNanos(int type, long turn) {
    return (long) (((double) turn * types + type) * nanosApart);
  }

  /** Whether a turn lies within the schedule. */
  public boolean has(int type, long turn) {
    return dueNanos(type, turn) < endNanos;
  }

  /** The first time after another at which any type has a turn; past the end it goes on. */
  public long nextDueAfter(long offsetNanos) {
    if (offsetNanos < 0) {
      return 0;
    }
    return (long) ((Math.floor(offsetNanos / nanosApart) + 1) * nanosApart);
  }

  /** How many turns of a type are due before a time, and within the schedule. */
  public long turnsBefore(int type, long offsetNanos) {
    long limit = Math.min(offsetNanos, endNanos);
    if (limit <= 0) {
      return 0;
    }
    long turns = Math.max(0, (long) ((limit / nanosApart - type) / types) - 1);
    while (dueNanos(type, turns) < limit) {
      turns++;
    }
    return turns;
  }
}
