package io.syncanalyzer.result.figure;

/**
 * A figure of one run as it is compared: the interval that it is known to lie in. What was measured
 * to a number lies between that and itself; a percentile of lag that reaches into sentinels never
 * seen is open, its upper end infinite.
 */
public record Reading(double lower, double upper) {
  public Reading {
    if (!(lower <= upper) || Double.isInfinite(lower)) {
      throw new IllegalArgumentException("an interval of " + lower + " to " + upper);
    }
  }

  /** A number. */
  public static Reading of(double value) {
    return new Reading(value, value);
  }

  /** Whether it has no upper end. */
  boolean isOpen() {
    return Double.isInfinite(upper);
  }

  /** What it counts as at least: bounds are judged by the upper one, where there is one. */
  public double least() {
    return isOpen() ? lower : upper;
  }
}
