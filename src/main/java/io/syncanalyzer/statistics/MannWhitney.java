package io.syncanalyzer.statistics;

import java.util.stream.DoubleStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The test of Mann and Whitney: how often figures of one kind, parted at random into two samples of
 * these sizes, would lie as far apart as the two samples do, in either direction.
 *
 * <p>H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is
 * stochastically larger than the other", Annals of Mathematical Statistics 18 (1947), 50–60. It is
 * Apache Commons Statistics' where there are no ties, exact up to {@link #LARGEST_COUNTED} figures;
 * with ties so many are counted by {@link RankSums}, and more are approximated by Commons
 * Statistics, with its correction for ties and continuity.
 */
final class MannWhitney {
  /** Of so many figures together choices are counted; of more the approximation is as good. */
  private static final int LARGEST_COUNTED = 60;

  private static final MannWhitneyUTest TEST = MannWhitneyUTest.withDefaults();

  private MannWhitney() {}

  /** Whether samples of these sizes are counted rather than approximated. */
  static boolean isCounted(int before, int after) {
    return before + after <= LARGEST_COUNTED;
  }

  /** How likely it is; infinite figures are the largest. */
  static double p(double[] before, double[] after) {
    if (!isCounted(before.length, after.length)) {
      double p = TEST.with(PValueMethod.ASYMPTOTIC).test(before, after).getPValue();
      // Where all are one figure, nothing is apart.
      return Double.isNaN(p) ? 1 : p;
    }
    return isTied(before, after)
        ? counted(before, after)
        : TEST.with(PValueMethod.EXACT).test(before, after).getPValue();
  }

  /** The share of pairs in which the one after is more; ties count half. */
  static double superiority(double[] before, double[] after) {
    double more = 0;
    for (double one : before) {
      for (double other : after) {
        more += other > one ? 1 : other == one ? 0.5 : 0;
      }
    }
    return more / before.length / after.length;
  }

  private static boolean isTied(double[] before, double[] after) {
    return together(before, after).distinct().count() < before.length + after.length;
  }

  private static double counted(double[] before, double[] after) {
    double[] all = together(before, after).toArray();
    int[] doubled = new int[all.length];
    int sum = 0;
    for (int i = 0; i < all.length; i++) {
      doubled[i] = 1;
      for (double other : all) {
        doubled[i] += other < all[i] ? 2 : other == all[i] ? 1 : 0;
      }
      sum += i < before.length ? doubled[i] : 0;
    }
    RankSums sums = RankSums.of(doubled, before.length);
    return Math.min(1, 2 * Math.min(sums.atMost(sum), sums.atLeast(sum)));
  }

  private static DoubleStream together(double[] before, double[] after) {
    return DoubleStream.concat(DoubleStream.of(before), DoubleStream.of(after));
  }
}
