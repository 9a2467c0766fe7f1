package io.syncanalyzer.statistics;

import java.util.SplittableRandom;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * How far a slope may be off, by what the slopes of series are off that might have been seen in the
 * place of the one that was: a moving-block bootstrap of what is random about it.
 *
 * <p><b>What is resampled.</b> Not the points: blocks of points put together anew lose the trend
 * whose limits are sought, and pairs of moment and value drawn at random lose that neighbours are
 * alike. Residuals around the line are resampled and laid over the line again, so that every
 * resample has the true slope and the same moments. They come in blocks of neighbours (H. R.
 * Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of
 * Statistics 17 (1989), 1217–1241), taken from a circle so that each is as likely (D. N. Politis
 * and J. P. Romano, "A circular block-resampling procedure for stationary data", 1992).
 *
 * <p><b>Post-blackened.</b> A trial is 15 to 45 s, and blocks of three or four seconds break off a
 * correlation that lasts for ten: around a correlation of 0.8 plain blocks gave "95 %" limits that
 * held the truth in 52 % of series of 15 points and 62 % of 45. So the residuals' first-order
 * correlation is taken out before and put in again afterwards, and blocks keep what it does not
 * describe (A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997,
 * section 8.2). Each resample has a correlation of its own, drawn from what it may be ({@link
 * Innovations}): the few points do not tell it well, and limits that take it for known are too
 * narrow.
 *
 * <p><b>Block length.</b> ⌈n<sup>1/3</sup>⌉, the order that makes the error of a variance least (P.
 * Hall, J. L. Horowitz and B.-Y. Jing, "On blocking rules for the bootstrap with dependent data",
 * Biometrika 82 (1995), 561–574): three for 15 points, four for 30 and 45. A length chosen from the
 * data as by Politis and White needs more points than there are to be better than this order, the
 * more so as most of the correlation is gone.
 *
 * <p><b>Size.</b> Residuals are smaller than what is random, and blocks of them vary less still, as
 * what they add up to around the circle is nothing; and limits of few points must be those of
 * Student's t: all of it is made good by a factor, {@link #widening}.
 *
 * <p><b>What is left.</b> Limits are nominal 95 %: they held the truth in 0.945 of series of 15
 * points, 0.935 of 30 and 0.940 of 45 where the correlation was 0, in 0.910, 0.941 and 0.937 where
 * it was 0.5, in 0.865, 0.912 and 0.923 where it was 0.8, of 2,000 series each ({@link Trend} has
 * more).
 */
final class BlockBootstrap {
  private static final Quantile QUANTILE = Quantile.withDefaults().withCopy(false);

  private final TheilSen line;
  private final Innovations innovations;
  private final int blockLength;
  private final SplittableRandom random;

  /**
   * @param line finds slopes at the series' moments
   * @param residuals how far its points lie above the line that was found
   * @param seed of what is drawn
   */
  BlockBootstrap(TheilSen line, double[] residuals, long seed) {
    this.line = line;
    this.innovations = new Innovations(residuals);
    this.blockLength = (int) Math.ceil(Math.cbrt(residuals.length));
    this.random = new SplittableRandom(seed);
  }

  int blockLength() {
    return blockLength;
  }

  /**
   * How far resamples' slopes are off at these two shares of them.
   *
   * @param resamples how many are drawn
   * @return two distances, signed, the lower share's first
   */
  double[] errors(int resamples, double lowerShare, double upperShare) {
    double factor = innovations.scale() * widening();
    if (factor == 0) {
      return new double[2];
    }
    double[] slopes = new double[resamples];
    double[] resample = new double[line.points()];
    for (int i = 0; i < resamples; i++) {
      draw(resample);
      slopes[i] = line.slope(resample) * factor;
    }
    return QUANTILE.evaluate(slopes, lowerShare, upperShare);
  }

  /** One series of what is random, as it might have been. */
  private void draw(double[] resample) {
    int next = 0;
    for (int i = 0; i < resample.length; i++) {
      if (i % blockLength == 0) {
        next = random.nextInt(innovations.count());
      }
      resample[i] = innovations.part(next);
      next = next + 1 == innovations.count() ? 0 : next + 1;
    }
    double correlation = innovations.correlation(random.nextGaussian());
    // The first one has had time to be as large as any.
    resample[0] /= Math.sqrt(1 - correlation * correlation);
    for (int i = 1; i < resample.length; i++) {
      resample[i] += correlation * resample[i - 1];
    }
  }

  /**
   * By what resamples are to be multiplied for their slopes to vary as those of independent
   * innovations do, where innovations are independent.
   *
   * <p>Of n residuals around a least-squares line, two directions are lost: neighbours at a
   * distance k around the circle, which should have nothing in common, then have on average −(1 +
   * Σx<sub>i</sub>x<sub>i+k</sub>/Σx²)/n of the variance, and each has (n − 2)/n of it. The
   * variance of a resample's slope is the sum over pairs in one block, each with its weights in the
   * slope. The correlation, which was found too, takes one more degree of freedom.
   *
   * <p>That the variance itself is found from few points makes Student's t of a normal variable:
   * near two standard errors it is larger by (z² + 1)/4ν, about 5/4ν, of ν degrees of freedom.
   */
  private double widening() {
    int points = line.points();
    double[] weights = new double[points];
    double mean = 0;
    for (int i = 0; i < points; i++) {
      mean += line.second(i) / points;
    }
    double squares = 0;
    for (int i = 0; i < points; i++) {
      weights[i] = line.second(i) - mean;
      squares += weights[i] * weights[i];
    }
    double[] shared = new double[blockLength];
    for (int k = 0; k < blockLength; k++) {
      double products = 0;
      for (int i = 0; i < points; i++) {
        products += weights[i] * weights[(i + k) % points];
      }
      shared[k] = ((k == 0 ? points : 0) - 1 - products / squares) / points;
    }
    double variance = 0;
    for (int i = 0; i < points; i++) {
      for (int j = i - i % blockLength;
          j < Math.min(i - i % blockLength + blockLength, points);
          j++) {
        variance += weights[i] * weights[j] / squares * shared[Math.abs(i - j)];
      }
    }
    double freedom = points - 3.0;
    return Math.sqrt((points - 2.0) / freedom / variance) * (1 + 1.25 / freedom);
  }
}
