package io.syncanalyzer.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * By how much the figures of some runs differ from those of others, and whether that can be told:
 * the test of Mann and Whitney ({@link MannWhitney}) and the confidence interval of the median
 * difference that belongs to it, neither of which asks how figures are distributed.
 *
 * <p><b>Interval.</b> From the one to the other end of the differences of all pairs of runs, less
 * as many at either end as the test allows (J. L. Hodges and E. L. Lehmann, "Estimates of location
 * based on rank tests", Annals of Mathematical Statistics 34 (1963), 598–611; M. Hollander, D. A.
 * Wolfe and E. Chicken, "Nonparametric Statistical Methods", 3rd edition, section 4.3). It takes
 * for granted that the figures of both differ by a shift. Its confidence is the smallest that few
 * runs allow from {@link #CONFIDENCE} up, and where they do not allow that, what they do: of three
 * against three 90 %, of two against two 67 %, of one against one none. How often it holds the
 * truth is measured in {@code ShiftCoverageTest}.
 *
 * <p><b>Open figures.</b> All that they may be is thought of: p is the largest of any, and a
 * difference with an open one has an end that is not known.
 *
 * @param low the interval's lower end, in the figures' unit; null where it is open, or there is
 *     none
 * @param high its upper end, likewise
 * @param confidence how sure the interval is, from 0 to 1; 0 where there is none
 * @param p how often runs of one kind would differ as much by chance, in either direction
 * @param leastP the smallest p that so many runs may have
 * @param runsNeeded how many runs of either it would take to tell, where these do not: an estimate,
 *     and at least as many as can tell anything; empty where it is told, and where runs that could
 *     have told do not seem to differ
 */
public record Shift(
    @Nullable Double low,
    @Nullable Double high,
    double confidence,
    double p,
    double leastP,
    OptionalInt runsNeeded) {
  /** How sure is sure enough. */
  public static final double CONFIDENCE = 0.95;

  /** How often chance alone may be told to be a difference. */
  public static final double ALPHA = 0.05;

  /** What rounding may add to a share that is counted. */
  private static final double ROUNDING = 1e-9;

  /** So much of the standard normal distribution lies within this many deviations. */
  private static final double DEVIATIONS = 1.959964;

  /** Whether so many runs could tell any difference at all. */
  public boolean isEnough() {
    return isSmall(leastP);
  }

  private static boolean isSmall(double p) {
    return p <= ALPHA + ROUNDING;
  }

  /** Whether the figures after are more, as surely as is asked for. */
  public boolean isMore() {
    return isSmall(p) && low != null && low > 0;
  }

  /** Whether they are less. */
  public boolean isLess() {
    return isSmall(p) && high != null && high < 0;
  }

  /**
   * Compares.
   *
   * @param before the figures of the runs that are referred to, a run one, in any order
   * @param after those of the others; the shift is theirs less the former
   * @throws IllegalArgumentException where there are none of either
   */
  public static Shift of(List<Between> before, List<Between> after) {
    if (before.isEmpty() || after.isEmpty()) {
      throw new IllegalArgumentException("No runs to compare");
    }
    int pairs = before.size() * after.size();
    int cut = cut(before.size(), after.size());
    double low = sortedDifferences(most(before), least(after))[Math.max(cut, 0)];
    double high = sortedDifferences(least(before), most(after))[pairs - 1 - Math.max(cut, 0)];
    double confidence = confidence(before.size(), after.size(), Math.max(cut, 0));
    Extremes extremes = Extremes.of(before, after);
    Shift shift =
        new Shift(
            confidence == 0 ? null : known(low),
            confidence == 0 ? null : known(high),
            confidence,
            extremes.p(),
            leastP(before.size(), after.size()),
            OptionalInt.empty());
    return shift.isMore() || shift.isLess()
        ? shift
        : shift.withRunsNeeded(
            RunsNeeded.toTell(
                before.size(), after.size(), extremes.superiority(), shift.isEnough()));
  }

  private Shift withRunsNeeded(OptionalInt needed) {
    return new Shift(low, high, confidence, p, leastP, needed);
  }

  private static @Nullable Double known(double end) {
    return Double.isInfinite(end) ? null : Double.valueOf(end);
  }

  /** The smallest p of so many runs: where none of the one lies among those of the other. */
  static double leastP(int before, int after) {
    // One by the number of ways to choose the runs of one side among all.
    double p = 2;
    for (int i = 1; i <= Math.min(before, after); i++) {
      p *= (double) i / (Math.max(before, after) + i);
    }
    return Math.min(1, p);
  }

  /** How many differences are left away at either end; -1 where leaving none away is too many. */
  private static int cut(int before, int after) {
    if (!MannWhitney.isCounted(before, after)) {
      double pairs = (double) before * after;
      double deviation = Math.sqrt(pairs * (before + after + 1) / 12);
      return (int) Math.floor(pairs / 2 - 0.5 - DEVIATIONS * deviation);
    }
    RankSums sums = RankSums.withoutTies(before + after, before);
    int cut = -1;
    while (2 * sums.atMost(sumOf(before, cut + 1)) <= 1 - CONFIDENCE + ROUNDING) {
      cut++;
    }
    return cut;
  }

  private static double confidence(int before, int after, int cut) {
    if (!MannWhitney.isCounted(before, after)) {
      return CONFIDENCE;
    }
    RankSums sums = RankSums.withoutTies(before + after, before);
    return Math.max(0, 1 - 2 * sums.atMost(sumOf(before, cut)));
  }

  /** The doubled rank sum of a sample of which so many pairs are the larger. */
  private static int sumOf(int runs, int pairs) {
    return runs * (runs + 1) + 2 * pairs;
  }

  private static double[] sortedDifferences(double[] before, double[] after) {
    double[] differences = new double[before.length * after.length];
    int next = 0;
    for (double one : before) {
      for (double other : after) {
        // Of two open ones nothing is known, as of one.
        differences[next++] = Double.isInfinite(one) ? Double.NEGATIVE_INFINITY : other - one;
      }
    }
    Arrays.sort(differences);
    return differences;
  }

  private static double[] least(List<Between> figures) {
    return figures.stream().mapToDouble(Between::least).toArray();
  }

  private static double[] most(List<Between> figures) {
    return figures.stream().mapToDouble(Between::most).toArray();
  }

  /**
   * What open figures may come to.
   *
   * @param p the largest
   * @param superiority that which is nearest to one half
   */
  private record Extremes(double p, double superiority) {
    static Extremes of(List<Between> before, List<Between> after) {
      double fewest = MannWhitney.superiority(most(before), least(after));
      double most = MannWhitney.superiority(least(before), most(after));
      if (fewest < 0.5 && most > 0.5) {
        return new Extremes(1, 0.5);
      }
      double p =
          Math.max(
              MannWhitney.p(most(before), least(after)), MannWhitney.p(least(before), most(after)));
      return new Extremes(p, Math.abs(fewest - 0.5) < Math.abs(most - 0.5) ? fewest : most);
    }
  }
}
