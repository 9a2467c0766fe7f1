package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.report.files.Table;
import io.syncanalyzer.report.page.PageFrame;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Runs side by side; the first is the reference, and what counts as one may be several that repeat
 * the same.
 *
 * <p>A figure is better or worse if it differs beyond the spread: no run of the one lies among the
 * runs of the other. Of single runs no spread is known; they are judged by the difference alone,
 * and {@code beyond_spread} is empty.
 *
 * <p>A percentile of lag is an interval, judged by its upper bound; where the intervals have a part
 * in common, so that the true lags may be the same, that is said beside it. One that is open, for
 * it reaches into sentinels never seen, is worse where its lower bound alone is above the other;
 * where it is not, nobody can tell. Capacities are intervals too, judged by {@link Capacities}.
 *
 * @param rows a row for each figure and compared run, {@code compare.csv}
 * @param names of what is compared, the reference first
 * @param incomplete names among these of which a run is not complete
 * @param differently what each was asked, where searches for capacity were not asked the same;
 *     empty where they were
 */
public record Comparison(
    List<Row> rows, List<String> names, List<String> incomplete, String differently) {
  static final Table<Row> TABLE =
      Table.<Row>named("compare.csv")
          .column("phase", row -> row.metric().phase())
          .column("metric", row -> row.metric().name())
          .column("unit", row -> row.metric().unit())
          .column("better", row -> row.metric().moreIsBetter() ? "more" : "less")
          .column("reference", Row::reference)
          .column("run", Row::run)
          .column("reference_runs", row -> of(row.before(), Spread::runs))
          .figures("reference_median", row -> of(row.before(), row::median), Row::measure)
          .figures("reference_min", row -> of(row.before(), row::min), Row::measure)
          .figures(
              "reference_max", row -> of(row.before(), s -> Spread.known(s.max())), Row::measure)
          .column("runs", row -> of(row.after(), Spread::runs))
          .figures("median", row -> of(row.after(), row::median), Row::measure)
          .figures("min", row -> of(row.after(), row::min), Row::measure)
          .figures("max", row -> of(row.after(), s -> Spread.known(s.max())), Row::measure)
          .column("change_percent", Row::changePercent)
          .column("beyond_spread", Row::beyondSpread)
          .column("change", row -> row.change().name())
          .column("gate", row -> row.metric().gate())
          .column("bounds", row -> row.metric().isInterval() ? boundsCell(row) : null)
          .build();

  public Comparison {
    rows = List.copyOf(rows);
    names = List.copyOf(names);
    incomplete = List.copyOf(incomplete);
  }

  /** How a figure changed. */
  public enum Change {
    BETTER,
    WORSE,
    /** The same, or within the spread. */
    SAME,
    /**
     * One of them is open and the other lies within it, or both are capacities with rates in
     * common: which is more cannot be told.
     */
    OVERLAP,
    /** Not known on one side. */
    UNKNOWN
  }

  /** A figure of a compared run against the reference. */
  public record Row(
      Metric metric,
      String reference,
      String run,
      @Nullable Spread before,
      @Nullable Spread after) {

    /** How its figures are written in a CSV file. */
    Measure measure() {
      return Measure.of(metric.name(), metric.unit());
    }

    private @Nullable Double median(Spread spread) {
      return metric.isCapacity() ? null : Spread.known(spread.median());
    }

    private @Nullable Double min(Spread spread) {
      return metric.isCapacity() ? Capacities.proven(spread) : Spread.known(spread.min());
    }

    /**
     * Change of the median in percent; null where unknown, open, or the reference is zero. Of
     * capacities by how much they differ at least.
     */
    @Nullable Double changePercent() {
      if (metric.isCapacity()) {
        return before == null || after == null ? null : Capacities.gapPercent(before, after);
      }
      return before == null || after == null || before.isOpen() || after.isOpen()
          ? null
          : percent(before.median(), after.median());
    }

    /** The change that is certain, also where the run is open. */
    private @Nullable Double leastChangePercent() {
      if (metric.isCapacity()
          || before == null
          || after == null
          || before.isOpen()
          || !after.isOpen()) {
        return changePercent();
      }
      return percent(before.median(), after.least());
    }

    private static @Nullable Double percent(double from, double to) {
      return from == 0 ? null : Double.valueOf(100 * (to - from) / from);
    }

    /** Whether the bounds of a lag have a part in common; null where it has none to compare. */
    @Nullable Boolean overlaps() {
      if (before == null || after == null || !metric.isInterval()) {
        return null;
      }
      return metric.isCapacity() ? change() == Change.OVERLAP : before.overlaps(after);
    }

    /** Null where a side has but one run. */
    @Nullable Boolean beyondSpread() {
      if (metric.isCapacity() || before == null || after == null) {
        return null;
      }
      if (Math.min(before.runs(), after.runs()) < 2) {
        return null;
      }
      return before.isApartFrom(after);
    }

    Change change() {
      if (before == null || after == null) {
        return Change.UNKNOWN;
      }
      if (metric.isCapacity()) {
        return Capacities.change(before, after);
      }
      if (!before.isApartFrom(after)) {
        return before.isOpen() || after.isOpen() ? Change.OVERLAP : Change.SAME;
      }
      return after.isAbove(before) == metric.moreIsBetter() ? Change.BETTER : Change.WORSE;
    }

    /** Whether it is certainly worse by more than so many percent; from zero, any step is more. */
    boolean isWorseBy(double percent) {
      Double change = leastChangePercent();
      return change() == Change.WORSE && (change == null || Math.abs(change) > percent);
    }

    /**
     * Whether it may be worse by more than so many percent, and nobody can tell. Capacities that
     * overlap are not different, unless one of them has no upper end.
     */
    boolean isUndecided(double percent) {
      if (metric.isCapacity() && before != null && after != null) {
        return change() == Change.OVERLAP && (before.isOpen() || after.isOpen());
      }
      return switch (change()) {
        case UNKNOWN, OVERLAP -> true;
        case WORSE -> after != null && after.isOpen() && !isWorseBy(percent);
        case BETTER, SAME -> false;
      };
    }
  }

  /**
   * Compares.
   *
   * @param names of what is compared, at least two, the reference first
   * @param runs of each name
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static Comparison of(List<String> names, List<List<RunReport>> runs) {
    if (names.size() < 2 || names.size() != runs.size()) {
      throw new IllegalArgumentException("compare takes at least two runs, the reference first");
    }
    Capacities.check(names, runs);
    List<Row> rows = new ArrayList<>();
    for (Metric metric : Metric.all()) {
      Spread before = spread(metric, runs.get(0));
      for (int i = 1; i < runs.size(); i++) {
        Spread after = spread(metric, runs.get(i));
        if (before != null || after != null) {
          rows.add(new Row(metric, names.get(0), names.get(i), before, after));
        }
      }
    }
    List<String> incomplete = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      if (runs.get(i).stream().anyMatch(run -> !run.verdict().complete())) {
        incomplete.add(names.get(i));
      }
    }
    return new Comparison(rows, names, incomplete, Capacities.differently(names, runs));
  }

  private static @Nullable Spread spread(Metric metric, List<RunReport> runs) {
    List<@Nullable Reading> figures = new ArrayList<>();
    runs.forEach(run -> figures.add(metric.of().apply(run)));
    return Spread.of(figures);
  }

  /**
   * The exit status: {@link ExitStatus#LIMIT_BROKEN} if a gate is worse by more than so many
   * percent, {@link ExitStatus#INCOMPLETE} if a gate that was asked for cannot be told.
   *
   * @param failIfWorsePercent empty = never fail
   */
  public ExitStatus status(OptionalDouble failIfWorsePercent) {
    if (failIfWorsePercent.isEmpty()) {
      return ExitStatus.ALL_EQUAL;
    }
    if (!broken(failIfWorsePercent.getAsDouble()).isEmpty()) {
      return ExitStatus.LIMIT_BROKEN;
    }
    boolean unknown =
        rows.stream()
            .anyMatch(
                row -> row.metric().gate() && row.isUndecided(failIfWorsePercent.getAsDouble()));
    return unknown || !incomplete.isEmpty() ? ExitStatus.INCOMPLETE : ExitStatus.ALL_EQUAL;
  }

  /** The gates that are worse by more than so many percent. */
  List<Row> broken(double percent) {
    return rows.stream().filter(row -> row.metric().gate() && row.isWorseBy(percent)).toList();
  }

  /**
   * Writes {@code compare.csv} and {@code compare.html} into a folder that is there.
   *
   * @param form how the CSV file is written
   */
  public void write(Path folder, OptionalDouble failIfWorsePercent, CsvForm form) {
    TABLE.write(folder, rows, form);
    PageFrame.write(folder.resolve("compare.html"), ComparePage.view(this, failIfWorsePercent));
  }

  /** The comparison for the console, at most 100 columns wide. */
  public String screen(OptionalDouble failIfWorsePercent) {
    return CompareScreen.of(this, failIfWorsePercent);
  }

  private static @Nullable String boundsCell(Row row) {
    Boolean overlap = row.overlaps();
    return overlap == null ? null : overlap ? "overlap" : "apart";
  }

  private static @Nullable Object of(@Nullable Spread spread, Table.Value<Spread> value) {
    return spread == null ? null : value.of(spread);
  }
}
