package io.syncanalyzer.result.figure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a run, a row of {@code summary.csv}.
 *
 * @param phase {@code run}, {@code preflight}, {@code load}, {@code insert}, {@code lag}, {@code
 *     capacity}, {@code drain} or {@code verify}
 * @param metric its name, in small letters and underscores
 * @param value a number in {@link Numbers#plain} form, a lag bound, or a word
 * @param unit {@code s}, {@code ms}, {@code us}, {@code 1/s}, {@code keys}, {@code bytes} …; empty
 *     for a word
 */
public record Figure(String phase, String metric, String value, String unit) {
  public Figure {
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(metric, "metric is null");
    Objects.requireNonNull(value, "value is null");
    Objects.requireNonNull(unit, "unit is null");
  }

  /** A figure that is a number. */
  public static Figure of(String phase, String metric, double value, String unit) {
    return new Figure(phase, metric, Numbers.plain(value), unit);
  }

  /** A figure that is a whole number. */
  public static Figure of(String phase, String metric, long value, String unit) {
    return new Figure(phase, metric, Long.toString(value), unit);
  }

  /** A figure that is a word. */
  public static Figure word(String phase, String metric, String value) {
    return new Figure(phase, metric, value, "");
  }

  /** How its value is written in a CSV file; null for a word. */
  @Nullable
  public Measure measure() {
    return unit.isEmpty() ? null : Measure.of(metric, unit);
  }
}
