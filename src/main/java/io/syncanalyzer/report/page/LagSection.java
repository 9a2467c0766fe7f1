package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Cell;
import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.Chart;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.result.DrainReport;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagAccounting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the page that is of the lag and the drain. */
final class LagSection {
  private static final List<String> PERCENTILES =
      List.of("min", "50", "90", "95", "99", "99.9", "99.99", "max");

  private final Charts charts;

  LagSection(Charts charts) {
    this.charts = charts;
  }

  /** The section; null where no lag was measured, nor recorded. */
  @Nullable Section of(RunReport run, Distributions all) {
    // The trials of a search for capacity have their own section, each with its own lag.
    LagReport lag = run.lag() == null ? null : run.lag().outsideTrials();
    Distributions recorded = run.capacity() == null ? all : all.idle();
    DrainReport drain = run.drain();
    if (lag == null) {
      return recorded.totals().isEmpty() ? null : lagUntilItBroke(recorded);
    }
    List<Chart> figures = new ArrayList<>();
    List<String> replicas = LagCharts.replicas(lag);
    for (int i = 0; i < replicas.size(); i++) {
      charts.add(
          figures,
          "lag-time-" + (i + 1),
          "Lag over time" + (replicas.get(i).isEmpty() ? "" : " on " + replicas.get(i)) + ".",
          "By second: the median with its upper and lower bound, the 99th percentile and the"
              + " largest lag (upper bounds), and the load's rate. A bound beneath the axis is"
              + " drawn at its foot. Shaded are the episodes of lag; the signs along the top are"
              + " what happened meanwhile.",
          LagCharts.overTime(
              lag,
              replicas.get(i),
              recorded,
              run.load() == null ? Map.of() : run.load().askedByStep()));
    }
    charts.add(
        figures,
        "lag-distribution",
        "Lag by percentile.",
        "Full lines are upper bounds, dashed ones lower bounds: the true lag lies between. A curve"
            + " ends where fewer than ten sentinels are left beyond it; a bound beneath the axis is"
            + " drawn at its foot.",
        LagCharts.distribution(lag, recorded));
    List<HtmlTable> tables = new ArrayList<>();
    EpisodeReport episodes = lag.episodes();
    if (episodes != null && !episodes.rows().isEmpty()) {
      tables.add(EpisodesTable.of(episodes));
    }
    tables.add(bounds(lag));
    if (!lag.accountingByShard().isEmpty()) {
      tables.add(boundsByShard(lag));
    }
    tables.add(
        HtmlTable.of(
            Tables.LAG_ACCOUNTING,
            "Where the sentinels went: scheduled = failed + unknown + observed + censored",
            false,
            lag.together().accounting()));
    tables.add(HtmlTable.of(Tables.LAG, "Every percentile", true, lag.percentiles()));
    if (run.capacity() == null || !lag.timeline().isEmpty()) {
      tables.add(
          HtmlTable.of(Tables.LAG_TIMELINE, "Every second", true, lag.together().timeline()));
    }
    String bounds =
        "The lag of a sentinel is known to lie between a lower bound (from the write's"
            + " acknowledgement to the last poll that did not see it) and an upper bound (from its"
            + " sending to the reply that showed it). One never seen has a lower bound alone: how"
            + " long it certainly was not there; a percentile that reaches into these is >= its"
            + " lower bound. The floor is the same probe with the source in the"
            + " replica's place, as far away: it cannot see below that.";
    List<String> notes = new ArrayList<>();
    if (episodes != null) {
      notes.addAll(EpisodesTable.notes(episodes));
    }
    lag.distances().forEach(words -> notes.add("The probe's " + words + "."));
    lag.prices().forEach(words -> notes.add("What that cost: " + words + "."));
    if (drain != null) {
      notes.add(
          drain.seconds() == null
              ? "The drain did not end: " + Cell.of(drain.incomplete())
              : "After the load the replica had everything within "
                  + Numbers.seconds(drain.seconds())
                  + " ("
                  + drain.fence()
                  + ").");
    }
    return new Section("lag", "Lag", List.of(bounds), figures, notes, tables, List.of());
  }

  /** Of a run that was killed there is only what was recorded until then. */
  private Section lagUntilItBroke(Distributions recorded) {
    List<Chart> figures = new ArrayList<>();
    charts.add(
        figures,
        "lag-distribution",
        "Lag by percentile, of the sentinels seen.",
        "Recorded until the run broke off. What was never seen is not counted: these are no"
            + " percentiles of all that was sent.",
        LagCharts.distribution(
            new LagReport(List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of()),
            recorded));
    return new Section("lag", "Lag", List.of(), figures, List.of(), List.of());
  }

  /** Percentiles as intervals in milliseconds, a row for each phase and replica. */
  private static HtmlTable bounds(LagReport lag) {
    List<String> head = new ArrayList<>(List.of("phase"));
    PERCENTILES.forEach(p -> head.add(Character.isDigit(p.charAt(0)) ? "p" + p : p));
    head.add("sentinels");
    List<List<String>> rows = new ArrayList<>();
    for (LagAccounting account : lag.accountingByReplica()) {
      List<String> row = new ArrayList<>();
      row.add(account.phase() + (account.replica() == null ? "" : " " + account.replica()));
      for (String percentile : PERCENTILES) {
        row.add(lag.interval(account, percentile, Bound.Digits.PAGE));
      }
      row.add(Numbers.words(account.samples()));
      rows.add(row);
    }
    return HtmlTable.of("Lag in milliseconds, lower .. upper bound", false, head, rows);
  }

  /** The same of the main phase, a row for each shard. */
  private static HtmlTable boundsByShard(LagReport lag) {
    List<String> head = new ArrayList<>(List.of("shard", "replica"));
    PERCENTILES.forEach(p -> head.add(Character.isDigit(p.charAt(0)) ? "p" + p : p));
    head.addAll(List.of("sentinels", "never seen", "failed", "unknown"));
    List<List<String>> rows = new ArrayList<>();
    for (LagAccounting account : lag.accountingByShard()) {
      List<String> row = new ArrayList<>();
      row.add(Cell.of(account.shard()));
      row.add(Cell.of(account.replica()));
      for (String percentile : PERCENTILES) {
        row.add(lag.interval(account, percentile, Bound.Digits.PAGE));
      }
      row.add(Numbers.words(account.samples()));
      row.add(Numbers.words(account.censored()));
      row.add(Numbers.words(account.writeFailed()));
      row.add(Numbers.words(account.writeUnknown()));
      rows.add(row);
    }
    return HtmlTable.of("Lag by shard in milliseconds, lower .. upper bound", false, head, rows);
  }
}
