package io.syncanalyzer.statistics;

import org.apache.commons.statistics.descriptive.Median;

/**
 * The line through points whose slope is the median of the slopes of all pairs of them: up to 29 %
 * of the points may be wild without carrying it away.
 *
 * <p>H. Theil, "A rank-invariant method of linear and polynomial regression analysis", Proceedings
 * of the Royal Netherlands Academy of Sciences 53 (1950), 386–392, 521–525 and 1397–1412; P. K.
 * Sen, "Estimates of the regression coefficient based on Kendall's tau", Journal of the American
 * Statistical Association 63 (1968), 1379–1389, who leaves out pairs at one moment. Medians are
 * those of Apache Commons Statistics.
 *
 * <p>Made for one set of moments, as a bootstrap asks again and again; it keeps the room for the
 * slopes, so it is for one thread.
 */
final class TheilSen {
  private static final Median MEDIAN = Median.withDefaults().withCopy(false);

  private final double[] seconds;
  private final double[] slopes;

  /**
   * @param seconds the moments, in order, of which at least two differ
   */
  TheilSen(double[] seconds) {
    this.seconds = seconds.clone();
    this.slopes = new double[seconds.length * (seconds.length - 1) / 2];
  }

  /** How many points there are. */
  int points() {
    return seconds.length;
  }

  /** When the {@code i}th point was measured. */
  double second(int i) {
    return seconds[i];
  }

  /** The median of the slopes of all pairs of points. */
  double slope(double[] values) {
    int pairs = 0;
    for (int i = 0; i < seconds.length; i++) {
      for (int j = i + 1; j < seconds.length; j++) {
        double apart = seconds[j] - seconds[i];
        if (apart > 0) {
          slopes[pairs++] = (values[j] - values[i]) / apart;
        }
      }
    }
    return MEDIAN.evaluateRange(slopes, 0, pairs);
  }

  /** How far each value lies above the line of that slope through the middle of the points. */
  double[] residuals(double[] values, double slope) {
    double[] above = new double[values.length];
    for (int i = 0; i < above.length; i++) {
      // From the first moment on: a slope times a large offset would lose digits.
      above[i] = values[i] - slope * (seconds[i] - seconds[0]);
    }
    double middle = MEDIAN.evaluate(above.clone());
    for (int i = 0; i < above.length; i++) {
      above[i] -= middle;
    }
    return above;
  }
}
