package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.figure.Reading;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Capacities side by side. What a replica sustains is an interval from the highest rate proven to
 * the lowest refuted, and no number within it counts more than another: only where two intervals
 * have no rate in common is one the higher. Of repeated runs it is the interval that holds all of
 * theirs. A bound by fewer trials than were asked for, of a search without an answer, counts as
 * none.
 */
final class Capacities {
  static final String PHASE = "capacity";

  /** The interval; of several replicas what all of them sustain. */
  static final Metric METRIC =
      new Metric(PHASE, "sustained", "1/s", true, true, Capacities::reading);

  private Capacities() {}

  private static @Nullable Reading reading(RunReport run) {
    CapacityReport capacity = run.capacity();
    CapacityInterval one = capacity == null ? null : capacity.together();
    if (capacity == null || one == null) {
      return null;
    }
    int enough = capacity.answer(one) == null ? capacity.question().trials() : 1;
    Long proven = one.provenTrials() < enough ? null : one.provenPerS();
    Long refuted = one.refutedTrials() < enough ? null : one.refutedPerS();
    return proven == null && refuted == null
        ? null
        : new Reading(
            proven == null ? 0 : proven, refuted == null ? Double.POSITIVE_INFINITY : refuted);
  }

  /**
   * Checks that what is compared can be.
   *
   * @throws IllegalArgumentException if some are searches for capacity and others are not
   */
  static void check(List<String> names, List<List<RunReport>> runs) {
    for (int i = 1; i < runs.size(); i++) {
      if (isSearch(runs.get(i)) != isSearch(runs.get(0))) {
        int search = isSearch(runs.get(0)) ? 0 : i;
        throw new IllegalArgumentException(
            names.get(search)
                + " is a search for capacity and "
                + names.get(search == 0 ? i : 0)
                + " is not; compare it with another `capacity`");
      }
    }
  }

  private static boolean isSearch(List<RunReport> runs) {
    return runs.stream().anyMatch(run -> run.command().equals(PHASE));
  }

  /** What each asked where not all asked the same; empty where they did. */
  static String differently(List<String> names, List<List<RunReport>> runs) {
    List<String> asked =
        runs.stream()
            .map(
                group ->
                    group.stream()
                        .map(RunReport::capacity)
                        .filter(Objects::nonNull)
                        .map(one -> QuestionWords.limits(one.question()))
                        .findFirst()
                        .orElse(""))
            .toList();
    if (asked.stream().distinct().count() < 2) {
      return "";
    }
    StringBuilder words = new StringBuilder("Not asked the same:");
    for (int i = 0; i < names.size(); i++) {
      words
          .append(i == 0 ? " " : ", ")
          .append(names.get(i))
          .append(" within ")
          .append(asked.get(i).isEmpty() ? "any lag" : asked.get(i));
    }
    return words.append('.').toString();
  }

  static Change change(Spread before, Spread after) {
    if (after.lowest() >= before.max()) {
      return Change.BETTER;
    }
    return before.lowest() >= after.max() ? Change.WORSE : Change.OVERLAP;
  }

  /** By how much they differ at least, in percent of the reference; null where they may not. */
  static @Nullable Double gapPercent(Spread before, Spread after) {
    return switch (change(before, after)) {
      case BETTER -> percent(before.max(), after.lowest());
      case WORSE -> percent(before.lowest(), after.max());
      default -> null;
    };
  }

  private static @Nullable Double percent(double from, double to) {
    return from == 0 ? null : Double.valueOf(100 * (to - from) / from);
  }

  /** The proven end; null where nothing is proven. */
  static @Nullable Double proven(Spread spread) {
    return spread.lowest() == 0 ? null : Double.valueOf(spread.lowest());
  }

  /** {@code 41,499 .. 45,255}, or {@code >= 41,499}, or {@code < 2,000}. */
  static String words(Spread spread) {
    String proven = Numbers.words(Math.round(spread.lowest()));
    if (spread.isOpen()) {
      return ">= " + proven;
    }
    String refuted = Numbers.words(Math.round(spread.max()));
    return spread.lowest() == 0 ? "< " + refuted : proven + " .. " + refuted;
  }

  /** Which is the higher, in a clause. */
  static String verdict(ComparedRow row) {
    Double gap = row.changePercent();
    return switch (row.change()) {
      case BETTER, WORSE ->
          (row.change() == Change.BETTER ? "higher" : "lower")
              + (gap == null
                  ? ""
                  : gap == 0
                      ? ", if by little"
                      : String.format(Locale.ROOT, " by %.1f %% at least", Math.abs(gap)));
      case OVERLAP, SAME, UNDECIDED, NOT_ENOUGH_RUNS ->
          "the intervals overlap: no difference can be told";
      case UNKNOWN -> "unknown of " + (row.before() == null ? row.reference() : row.run());
    };
  }

  /** A row in one sentence. */
  static String sentence(ComparedRow row) {
    return "Sustained by "
        + row.run()
        + ": "
        + side(row.after())
        + " writes/s, by "
        + row.reference()
        + ": "
        + side(row.before())
        + "; "
        + verdict(row)
        + ".";
  }

  private static String side(@Nullable Spread spread) {
    return spread == null ? "unknown" : words(spread);
  }
}
