package io.syncanalyzer.result.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a time is printed for people: three digits or so in the unit that suits.
 *
 * @param unit its name
 * @param shift how many places the point moves from microseconds to the unit
 * @param decimals how many are printed
 */
record TimeScale(String unit, int shift, int decimals) {
  private static final int US = 0;
  private static final int MS = 3;
  private static final int S = 6;

  /** The scale that suits a time in microseconds. */
  static TimeScale of(double micros) {
    if (micros < 100) {
      return new TimeScale("us", US, 0);
    }
    if (micros < 999_500) {
      return new TimeScale("ms", MS, micros < 10_000 ? 2 : micros < 100_000 ? 1 : 0);
    }
    return new TimeScale("s", S, micros < 10_000_000 ? 2 : micros < 60_000_000 ? 1 : 0);
  }

  /** The same with so many decimals more. */
  TimeScale finer(int more) {
    return new TimeScale(unit, shift, decimals + more);
  }

  /** The time in the unit, rounded to the decimals that are printed. */
  BigDecimal round(double micros, RoundingMode way) {
    return Numbers.exact(micros).movePointLeft(shift).setScale(decimals, way);
  }

  /** A rounded time with its unit. */
  String text(BigDecimal rounded) {
    return rounded.toPlainString() + " " + unit;
  }
}
