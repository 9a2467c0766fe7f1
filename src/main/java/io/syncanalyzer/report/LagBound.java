package io.syncanalyzer.report;

/**
 * A percentile of a lag, or all that can be said of it.
 *
 * @param micros microseconds
 * @param atLeast whether the percentile reaches into the censored part, so that {@code micros} is
 *     the time waited and the true figure is that or more
 */
public record LagBound(double micros, boolean atLeast) {
  public LagBound {
    if (!(micros >= 0)) {
      throw new IllegalArgumentException("a lag of " + micros + " us");
    }
  }

  /** A measured figure. */
  public static LagBound of(double micros) {
    return new LagBound(micros, false);
  }

  /** A figure known only to be the timeout or more. */
  public static LagBound atLeast(double timeoutMicros) {
    return new LagBound(timeoutMicros, true);
  }

  /** As a CSV cell: {@code 312.4}, or {@code >= 30000000}. */
  public String cell() {
    return (atLeast ? ">= " : "") + Numbers.plain(micros);
  }

  /** Reads {@link #cell}. */
  static LagBound parse(String cell) {
    return cell.startsWith(">= ")
        ? atLeast(Double.parseDouble(cell.substring(3)))
        : of(Double.parseDouble(cell));
  }
}
