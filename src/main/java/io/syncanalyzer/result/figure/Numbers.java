package io.syncanalyzer.result.figure;

import io.syncanalyzer.redis.Counted;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as text that no locale changes. */
public final class Numbers {
  private static final int DECIMALS = 6;

  private Numbers() {}

  /** At most six decimals, a point, no grouping, no exponent, no trailing zeros. */
  public static String plain(double value) {
    BigDecimal rounded = exact(value).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** The figure as it prints; not NaN and no infinity. */
  public static BigDecimal exact(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(value + " is no figure; unknown is an empty cell");
    }
    return BigDecimal.valueOf(value);
  }

  /** The figure where it is one; null, unknown, for null, NaN and infinities. */
  public static @Nullable Double known(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  /** For people: thousands grouped by commas, no decimals from a hundred up, else two. */
  public static String words(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%,.2f", value);
  }

  /** For people: a whole number with its thousands grouped by commas. */
  public static String words(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** For people: {@code 1 key}, {@code 2 keys}. */
  public static String count(long value, String noun) {
    return Counted.words(value, noun);
  }

  /** For people: {@code 1 library of functions}, {@code 2 libraries of functions}. */
  public static String libraries(long value) {
    return words(value) + (value == 1 ? " library" : " libraries") + " of functions";
  }

  /**
   * A measured time for people in the unit that suits: {@code 85 us}, {@code 0.42 ms}, {@code 2.13
   * s}. Bounds are {@link Bound}'s.
   */
  public static String micros(double micros) {
    return micros(micros, RoundingMode.HALF_UP);
  }

  /** The same, rounded as told: a single bound goes outward. */
  public static String micros(double micros, RoundingMode way) {
    TimeScale scale = TimeScale.of(micros);
    return scale.text(scale.round(micros, way));
  }

  /** A time for people: {@code 0.21 s}, {@code 12.3 s}, {@code 61 s}. */
  public static String seconds(double seconds) {
    if (seconds > 0 && seconds < 0.0995) {
      return micros(seconds * 1e6);
    }
    return String.format(
        Locale.ROOT, seconds < 10 ? "%.2f s" : seconds < 60 ? "%.1f s" : "%.0f s", seconds);
  }

  /** A size for people in binary units: {@code 1.5 MiB}. */
  public static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    int unit = 0;
    double left = (double) bytes;
    while (left >= 1024 && unit < units.length - 1) {
      left /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, units[unit]);
  }
}
