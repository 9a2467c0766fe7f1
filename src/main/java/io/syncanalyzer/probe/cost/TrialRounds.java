package io.syncanalyzer.probe.cost;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What something cost a server in several rounds, each against one of the same length without it:
 * the median, where the rounds agree. Knows no server.
 */
final class TrialRounds {
  /** The middle half may lie so far apart, as part of the median. */
  private static final double AGREED = 0.5;

  private final double[] costs;
  private int count;

  TrialRounds(int rounds) {
    costs = new double[rounds];
  }

  /**
   * One more.
   *
   * @param with CPU nanoseconds that the server used with it
   * @param withNanos in so long
   * @param without CPU nanoseconds that it used without it
   * @param withoutNanos in so long
   * @param times how often it was done
   */
  void add(double with, long withNanos, double without, long withoutNanos, int times) {
    costs[count++] = (with - without * withNanos / withoutNanos) / times;
  }

  /**
   * What it costs each time, in nanoseconds; empty where the server's other work hides it, or one
   * round is no number.
   */
  OptionalDouble nanos() {
    double[] sorted = Arrays.copyOf(costs, count);
    Arrays.sort(sorted); // What is no number comes last.
    if (count == 0 || Double.isNaN(sorted[count - 1])) {
      return OptionalDouble.empty();
    }
    double median = sorted[count / 2];
    double spread = sorted[count - 1 - count / 4] - sorted[count / 4];
    return median > 0 && spread <= AGREED * median
        ? OptionalDouble.of(median)
        : OptionalDouble.empty();
  }
}
