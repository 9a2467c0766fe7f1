package io.syncanalyzer.statistics;

/**
 * A measured figure as far as it is known: what was measured to a number is the same at both ends;
 * what was given up waiting for is open, its upper end infinite.
 *
 * @param least what it is at least
 * @param most what it is at most
 */
public record Between(double least, double most) {
  public Between {
    // Written so that NaN is refused.
    if (!(least <= most) || Double.isInfinite(least)) {
      throw new IllegalArgumentException("Not a figure: between " + least + " and " + most);
    }
  }
}
