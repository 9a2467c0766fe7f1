package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.run.lag.LagReports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a search has found so far: its trials, and the lag's rows, each trial's with its number as
 * their step. For one thread.
 */
final class SearchRows {
  private final List<Trial> trials = new ArrayList<>();
  private final List<LagPercentile> percentiles = new ArrayList<>();
  private final List<LagAccounting> accounting = new ArrayList<>();
  private final List<LagSecond> timeline = new ArrayList<>();
  private final LagReport idle;

  /**
   * @param idle floor and baseline
   */
  SearchRows(LagReport idle) {
    this.idle = idle;
  }

  /** Takes over what an earlier part of the search had found. */
  void earlier(List<Trial> tried, LagReport lag) {
    trials.addAll(tried);
    lag.percentiles().stream().filter(row -> row.step() != null).forEach(percentiles::add);
    lag.accounting().stream().filter(row -> row.step() != null).forEach(accounting::add);
    lag.timeline().stream().filter(row -> row.step() != null).forEach(timeline::add);
  }

  /**
   * Takes a trial. What its measurement warns of is left out: what matters of that decides the
   * outcome, and stands in its reason.
   *
   * @param rows of each replica
   * @param lag what was measured of it
   */
  void add(int number, List<Trial> rows, LagSummary lag) {
    LagReport report = LagReports.of(lag, null, 0);
    trials.addAll(rows);
    report.percentiles().forEach(row -> percentiles.add(row.ofStep(number)));
    report.accounting().forEach(row -> accounting.add(row.ofStep(number)));
    report.timeline().forEach(row -> timeline.add(row.besides(null, number, null)));
  }

  /** The trials, a row for each replica, in the order tried. */
  List<Trial> trials() {
    return trials;
  }

  /** The replicas of the last trial; empty ahead of the first. */
  List<Optional<String>> watched() {
    return trials.stream()
        .filter(trial -> trial.trial() == next() - 1)
        .map(trial -> Optional.ofNullable(trial.replica()))
        .distinct()
        .toList();
  }

  /** Those of earlier trials that the last one did not have. */
  List<String> gone() {
    List<Optional<String>> now = watched();
    return trials.stream()
        .map(trial -> Optional.ofNullable(trial.replica()))
        .filter(replica -> !now.contains(replica))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** The number of the next trial. */
  int next() {
    return trials.isEmpty() ? 1 : trials.get(trials.size() - 1).trial() + 1;
  }

  /** The lag of all of it. */
  LagReport lag() {
    List<LagPercentile> allPercentiles = new ArrayList<>(idle.percentiles());
    allPercentiles.addAll(percentiles);
    List<LagAccounting> allAccounting = new ArrayList<>(idle.accounting());
    allAccounting.addAll(accounting);
    List<LagSecond> allSeconds = new ArrayList<>(idle.timeline());
    allSeconds.addAll(timeline);
    return new LagReport(
        allPercentiles,
        allAccounting,
        allSeconds,
        idle.figures(),
        idle.warnings(),
        idle.incomplete(),
        idle.roundTrips());
  }
}
