package io.syncanalyzer.result.figure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a figure becomes the text of a CSV cell, which no locale reads as another number.
 *
 * <p>Where a comma is the decimal sign, a point groups thousands: a spreadsheet takes {@code
 * 113.023} for 113,023 and says nothing. So microseconds, bytes and rates of a hundred a second and
 * more are whole numbers, and no other figure has exactly three decimals: it gets a fourth. Bounds
 * are rounded outward so that they still hold: lower ones down, upper ones and largest figures up.
 *
 * <p>Which of this applies is told by the figure's name and unit, so that a new column cannot miss
 * it.
 *
 * @param scale how many decimals at most
 * @param rounding which way
 * @param rate whether it is whole from {@link #WHOLE_RATE} on
 */
public record Measure(int scale, RoundingMode rounding, boolean rate) {
  /** From here on a rate loses less than half a percent by being whole. */
  private static final BigDecimal WHOLE_RATE = BigDecimal.valueOf(100);

  private static final int DECIMALS = 6;

  /** As many decimals as no group of thousands has. */
  private static final int THREE = 3;

  private static final Pattern FIGURE = Pattern.compile("(>= )?(-?\\d+(?:\\.\\d+)?)");

  /** The unit that the end of a column's name tells, longest first. */
  private static final Map<String, String> SUFFIXES =
      Map.of("_per_s", "1/s", "_us", "us", "_ms", "ms", "_s", "s", "_bytes", "bytes");

  /** What is certain at least. */
  public static final Measure LOWER = of("lower", "us");

  /** The measure of a column, whose name tells the unit. */
  public static Measure ofColumn(String name) {
    return of(
        name,
        SUFFIXES.keySet().stream()
            .filter(name::endsWith)
            .max(java.util.Comparator.comparingInt(String::length))
            .map(SUFFIXES::get)
            .orElse(""));
  }

  /** The measure of a figure by its name and unit. */
  public static Measure of(String name, String unit) {
    List<String> words = Arrays.asList(name.split("_", -1));
    RoundingMode rounding =
        words.contains("lower")
            ? RoundingMode.FLOOR
            : words.contains("upper") || words.contains("intended") || words.contains("max")
                ? RoundingMode.CEILING
                : RoundingMode.HALF_EVEN;
    return switch (unit) {
      case "us", "ns", "bytes" -> new Measure(0, rounding, false);
      case "1/s", "KiB/s" -> new Measure(DECIMALS, RoundingMode.HALF_EVEN, true);
      default -> new Measure(DECIMALS, rounding, false);
    };
  }

  /** Whether a column's name tells that it holds figures. */
  public static boolean isTold(String column) {
    return SUFFIXES.keySet().stream().anyMatch(column::endsWith);
  }

  /** The figure with a decimal point, no grouping and no exponent. */
  public String text(BigDecimal value) {
    return text(value, rounding);
  }

  /**
   * The text of a figure; every other text is left as it is. Files of earlier versions have {@code
   * >= } before the least that was known: it is rounded down, as it still is that then.
   */
  public String text(String figure) {
    Matcher matcher = FIGURE.matcher(figure);
    if (!matcher.matches()) {
      return figure;
    }
    BigDecimal value = new BigDecimal(matcher.group(2));
    return matcher.group(1) == null ? text(value) : ">= " + text(value, RoundingMode.FLOOR);
  }

  private String text(BigDecimal value, RoundingMode way) {
    int decimals = rate && value.abs().compareTo(WHOLE_RATE) >= 0 ? 0 : scale;
    BigDecimal rounded = value.setScale(decimals, way).stripTrailingZeros();
    int needed = rounded.scale() == THREE ? THREE + 1 : Math.max(0, rounded.scale());
    return rounded.setScale(needed).toPlainString();
  }

  /** Whether a text is a figure, {@code >= } before it or not. */
  public static boolean isFigure(String text) {
    return FIGURE.matcher(text).matches();
  }
}
