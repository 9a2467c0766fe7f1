package io.syncanalyzer.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftTest {
  /** Figures are written as {@code 1 2 3}, one that is open as {@code 5+}. */
  @ParameterizedTest(name = "{0} against {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        // Before; after; p; interval; confidence; what is told; runs needed.
        // Too few: no p is small enough, whatever the figures.
        "'1',           '9',             1,        -,    -,    0,        nothing, 4",
        "'1 2',         '8 9',           0.333333, 6,    8,    0.666667, nothing, 4",
        "'1 2 3',       '7 8 9',         0.1,      4,    8,    0.9,      nothing, 4",
        "'1 2 3',       '9',             0.5,      6,    8,    0.5,      nothing, 4",
        "'1 3 5',       '2 6 7',         0.4,      -3,   6,    0.9,      nothing, 17",
        // Enough.
        "'1 2 3 4',     '6 7 8 9',       0.028571, 2,    8,    0.971429, more,    -",
        "'6 7 8 9',     '1 2 3 4',       0.028571, -8,   -2,   0.971429, less,    -",
        "'4 2 1 3',     '9 7 8 6',       0.028571, 2,    8,    0.971429, more,    -",
        "'1 2 3 4 5',   '6 7 8 9 10',    0.007937, 2,    8,    0.968254, more,    -",
        "'1 2 3 5',     '4 7 8 9',       0.057143, -1,   8,    0.971429, nothing, 7",
        "'1 4 5 8',     '2 3 6 7',       1,        -6,   6,    0.971429, nothing, -",
        "'1 2',         '3 4 5 6 7 8 9 10', 0.044444, 1, 9,    0.955556, more,    -",
        // Ties: all choices are counted.
        "'1 1 1',       '2 2 2',         0.1,      1,    1,    0.9,      nothing, 4",
        "'1 1 1 1',     '2 2 2 2',       0.028571, 1,    1,    0.971429, more,    -",
        "'1 1 1 1',     '1 1 1 1',       1,        0,    0,    0.971429, nothing, -",
        "'0 0 0 0',     '0 0 0 1',       1,        0,    1,    0.971429, nothing, 84",
        // Open: no more is told than holds whatever it comes to.
        "'1 2 3 4',     '6 7 8 9+',      0.028571, 2,    -,    0.971429, more,    -",
        "'1 2 3 4',     '6+ 7+ 8+ 9+',   0.028571, 2,    -,    0.971429, more,    -",
        "'6 7 8 9+',    '1 2 3 4',       0.028571, -,    -2,   0.971429, less,    -",
        "'1 2 3 4',     '2+ 6 7 8',      0.142857, -2,   -,    0.971429, nothing, 12",
        "'1 2 3 4+',    '1.5 2.5 3.5 5+', 0.885714, -,   -,    0.971429, nothing, 335",
      })
  void whatIsToldOfSomeRunsAgainstOthers(
      String before,
      String after,
      double p,
      @Nullable Double low,
      @Nullable Double high,
      double confidence,
      String told,
      @Nullable Integer needed) {
    Shift shift = Shift.of(figures(before), figures(after));

    assertThat(shift.p()).isEqualTo(p, within(1e-6));
    assertThat(shift.low()).isEqualTo(low);
    assertThat(shift.high()).isEqualTo(high);
    assertThat(shift.confidence()).isEqualTo(confidence, within(1e-6));
    assertThat(shift.isMore() ? "more" : shift.isLess() ? "less" : "nothing").isEqualTo(told);
    assertThat(shift.runsNeeded())
        .isEqualTo(needed == null ? OptionalInt.empty() : OptionalInt.of(needed));
  }

  /** Hollander, Wolfe and Chicken, table 4.1: permeability at term and at 12 to 26 weeks. */
  @Test
  void aPublishedExampleComesOutAsPublished() {
    Shift shift =
        Shift.of(
            figures("1.15 0.88 0.90 0.74 1.21"),
            figures("0.80 0.83 1.89 1.04 1.45 1.38 1.91 1.64 0.73 1.46"));

    assertThat(shift.p()).isEqualTo(2 * 0.1272, within(1e-3));
    assertThat(shift.low()).isEqualTo(-0.15, within(1e-9));
    assertThat(shift.high()).isEqualTo(0.76, within(1e-9));
    assertThat(shift.confidence()).isEqualTo(0.96, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, false", "2, 2, false", "3, 3, false", "4, 4, true", "1, 38, false", "1, 39, true",
    "39, 1, true", "2, 7, false", "2, 8, true", "3, 4, false", "3, 5, true", "100, 100, true",
  })
  void soManyRunsCanTellADifferenceOrCannot(int before, int after, boolean enough) {
    assertThat(Shift.of(row(before, 0), row(after, 1000)).isEnough()).isEqualTo(enough);
    assertThat(Shift.of(row(before, 0), row(after, 1000)).isMore()).isEqualTo(enough);
    assertThat(Shift.of(row(after, 1000), row(before, 0)).isLess()).isEqualTo(enough);
  }

  @Test
  void manyRunsAreApproximatedWithoutAGap() {
    Shift counted = Shift.of(row(30, 0), row(30, 5));
    Shift approximated = Shift.of(row(31, 0), row(31, 5));
    Shift untied = Shift.of(row(31, 0), row(31, 5.5));

    assertThat(approximated.p()).isEqualTo(counted.p(), within(0.01));
    assertThat(untied.p()).isLessThan(approximated.p());
    assertThat(counted.confidence()).isBetween(0.95, 0.951);
    assertThat(approximated.confidence()).isEqualTo(0.95);
    assertThat(approximated.low()).isEqualTo(counted.low(), within(1.0));
    assertThat(approximated.high()).isEqualTo(counted.high(), within(1.0));
    assertThat(Shift.of(row(31, 0).stream().map(r -> new Between(1, 1)).toList(), row(1, 1)).p())
        .isEqualTo(1);
  }

  @Test
  void noRunsAndNoNumbersAreRefused() {
    assertThatThrownBy(() -> Shift.of(List.of(), row(1, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Between(2, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Between(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Between(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Between> figures(String text) {
    List<Between> figures = new ArrayList<>();
    for (String word : text.strip().split(" ", -1)) {
      boolean open = word.endsWith("+");
      double least = Double.parseDouble(open ? word.substring(0, word.length() - 1) : word);
      figures.add(new Between(least, open ? Double.POSITIVE_INFINITY : least));
    }
    return figures;
  }

  /** So many figures, 1 apart. */
  private static List<Between> row(int runs, double first) {
    List<Between> row = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      row.add(new Between(first + i, first + i));
    }
    return row;
  }
}
