package io.syncanalyzer.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the limits that nominally hold the true slope in 95 % of cases do: series are made with
 * a slope that is known, and noise whose neighbours have a correlation. With seeds that are fixed.
 *
 * <p>The first figure of each case is the share of series whose limits held it, the second, on
 * which it depends whether a rate counts as sustained, that of those where it was at or below the
 * upper limit (nominally 97.5 %). Both were measured with {@code SERIES = 2_000} and {@code
 * RESAMPLES = 1_000}, as {@link Trend} has them; fewer series are held to those less their noise.
 */
class TrendCoverageTest {
  private static final int SERIES = 200;

  /** A fifth of what is drawn otherwise, which costs less than a hundredth of the coverage. */
  private static final int RESAMPLES = 200;

  private static final double SLOPE = 2;

  @ParameterizedTest(name = "{0} points, correlation {1}: held by {2}, not above {3}")
  @CsvSource({
    "8,0,0.937,0.967", "8,0.5,0.889,0.943", "8,0.8,0.843,0.926",
    "15,0,0.945,0.974", "15,0.5,0.910,0.956", "15,0.8,0.865,0.934",
    "30,0,0.935,0.968", "30,0.5,0.941,0.969", "30,0.8,0.912,0.953",
    "45,0,0.940,0.969", "45,0.5,0.937,0.963", "45,0.8,0.923,0.958",
  })
  void theLimitsHoldTheTruthAsOftenAsWasMeasured(
      int points, double correlation, double measured, double measuredHigh) {
    double[] seconds = new double[points];
    for (int i = 0; i < points; i++) {
      seconds[i] = i + 0.5;
    }
    int held = 0;
    int notAbove = 0;
    for (int series = 0; series < SERIES; series++) {
      double[] values = series(points, correlation, series);
      Trend trend = Trend.of(seconds, values, Trend.CONFIDENCE, series, RESAMPLES).orElseThrow();
      held += trend.low() <= SLOPE && SLOPE <= trend.high() ? 1 : 0;
      notAbove += SLOPE <= trend.high() ? 1 : 0;
    }
    System.out.printf(
        Locale.ROOT,
        "%d points, correlation %.1f: held by %.3f, truth not above the upper limit in %.3f%n",
        points,
        correlation,
        held / (double) SERIES,
        notAbove / (double) SERIES);

    assertThat(held / (double) SERIES).isBetween(lessNoise(measured), 0.99);
    assertThat(notAbove / (double) SERIES).isGreaterThanOrEqualTo(lessNoise(measuredHigh));
  }

  /** Two standard errors of a share of so many series. */
  private static double lessNoise(double share) {
    return share - 2 * Math.sqrt(share * (1 - share) / SERIES);
  }

  private static double[] series(int points, double correlation, long seed) {
    Random random = new Random(seed * 1_000_003 + points);
    double[] values = new double[points];
    double noise = random.nextGaussian() / Math.sqrt(1 - correlation * correlation);
    for (int i = 0; i < points; i++) {
      values[i] = SLOPE * i + noise;
      noise = correlation * noise + random.nextGaussian();
    }
    return values;
  }
}
