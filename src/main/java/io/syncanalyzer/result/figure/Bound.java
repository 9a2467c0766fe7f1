package io.syncanalyzer.result.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of a lag as people read them: rounded outward, lower ones down and upper ones up, so
 * that what is printed still holds. In files that is {@link Measure}'s; every other bound is
 * printed through here.
 */
public final class Bound {
  /** As many decimals more as a nanosecond can need. */
  private static final int FINEST = 9;

  private Bound() {}

  /** How many digits the columns of a table of bounds have. */
  public enum Digits {
    SCREEN,
    /** One decimal more, and thousands grouped. */
    PAGE;

    private String millis(double micros, RoundingMode way) {
      BigDecimal ms = Numbers.exact(micros).movePointLeft(3);
      int decimals =
          switch (this) {
            case SCREEN -> micros < 10_000 ? 2 : micros < 1_000_000 ? 1 : 0;
            case PAGE -> micros < 10_000 ? 3 : micros < 100_000 ? 2 : micros < 1_000_000 ? 1 : 0;
          };
      BigDecimal rounded = ms.setScale(decimals, way);
      return this == PAGE
          ? String.format(Locale.ROOT, "%,." + decimals + "f", rounded)
          : rounded.toPlainString();
    }
  }

  /** A lower bound in the unit that suits, as {@link Numbers#micros} has it. */
  public static String lower(double micros) {
    return text(micros, RoundingMode.FLOOR);
  }

  /** An upper bound in the unit that suits. */
  public static String upper(double micros) {
    return text(micros, RoundingMode.CEILING);
  }

  /** All that is known of a lag that has no upper bound: {@code >= 2.13 s}. */
  public static String atLeast(double micros) {
    return ">= " + lower(micros);
  }

  private static String text(double micros, RoundingMode way) {
    TimeScale scale = TimeScale.of(micros);
    return scale.text(scale.round(micros, way));
  }

  /** A lower bound with as many digits as show on which side of the limit it is. */
  public static String lower(double micros, double limitMicros) {
    return beside(limitMicros, micros, RoundingMode.FLOOR);
  }

  /** An upper bound with as many digits as show on which side of the limit it is. */
  public static String upper(double micros, double limitMicros) {
    return beside(limitMicros, micros, RoundingMode.CEILING);
  }

  /** A limit that was asked for: it is no measurement, and none of its digits is left out. */
  public static String limit(double micros) {
    return beside(micros, micros, RoundingMode.HALF_UP);
  }

  private static String beside(double limitMicros, double micros, RoundingMode way) {
    TimeScale scale = TimeScale.of(micros);
    BigDecimal limit = Numbers.exact(limitMicros).movePointLeft(scale.shift());
    int side = Double.compare(micros, limitMicros);
    TimeScale fine = scale;
    for (int more = 1; more <= FINEST && fine.round(micros, way).compareTo(limit) != side; more++) {
      fine = scale.finer(more);
    }
    return fine.text(fine.round(micros, way));
  }

  /** {@code 0.51 .. 3.52} in milliseconds, or {@code >= 0.51}; empty where nothing is known. */
  public static String interval(@Nullable Double lower, @Nullable Double upper, Digits digits) {
    if (upper == null) {
      return lower == null ? "" : ">= " + digits.millis(lower, RoundingMode.FLOOR);
    }
    String to = digits.millis(upper, RoundingMode.CEILING);
    return lower == null ? to : digits.millis(lower, RoundingMode.FLOOR) + " .. " + to;
  }

  /** {@code 0.51 ms}. */
  public static String lowerMillis(long nanos) {
    return millis(nanos, RoundingMode.FLOOR);
  }

  /** {@code 3.52 ms}. */
  public static String upperMillis(long nanos) {
    return millis(nanos, RoundingMode.CEILING);
  }

  private static String millis(long nanos, RoundingMode way) {
    return BigDecimal.valueOf(nanos).movePointLeft(6).setScale(2, way).toPlainString() + " ms";
  }
}
