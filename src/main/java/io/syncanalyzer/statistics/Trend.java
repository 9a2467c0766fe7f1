package io.syncanalyzer.statistics;

import java.util.Optional;

/**
 * How fast a series grows, and between which limits that lies: the Theil–Sen slope of its points
 * with limits by a moving-block bootstrap ({@link BlockBootstrap}).
 *
 * <p>How sure the limits are is nominal: of so few points, the more alike neighbours are the more
 * seldom they hold the true slope. Nominal 95 % held it in this share of 2,000 series each (in
 * brackets that of series where it was not above the upper limit, nominally 97.5 %):
 *
 * <table>
 *   <caption>Share of series by the correlation of neighbours</caption>
 *   <tr><th>correlation</th><th>8 points</th><th>15</th><th>30</th><th>45</th></tr>
 *   <tr><td>0</td><td>0.937 (0.967)</td><td>0.945 (0.974)</td>
 *       <td>0.935 (0.968)</td><td>0.940 (0.969)</td></tr>
 *   <tr><td>0.5</td><td>0.889 (0.943)</td><td>0.910 (0.956)</td>
 *       <td>0.941 (0.969)</td><td>0.937 (0.963)</td></tr>
 *   <tr><td>0.8</td><td>0.843 (0.926)</td><td>0.865 (0.934)</td>
 *       <td>0.912 (0.953)</td><td>0.923 (0.958)</td></tr>
 * </table>
 *
 * @param perSecond the growth, in the values' unit a second
 * @param low the lower limit, in the same unit
 * @param high the upper limit, in the same unit
 * @param points of how many points it was found
 * @param blockLength how many points a block of the bootstrap had
 */
public record Trend(double perSecond, double low, double high, int points, int blockLength) {
  /**
   * How sure the two limits nominally are together, where nothing else is asked for; see above for
   * how often they held.
   */
  public static final double CONFIDENCE = 0.95;

  /**
   * How many different moments it takes. The correlation of neighbours is corrected by a division
   * by n − 4, so that below eight its error is as large as what it may be, and a series of so few
   * seconds shows nothing of how it goes up and down.
   */
  public static final int FEWEST_POINTS = 8;

  /** So many that another seed moves the limits by some 3 % of their distance. */
  private static final int RESAMPLES = 1_000;

  /** Beyond any measurement, and differences of two do not overflow. */
  private static final double LARGEST = 1e300;

  /** With limits that hold the true growth in nominal 95 % of cases, each in nominal 97.5 %. */
  public static Optional<Trend> of(double[] seconds, double[] values, long seed) {
    return of(seconds, values, CONFIDENCE, seed);
  }

  /**
   * The growth of these points.
   *
   * @param seconds when each was measured, in order; they need not be equally far apart, and of two
   *     at one moment no slope is taken
   * @param values what was measured
   * @param confidence how sure the two limits nominally are together, above 0 and below 1
   * @param seed of what is drawn at random: the same seed gives the same answer
   * @return empty where there are fewer than {@link #FEWEST_POINTS} different moments
   * @throws IllegalArgumentException where a number is none, or moments go back
   */
  public static Optional<Trend> of(
      double[] seconds, double[] values, double confidence, long seed) {
    return of(seconds, values, confidence, seed, RESAMPLES);
  }

  static Optional<Trend> of(
      double[] seconds, double[] values, double confidence, long seed, int resamples) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("A confidence lies between 0 and 1: " + confidence);
    }
    if (moments(seconds, values) < FEWEST_POINTS) {
      return Optional.empty();
    }
    TheilSen line = new TheilSen(seconds);
    double slope = line.slope(values);
    BlockBootstrap bootstrap = new BlockBootstrap(line, line.residuals(values, slope), seed);
    double[] errors = bootstrap.errors(resamples, (1 - confidence) / 2, (1 + confidence) / 2);
    // What was found is off the truth as a resample is off what was found: the basic interval.
    return Optional.of(
        new Trend(
            slope, slope - errors[1], slope - errors[0], seconds.length, bootstrap.blockLength()));
  }

  /** How many different moments there are. */
  private static int moments(double[] seconds, double[] values) {
    if (seconds.length != values.length) {
      throw new IllegalArgumentException(
          seconds.length + " moments, and " + values.length + " values");
    }
    int different = 0;
    for (int i = 0; i < seconds.length; i++) {
      // Written so that NaN is refused.
      if (!(Math.abs(seconds[i]) <= LARGEST && Math.abs(values[i]) <= LARGEST)) {
        throw new IllegalArgumentException(
            "Not a point of a series: " + values[i] + " at " + seconds[i] + " s");
      }
      if (i > 0 && seconds[i] < seconds[i - 1]) {
        throw new IllegalArgumentException(
            "A moment before the one before it: " + seconds[i] + " s");
      }
      if (i == 0 || seconds[i] > seconds[i - 1]) {
        different++;
      }
    }
    return different;
  }
}
