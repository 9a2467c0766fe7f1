package io.syncanalyzer.report.files;

import io.syncanalyzer.result.figure.Numbers;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The units that columns are printed in; null, which is unknown, stays so. */
public final class Units {
  private static final double NANOS_PER_MICRO = 1e3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_KIB = 1024;

  /** How many neighbours of a product are tried for the one that was divided. */
  private static final int NEIGHBOURS = 2;

  private Units() {}

  /** Nanoseconds in microseconds. */
  public static @Nullable Double micros(@Nullable Double nanos) {
    return nanos == null ? null : Double.valueOf(nanos / NANOS_PER_MICRO);
  }

  /** Nanoseconds in milliseconds. */
  public static @Nullable Double millis(@Nullable Double nanos) {
    return nanos == null ? null : Double.valueOf(nanos / NANOS_PER_MILLI);
  }

  /** Nanoseconds in seconds. */
  public static @Nullable Double seconds(@Nullable Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / NANOS_PER_SECOND);
  }

  /** Bytes in KiB. */
  public static @Nullable Double kib(@Nullable Double bytes) {
    return bytes == null ? null : Double.valueOf(bytes / BYTES_PER_KIB);
  }

  /**
   * A figure with its point moved by so many places to the left: exact, so that moved back it is
   * the same figure again.
   */
  static @Nullable BigDecimal moved(@Nullable Double figure, int places) {
    return figure == null ? null : Numbers.exact(figure).movePointLeft(places);
  }

  /** The nanoseconds of which {@link #micros} made this, where there are such. */
  public static @Nullable Double ofMicros(@Nullable Double micros) {
    return multiplied(micros, NANOS_PER_MICRO);
  }

  /** The nanoseconds of which {@link #millis} made this, where there are such. */
  public static @Nullable Double ofMillis(@Nullable Double millis) {
    return multiplied(millis, NANOS_PER_MILLI);
  }

  /** The bytes of which {@link #kib} made this. */
  public static @Nullable Double ofKib(@Nullable Double kib) {
    return multiplied(kib, BYTES_PER_KIB);
  }

  /**
   * Undoes a division. A product that was rounded may be a neighbour of what was divided; whole
   * numbers, of which most figures are, come first.
   */
  private static @Nullable Double multiplied(@Nullable Double quotient, double by) {
    if (quotient == null) {
      return null;
    }
    double product = quotient * by;
    if (Math.rint(product) / by == quotient) {
      return Math.rint(product);
    }
    double below = product;
    double above = product;
    for (int i = 0; i <= NEIGHBOURS; i++) {
      if (below / by == quotient) {
        return below;
      }
      if (above / by == quotient) {
        return above;
      }
      below = Math.nextDown(below);
      above = Math.nextUp(above);
    }
    return product;
  }
}
