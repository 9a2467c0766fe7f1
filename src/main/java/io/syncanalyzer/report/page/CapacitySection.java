package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Tables;
import io.syncanalyzer.report.page.PageView.Chart;
import io.syncanalyzer.report.page.PageView.HtmlTable;
import io.syncanalyzer.report.page.PageView.Section;
import io.syncanalyzer.report.page.PageView.Tile;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import io.syncanalyzer.result.capacity.IntervalWords;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the page that is of a search for capacity. */
final class CapacitySection {
  private final Charts charts;

  CapacitySection(Charts charts) {
    this.charts = charts;
  }

  /** The section; null where no capacity was searched for. */
  @Nullable Section of(RunReport run) {
    CapacityReport capacity = run.capacity();
    if (capacity == null) {
      return null;
    }
    List<Chart> figures = new ArrayList<>();
    List<HtmlTable> tables = new ArrayList<>();
    if (!capacity.trials().isEmpty()) {
      draw(new TrialCharts(capacity, run.lag()), figures);
      tables.add(TrialsTable.of(capacity.trials()));
      tables.add(
          HtmlTable.of(Tables.CAPACITY, "Every figure of the trials", true, capacity.trials()));
    }
    return new Section("capacity", "Capacity", notes(capacity), figures, tables, List.of());
  }

  private void draw(TrialCharts trials, List<Chart> figures) {
    charts.add(TrialCharts.LAG, trials.overRate());
    figures.add(
        new Chart(
            TrialCharts.LAG,
            "Lag over rate.",
            "The p99 of each trial (large mark) and its p50 (small one), at their upper bounds with"
                + " a bar down to the lower ones; an arrow up has no upper bound, as some sentinels"
                + " were never seen. Shaded is where the capacity lies. Choose a trial by a click,"
                + " by the arrow keys or in the table; drag to look closer, double click to go"
                + " back.",
            true));
    charts.add(TrialCharts.GROWTH, trials.growth());
    figures.add(
        new Chart(
            TrialCharts.GROWTH,
            trials.hasGap()
                ? "Growth of the offset gap over rate."
                : "Growth of the lag over rate.",
            "How much "
                + (trials.hasGap()
                    ? "further the replica's offset fell behind the source's"
                    : "the lag grew")
                + " in each second of a trial, with the limits that it lies within. At 0 the"
                + " replica keeps up; above it does not, however small its lag still is. The axis"
                + " is logarithmic away from 0.",
            true));
    charts.add(TrialCharts.SECONDS, trials.seconds());
    figures.add(
        new Chart(
            TrialCharts.SECONDS,
            "The chosen trial by second.",
            "The median, the 99th percentile and the largest lag (upper bounds), and the offset"
                + " gap, by second of its measured time.",
            false));
  }

  private static List<String> notes(CapacityReport capacity) {
    Question question = capacity.question();
    List<String> notes = new ArrayList<>();
    notes.add(QuestionWords.of(question));
    for (CapacityInterval one : capacity.intervals()) {
      notes.add(IntervalWords.sentence(one) + " " + IntervalWords.meaning(one, question));
    }
    if (capacity.incomplete() != null) {
      notes.add("The search did not come to its end: " + capacity.incomplete() + ".");
    }
    notes.add(rules(question));
    return notes;
  }

  /** By what a trial was judged. */
  private static String rules(Question question) {
    String limits = QuestionWords.limits(question);
    return "Each trial writes at one rate for "
        + QuestionWords.time(question.trialNanos())
        + " (longer where its growth is not clear by then), beside "
        + Numbers.words(Math.round(question.sentinelsPerS()))
        + " sentinels a second, from a replica that has everything. It is sustained where the load"
        + " reached 99 % of the rate"
        + (limits.isEmpty() ? "" : ", the lag stayed within " + limits)
        + ", "
        + (question.maxLost() == 0
            ? "no sentinel"
            : "no more than " + Numbers.count(question.maxLost(), "sentinel"))
        + " got lost, neither the lag nor the offset gap grew, and the lag was back"
        + (question.baselineNanos() == null
            ? " at the baseline"
            : " at the baseline (at most " + Bound.upper(question.baselineNanos() / 1e3) + ")")
        + " within "
        + QuestionWords.time(question.recoverWithinNanos())
        + " of its end; refuted where one of these is certainly broken; undecided where that cannot"
        + " be told; invalid where the load or the probe was the limit, which says nothing of the"
        + " replica. Written by "
        + question.engine()
        + "; the limits of the growth are resampled with seed "
        + question.seed()
        + ".";
  }

  /** What was proven and refuted, for the top of the page; empty where that is not known. */
  static List<Tile> tiles(@Nullable CapacityReport capacity) {
    List<Tile> tiles = new ArrayList<>();
    CapacityInterval one = capacity == null ? null : capacity.together();
    if (capacity == null || one == null) {
      return tiles;
    }
    boolean several = capacity.intervals().size() > 1;
    if (one.provenPerS() != null) {
      tiles.add(
          new Tile(
              "proven",
              Numbers.words(one.provenPerS()) + " writes/s",
              trials(one.provenTrials(), "sustained") + (several ? ", of each replica" : "")));
    }
    if (one.refutedPerS() != null) {
      tiles.add(
          new Tile(
              "refuted",
              Numbers.words(one.refutedPerS()) + " writes/s",
              trials(one.refutedTrials(), "not sustained") + (several ? ", of one replica" : "")));
    }
    tiles.add(
        new Tile(
            "trials",
            Numbers.words(capacity.trials().stream().map(Trial::trial).distinct().count()),
            "ended: " + one.ending().label().replace('_', ' ')));
    return tiles;
  }

  private static String trials(int count, String how) {
    return "in " + Numbers.count(count, "trial") + " " + how;
  }
}
