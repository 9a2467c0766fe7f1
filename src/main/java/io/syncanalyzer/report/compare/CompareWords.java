package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.PageCell;
import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.statistics.Shift;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A compared figure in words, for the console and the page. */
final class CompareWords {
  /** Outward, as the lower end by {@link Measure#LOWER}. */
  private static final Measure UPPER = Measure.of("upper", "us");

  private CompareWords() {}

  static String percent(@Nullable Double change) {
    return change == null ? "" : String.format(Locale.ROOT, "%+.1f %%", change);
  }

  static String median(@Nullable Spread spread, ComparedRow row) {
    return spread == null ? "" : spread.words(spread.median(), row.measure());
  }

  /** From the smallest to the largest; empty of one run. */
  static String range(@Nullable Spread spread, ComparedRow row) {
    Measure measure = row.measure();
    return spread == null || spread.runs() < 2 || row.metric().isCapacity()
        ? ""
        : spread.words(spread.min(), measure) + " .. " + spread.words(spread.max(), measure);
  }

  /**
   * What the median difference is between, in the figure's unit, and how sure that is; empty where
   * that is nothing to rely on.
   */
  static String interval(ComparedRow row) {
    Shift shift = row.told();
    if (shift == null || row.hasSingle() || (shift.low() == null && shift.high() == null)) {
      return "";
    }
    return end(shift.low(), Measure.LOWER)
        + " .. "
        + end(shift.high(), UPPER)
        + " "
        + row.metric().unit()
        + ", "
        // Never surer than it is.
        + (int) Math.floor(100 * shift.confidence())
        + " % sure";
  }

  private static String end(@Nullable Double end, Measure measure) {
    return end == null ? "?" : (end > 0 ? "+" : "") + PageCell.of("", end, measure);
  }

  static String word(ComparedRow row) {
    if (row.metric().isCapacity()) {
      return Capacities.verdict(row);
    }
    boolean overlap = Boolean.TRUE.equals(row.overlaps());
    return switch (row.change()) {
      case BETTER -> "better" + (overlap ? ", bounds overlap" : "");
      case WORSE ->
          row.isFound() ? "worse, as found" : "worse" + (overlap ? ", bounds overlap" : "");
      case OVERLAP -> "~ bounds overlap";
      case SAME -> isEqual(row) ? "same" : "same within 5 %";
      case UNDECIDED -> needed(row);
      case NOT_ENOUGH_RUNS -> row.hasSingle() ? "not enough runs" : needed(row);
      case UNKNOWN -> "unknown";
    };
  }

  private static String needed(ComparedRow row) {
    Integer needed = row.runsNeeded();
    return needed == null ? "~" : "~ " + Numbers.words((long) needed) + " runs needed";
  }

  private static boolean isEqual(ComparedRow row) {
    Double change = row.changePercent();
    return change == null || change == 0;
  }
}
