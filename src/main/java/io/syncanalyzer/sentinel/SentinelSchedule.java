package io.syncanalyzer.sentinel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * When sentinels are due: at a fixed rate from the origin on, the types in turn, whatever became of
 * the ones before.
 *
 * <p>Sentinel {@code g} of all is due {@code g / rate} seconds after the origin; type {@code t} of
 * {@code n} has turns {@code j} with {@code g = j × n + t}. Times are offsets from the origin in
 * nanoseconds, rounded down. How many are due before a time is exact for every rate: it is counted
 * in whole numbers, of the rate as a fraction, and never in those of {@code double}. Immutable.
 */
public final class SentinelSchedule {
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  /** Sentinel {@code g} is due at {@code g × apart / of} nanoseconds. */
  private final long apart;

  private final long of;
  private final int types;
  private final long warmupNanos;
  private final long endNanos;

  /**
   * @param ratePerSecond of all types together, above 0, as its decimal digits say
   * @param duration after the warm-up; empty = without end
   */
  public SentinelSchedule(
      double ratePerSecond, int types, Duration warmup, Optional<Duration> duration) {
    if (!(ratePerSecond > 0) || types < 1) {
      throw new IllegalArgumentException("a schedule needs a rate above 0 and a type");
    }
    BigDecimal rate = BigDecimal.valueOf(ratePerSecond).stripTrailingZeros();
    BigInteger scale = BigInteger.TEN.pow(Math.max(0, rate.scale()));
    BigInteger numerator = NANOS.toBigInteger().multiply(scale);
    BigInteger denominator = rate.multiply(new BigDecimal(scale)).toBigIntegerExact();
    BigInteger common = numerator.gcd(denominator);
    this.apart = numerator.divide(common).longValueExact();
    this.of = denominator.divide(common).longValueExact();
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
    return dueNanos(Math.addExact(Math.multiplyExact(turn, (long) types), type));
  }

  private long dueNanos(long sentinel) {
    // In parts, so that nothing overflows where the rate is a whole number.
    long whole = Math.multiplyExact(sentinel / of, apart);
    return Math.addExact(whole, times(sentinel % of, apart, of));
  }

  /** {@code a × b / c}, rounded down; none is negative. */
  private static long times(long a, long b, long c) {
    return Math.multiplyHigh(a, b) == 0 && a * b >= 0
        ? a * b / c
        : BigInteger.valueOf(a)
            .multiply(BigInteger.valueOf(b))
            .divide(BigInteger.valueOf(c))
            .longValueExact();
  }

  /** How many sentinels of all types are due before a time: the first that is not. */
  private long before(long offsetNanos) {
    if (offsetNanos <= 0) {
      return 0;
    }
    // g × apart / of < t, in whole numbers g ≤ (t × of − 1) / apart.
    if (Math.multiplyHigh(offsetNanos, of) == 0 && offsetNanos * of > 0) {
      return 1 + (offsetNanos * of - 1) / apart;
    }
    return BigInteger.valueOf(offsetNanos)
        .multiply(BigInteger.valueOf(of))
        .subtract(BigInteger.ONE)
        .divide(BigInteger.valueOf(apart))
        .add(BigInteger.ONE)
        .longValueExact();
  }

  /** Whether a turn lies within the schedule. */
  public boolean has(int type, long turn) {
    return endNanos == Long.MAX_VALUE || dueNanos(type, turn) < endNanos;
  }

  /** The first time after another at which any type has a turn; past the end it goes on. */
  public long nextDueAfter(long offsetNanos) {
    return nextDueAfter(offsetNanos, 0, 1);
  }

  /**
   * The same of every so-manieth sentinel.
   *
   * @param first the first of these, below {@code every}
   */
  public long nextDueAfter(long offsetNanos, int first, int every) {
    long next = offsetNanos < 0 ? 0 : before(offsetNanos + 1);
    return dueNanos(next + Math.floorMod(first - next, (long) every));
  }

  /** How many turns of a type are due before a time, and within the schedule. */
  public long turnsBefore(int type, long offsetNanos) {
    long limit = Math.min(offsetNanos, endNanos);
    if (limit == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, Math.floorDiv(before(limit) - type + types - 1, (long) types));
  }
}
