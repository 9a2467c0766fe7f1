package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.Spread;
import io.syncanalyzer.report.files.Table;
import io.syncanalyzer.report.page.PageFrame;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Measure;
import io.syncanalyzer.result.figure.Reading;
import io.syncanalyzer.statistics.Shift;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Runs side by side; the first is the reference, and what counts as one may be several that repeat
 * the same.
 *
 * <p>What is judged is runs. The seconds and samples within one have much in common, and however
 * many there are they do not tell what another run would have come to. How a figure is judged is
 * {@link ComparedRow}'s.
 *
 * <p>A percentile of lag is an interval, judged by its upper bound; where the intervals have a part
 * in common, so that the true lags may be the same, that is said beside it. One that is open, for
 * it reaches into sentinels never seen, is worse where its lower bound alone is; where it is not,
 * nobody can tell. Capacities are intervals too, judged by {@link Capacities}.
 *
 * <p>Figures are judged one by one. Of those that did not change, one in twenty is called better or
 * worse by chance; that is said, and no figure is judged less strictly for there being many: it
 * would take more runs to tell the same.
 *
 * @param rows a row for each figure and compared run, {@code compare.csv}
 * @param names of what is compared, the reference first
 * @param incomplete names among these of which a run is not complete
 * @param differently what each was asked, where searches for capacity were not asked the same;
 *     empty where they were
 */
public record Comparison(
    List<ComparedRow> rows, List<String> names, List<String> incomplete, String differently) {
  /** A probability is never said to be smaller than it is. */
  private static final Measure UPWARD = Measure.of("upper", "");

  static final Table<ComparedRow> TABLE =
      Table.of(
          "compare.csv",
          table ->
              table
                  .column("phase", row -> row.metric().phase())
                  .column("metric", row -> row.metric().name())
                  .column("unit", row -> row.metric().unit())
                  .column("better", row -> row.metric().moreIsBetter() ? "more" : "less")
                  .column("reference", ComparedRow::reference)
                  .column("run", ComparedRow::run)
                  .column("reference_runs", row -> of(row.before(), Spread::runs))
                  .figures(
                      "reference_median",
                      row -> of(row.before(), row::median),
                      ComparedRow::measure)
                  .figures("reference_min", row -> of(row.before(), row::min), ComparedRow::measure)
                  .figures(
                      "reference_max",
                      row -> of(row.before(), s -> Spread.known(s.max())),
                      ComparedRow::measure)
                  .column("runs", row -> of(row.after(), Spread::runs))
                  .figures("median", row -> of(row.after(), row::median), ComparedRow::measure)
                  .figures("min", row -> of(row.after(), row::min), ComparedRow::measure)
                  .figures(
                      "max",
                      row -> of(row.after(), s -> Spread.known(s.max())),
                      ComparedRow::measure)
                  .column("change_percent", ComparedRow::changePercent)
                  .column("beyond_spread", ComparedRow::beyondSpread)
                  .column("change", row -> row.change().name())
                  .column("gate", row -> row.metric().gate())
                  .column("bounds", row -> row.metric().isInterval() ? boundsCell(row) : null)
                  .figures("p_value", row -> told(row, Shift::p), row -> UPWARD)
                  .figures("difference_low", row -> told(row, Shift::low), row -> end("lower", row))
                  .figures(
                      "difference_high", row -> told(row, Shift::high), row -> end("upper", row))
                  .column("confidence", row -> told(row, Shift::confidence))
                  .column("runs_needed", ComparedRow::runsNeeded));

  public Comparison {
    rows = List.copyOf(rows);
    names = List.copyOf(names);
    incomplete = List.copyOf(incomplete);
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
    List<ComparedRow> rows = new ArrayList<>();
    for (Metric metric : Metric.all()) {
      Spread before = spread(metric, runs.get(0));
      for (int i = 1; i < runs.size(); i++) {
        Spread after = spread(metric, runs.get(i));
        if (before != null || after != null) {
          rows.add(new ComparedRow(metric, names.get(0), names.get(i), before, after));
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
  List<ComparedRow> broken(double percent) {
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
  public String screen(OptionalDouble failIfWorsePercent, boolean colour) {
    return CompareScreen.of(this, failIfWorsePercent, colour);
  }

  private static @Nullable String boundsCell(ComparedRow row) {
    Boolean overlap = row.overlaps();
    return overlap == null ? null : overlap ? "overlap" : "apart";
  }

  private static @Nullable Object told(ComparedRow row, Table.Value<Shift> value) {
    Shift told = row.told();
    return told == null ? null : value.of(told);
  }

  private static Measure end(String name, ComparedRow row) {
    return Measure.of(name, row.metric().unit());
  }

  private static @Nullable Object of(@Nullable Spread spread, Table.Value<Spread> value) {
    return spread == null ? null : value.of(spread);
  }
}
