package io.syncanalyzer.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the interval holds a difference that is known, and how often one is told that is none:
 * groups of runs are drawn, with seeds that are fixed. Both are promised whatever the figures'
 * distribution; where figures are rounded, so that there are ties, the interval may hold it more
 * often.
 */
class ShiftCoverageTest {
  private static final int DRAWS = 4_000;

  private static final double TRUTH = 3;

  @ParameterizedTest(name = "{0} against {1} runs, {2}: {3} promised")
  @CsvSource({
    // Before, after, how figures are distributed, the confidence, how often no difference is told.
    "2, 2, NORMAL, 0.6667, 0",
    "3, 3, NORMAL, 0.9, 0",
    "3, 3, ROUNDED, 0.9, 0",
    "4, 4, NORMAL, 0.9714, 0.0286",
    "4, 4, SKEWED, 0.9714, 0.0286",
    "4, 4, WILD, 0.9714, 0.0286",
    "4, 4, ROUNDED, 0.9714, 0.0286",
    "5, 5, NORMAL, 0.9683, 0.0317",
    "3, 8, SKEWED, 0.9515, 0.0485",
    "10, 10, NORMAL, 0.9567, 0.0433",
    "10, 10, WILD, 0.9567, 0.0433",
    "40, 40, NORMAL, 0.95, 0.05",
    "40, 40, SKEWED, 0.95, 0.05",
    "40, 40, ROUNDED, 0.95, 0.05",
  })
  void theIntervalHoldsTheTruthAsOftenAsItSays(
      int before, int after, Kind kind, double confidence, double falselyTold) {
    int held = 0;
    int told = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      Random random = new Random(draw * 1_000_003L + before * 31L + after);
      List<Between> one = draw(random, before, kind, 0);
      Shift shift = Shift.of(one, draw(random, after, kind, TRUTH));
      held += shift.low() != null && shift.low() <= TRUTH && TRUTH <= high(shift) ? 1 : 0;
      Shift none = Shift.of(one, draw(random, after, kind, 0));
      told += none.isMore() || none.isLess() ? 1 : 0;
    }
    double share = held / (double) DRAWS;
    double wrong = told / (double) DRAWS;
    System.out.printf(
        Locale.ROOT,
        "%d against %d, %s: held by %.3f of %.3f, told where there is none %.3f of %.3f%n",
        before,
        after,
        kind,
        share,
        confidence,
        wrong,
        falselyTold);

    assertThat(share).isGreaterThanOrEqualTo(confidence - noise(confidence));
    if (kind != Kind.ROUNDED) {
      assertThat(share).isLessThanOrEqualTo(confidence + noise(confidence));
    }
    assertThat(wrong).isLessThanOrEqualTo(falselyTold + noise(falselyTold));
  }

  /** The estimate is made for four of five; where runs are many it is told that often. */
  @ParameterizedTest(name = "a difference of {0} deviations, {1} runs: told by {2}")
  @CsvSource({
    // The difference, how many runs are needed by its superiority, how often that was told.
    "1, 20, 0.82",
    "0.7, 37, 0.80",
  })
  void asManyRunsAsAreNeededTellADifferenceInFourOfFiveCases(
      double deviations, int needed, double measured) {
    double superiority = 0.5 + (deviations == 1 ? 0.26025 : 0.18970);
    assertThat(RunsNeeded.toTell(5, 5, superiority, true)).hasValue(needed);
    int told = 0;
    for (int draw = 0; draw < 1_000; draw++) {
      Random random = new Random(draw);
      told +=
          Shift.of(
                      draw(random, needed, Kind.NORMAL, 0),
                      draw(random, needed, Kind.NORMAL, deviations))
                  .isMore()
              ? 1
              : 0;
    }
    assertThat(told / 1_000.0).isBetween(measured - 0.03, measured + 0.03);
  }

  private static double high(Shift shift) {
    return shift.high() == null ? Double.NaN : shift.high();
  }

  /** Three standard errors of a share of so many draws. */
  private static double noise(double share) {
    return 3 * Math.sqrt(share * (1 - share) / DRAWS);
  }

  private static List<Between> draw(Random random, int runs, Kind kind, double shift) {
    List<Between> figures = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      double figure = kind.draw(random) + shift;
      figures.add(new Between(figure, figure));
    }
    return figures;
  }

  /** How figures are distributed. */
  private enum Kind {
    NORMAL,
    /** Exponential. */
    SKEWED,
    /** Of Cauchy, which has no mean. */
    WILD,
    /** Whole numbers, with ties. */
    ROUNDED;

    private double draw(Random random) {
      return switch (this) {
        case NORMAL -> random.nextGaussian();
        case SKEWED -> -Math.log(1 - random.nextDouble());
        case WILD -> Math.tan(Math.PI * (random.nextDouble() - 0.5));
        case ROUNDED -> Math.rint(2 * random.nextGaussian());
      };
    }
  }
}
