package io.syncanalyzer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {
  private static final double[] QUARTER_MINUTE = at(15, i -> i + 0.5);

  private static double[] at(int points, IntToDoubleFunction value) {
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = value.applyAsDouble(i);
    }
    return values;
  }

  private static double[] noisy(int points, double slope, long seed) {
    Random random = new Random(seed);
    return at(points, i -> slope * i + random.nextGaussian());
  }

  private static Trend trend(double[] seconds, double[] values) {
    return Trend.of(seconds, values, 1).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 3, -0.25, 1e-9, 1e15})
  void aLineHasItsSlopeAndNoWidth(double slope) {
    Trend trend = trend(QUARTER_MINUTE, at(15, i -> 7 + slope * i));

    assertThat(trend.perSecond()).isCloseTo(slope, within(1e-12 * Math.max(1, Math.abs(slope))));
    assertThat(trend.high() - trend.low())
        .isCloseTo(0, within(1e-12 * Math.max(1, Math.abs(slope))));
    assertThat(trend.points()).isEqualTo(15);
    assertThat(trend.blockLength()).isEqualTo(3);
  }

  @Test
  void whatStandsStillHasLimitsOfExactlyZero() {
    assertThat(trend(QUARTER_MINUTE, at(15, i -> 210_000))).isEqualTo(new Trend(0, 0, 0, 15, 3));
  }

  @Test
  void aKnownSlopeLiesBetweenItsLimitsAndZeroBelowThem() {
    Trend trend = trend(at(30, i -> i), noisy(30, 1, 4));

    assertThat(trend.perSecond()).isCloseTo(1, within(0.1));
    assertThat(trend.low()).isBetween(0.8, 1.0);
    assertThat(trend.high()).isBetween(1.0, 1.2);
  }

  @Test
  void noiseAloneHasZeroBetweenItsLimits() {
    Trend trend = trend(at(30, i -> i), noisy(30, 0, 4));

    assertThat(trend.low()).isNegative();
    assertThat(trend.high()).isPositive();
  }

  @Test
  void unequalDistancesAndTiesAreOfTheSameLine() {
    double[] seconds = {0, 0, 1, 1.5, 1.5, 4, 9, 9, 10, 20, 21};
    double[] values = new double[seconds.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = 5 - 2 * seconds[i];
    }
    values[1] += 1;

    Trend trend = trend(seconds, values);

    assertThat(trend.perSecond()).isEqualTo(-2);
    assertThat(trend.low()).isLessThanOrEqualTo(-2);
    assertThat(trend.high()).isGreaterThanOrEqualTo(-2);
  }

  @Test
  void twoWildSecondsDoNotCarryTheLineAway() {
    double[] values = noisy(15, 0.5, 9);
    values[3] = 1e6;
    values[13] = 1e7;

    assertThat(trend(QUARTER_MINUTE, values).perSecond()).isCloseTo(0.5, within(0.3));
  }

  @Test
  void aStepIsNoSureGrowth() {
    Random random = new Random(6);

    Trend trend = trend(QUARTER_MINUTE, at(15, i -> (i < 8 ? 100 : 110) + random.nextGaussian()));

    assertThat(trend.low()).isNegative();
    assertThat(trend.high()).isGreaterThan(1);
  }

  @Test
  void neighboursThatAreAlikeMakeItLessSure() {
    Random random = new Random(3);
    double[] last = {0};
    double[] alike = at(30, i -> last[0] = 0.8 * last[0] + 0.6 * random.nextGaussian());
    double[] alone = noisy(30, 0, 3);

    Trend of = trend(at(30, i -> i), alike);
    Trend other = trend(at(30, i -> i), alone);

    assertThat(of.high() - of.low()).isGreaterThan(1.5 * (other.high() - other.low()));
  }

  @Test
  void moreConfidenceIsAWiderIntervalAndTheSameSlope() {
    double[] values = noisy(15, 1, 2);

    Trend half = Trend.of(QUARTER_MINUTE, values, 0.5, 1).orElseThrow();
    Trend most = Trend.of(QUARTER_MINUTE, values, 0.99, 1).orElseThrow();

    assertThat(half.perSecond()).isEqualTo(most.perSecond());
    assertThat(most.low()).isLessThan(half.low());
    assertThat(most.high()).isGreaterThan(half.high());
  }

  @Test
  void theSameSeedGivesTheSameAnswerAndAnotherNearlyTheSame() {
    double[] values = noisy(15, 1, 2);

    Trend trend = Trend.of(QUARTER_MINUTE, values, 42).orElseThrow();

    assertThat(Trend.of(QUARTER_MINUTE, values, 42)).hasValue(trend);
    Trend other = Trend.of(QUARTER_MINUTE, values, 43).orElseThrow();
    assertThat(other.low()).isNotEqualTo(trend.low()).isCloseTo(trend.low(), within(0.1));
    assertThat(other.perSecond()).isEqualTo(trend.perSecond());
  }

  @Test
  void hugeValuesAreScaledOnly() {
    double[] values = noisy(15, 1, 2);
    Trend trend = trend(QUARTER_MINUTE, values);

    Trend huge = trend(QUARTER_MINUTE, at(15, i -> values[i] * 1e298));

    assertThat(huge.perSecond()).isCloseTo(trend.perSecond() * 1e298, within(1e287));
    assertThat(huge.low()).isCloseTo(trend.low() * 1e298, within(1e287));
    assertThat(huge.high()).isCloseTo(trend.high() * 1e298, within(1e287));
  }

  @Test
  void aLargeOffsetChangesNothing() {
    double[] values = noisy(15, 1, 2);

    Trend far = trend(at(15, i -> 1e9 + i), at(15, i -> 1e9 + values[i]));

    assertThat(far.low()).isCloseTo(trend(QUARTER_MINUTE, values).low(), within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7})
  void fewerThanEightMomentsAreTooFew(int points) {
    assertThat(Trend.of(at(points, i -> i), at(points, i -> i), 1)).isEmpty();
  }

  @Test
  void eightPointsAtSevenMomentsAreTooFewAndAtEightEnough() {
    assertThat(Trend.of(at(8, i -> Math.max(1, i)), at(8, i -> i), 1)).isEmpty();
    assertThat(Trend.of(at(8, i -> i), at(8, i -> i), 1)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e301})
  void whatIsNoMeasurementIsRefused(double value) {
    double[] with = at(15, i -> i == 7 ? value : i);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(QUARTER_MINUTE, with, 1))
        .withMessage("Not a point of a series: %s at 7.5 s", value);
    assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(with, QUARTER_MINUTE, 1));
  }

  @Test
  void momentsThatGoBackAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(new double[] {0, 2, 1}, new double[3], 1))
        .withMessage("A moment before the one before it: 1.0 s");
  }

  @Test
  void asManyValuesAsMoments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(new double[2], new double[3], 1))
        .withMessage("2 moments, and 3 values");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
  void aConfidenceLiesBetweenZeroAndOne(double confidence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(QUARTER_MINUTE, QUARTER_MINUTE, confidence, 1));
  }

  @Test
  void twoHundredPointsAreNoWork() {
    // Some 20,000 slopes in each of 1,000 resamples: that it ends is what is looked at.
    Trend trend = trend(at(200, i -> i), noisy(200, 0.01, 8));

    assertThat(trend.low()).isLessThan(0.01);
    assertThat(trend.high()).isGreaterThan(0.01);
    assertThat(trend.blockLength()).isEqualTo(6);
  }
}
