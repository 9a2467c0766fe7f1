package io.syncanalyzer.statistics;

/**
 * What is new in each second of a series: residuals around its line, freed from what they take over
 * from the second before. The residuals are taken for a first-order autoregression, r<sub>i</sub> =
 * φ r<sub>i−1</sub> + e<sub>i</sub>; what it does not describe is left in the innovations e, whose
 * blocks are resampled.
 *
 * <p>The correlation φ is found too low around a fitted line, by (2 + 4φ)/n on average (N. P. A.
 * van Giersbergen, "On the effect of deterministic terms on the bias in stable AR models",
 * Economics Letters 89 (2005), 75–82): of 15 points, 0.5 comes out as 0.23. That is corrected, and
 * what is left, a standard error of √((1 − φ²)/n), goes into the bootstrap.
 */
final class Innovations {
  /** More cannot be told from a trend in a series of some tens of points. */
  private static final double MOST = 0.95;

  private final double scale;
  private final double correlation;
  private final double error;
  private final double[] innovations;

  /**
   * @param residuals how far the points lie above their line, five at the least
   */
  Innovations(double[] residuals) {
    int points = residuals.length;
    this.scale = largest(residuals);
    double[] centred = centred(residuals, scale);
    double found = points * neighbours(centred) / (points - 1);
    double corrected = Math.min((points * found + 2) / (points - 4), MOST);
    this.correlation = corrected;
    this.error = Math.sqrt((1 - Math.min(corrected * corrected, 0.81)) / points);
    this.innovations = innovations(centred, possible(corrected));
  }

  /** The largest distance from the line, 0 where every point lies on it. */
  private static double largest(double[] residuals) {
    double largest = 0;
    for (double residual : residuals) {
      largest = Math.max(largest, Math.abs(residual));
    }
    return largest;
  }

  /** As parts of the largest, so that squares do not overflow, and with a mean of 0. */
  private static double[] centred(double[] residuals, double scale) {
    double[] parts = new double[residuals.length];
    double mean = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = scale == 0 ? 0 : residuals[i] / scale;
      mean += parts[i] / parts.length;
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] -= mean;
    }
    return parts;
  }

  /** How much of each is in the next one: the share of the squares that neighbours have. */
  private static double neighbours(double[] centred) {
    double squares = centred[0] * centred[0];
    double products = 0;
    for (int i = 1; i < centred.length; i++) {
      squares += centred[i] * centred[i];
      products += centred[i] * centred[i - 1];
    }
    return squares == 0 ? 0 : products / squares;
  }

  private static double[] innovations(double[] centred, double correlation) {
    double[] fresh = new double[centred.length - 1];
    double mean = 0;
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] = centred[i + 1] - correlation * centred[i];
      mean += fresh[i] / fresh.length;
    }
    for (int i = 0; i < fresh.length; i++) {
      fresh[i] -= mean;
    }
    return fresh;
  }

  /**
   * A correlation as a series might have it: one that swings from second to second is taken for
   * none, which makes limits wider.
   */
  private static double possible(double correlation) {
    return Math.max(0, Math.min(correlation, MOST));
  }

  /** How many there are, one less than points. */
  int count() {
    return innovations.length;
  }

  /** The {@code i}th, as part of {@link #scale}. */
  double part(int i) {
    return innovations[i];
  }

  /** What parts are multiplied by; 0 where every point lies on the line. */
  double scale() {
    return scale;
  }

  /**
   * The correlation as it might be.
   *
   * @param normal a number drawn from the standard normal distribution
   */
  double correlation(double normal) {
    return possible(correlation + error * normal);
  }
}
