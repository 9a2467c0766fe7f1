package io.syncanalyzer.statistics;

import java.util.OptionalInt;

/** How many runs it takes to tell. */
final class RunsNeeded {
  /** Of so many of either the smallest p is below 0.05, where none lies among the others: 0.029. */
  static final int FEWEST = 4;

  /**
   * The square of the sum of the standard normal distribution's quantiles 0.975 and 0.8: an
   * estimate is of runs that tell the difference in four of five cases.
   */
  private static final double QUANTILES = Math.pow(1.959964 + 0.841621, 2);

  /** More than anybody makes. */
  private static final int MOST = 10_000;

  private RunsNeeded() {}

  /**
   * How many of either: {@link #FEWEST} at least, and where runs of the one lie among those of the
   * other as many as the difference takes that they seem to have. That is an estimate, and of few
   * runs a rough one (G. E. Noether, "Sample size determination for some common nonparametric
   * tests", Journal of the American Statistical Association 82 (1987), 645–647).
   *
   * @param superiority the share of pairs in which the one after is more
   * @param enough whether so many runs could have told a difference
   * @return where they do not seem to differ, so that there is nothing to estimate from: empty, or
   *     of fewer than could tell anything the fewest that could
   */
  static OptionalInt toTell(int before, int after, double superiority, boolean enough) {
    double apart = Math.abs(superiority - 0.5);
    int fewest = enough ? Math.max(FEWEST, Math.min(before, after) + 1) : FEWEST;
    if (apart == 0.5) {
      return OptionalInt.of(fewest);
    }
    double estimate = QUANTILES / (6 * apart * apart);
    if (estimate > MOST) {
      return enough ? OptionalInt.empty() : OptionalInt.of(FEWEST);
    }
    return OptionalInt.of(Math.max(fewest, (int) Math.ceil(estimate)));
  }
}
