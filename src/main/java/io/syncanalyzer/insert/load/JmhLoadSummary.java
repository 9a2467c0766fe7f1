package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.result.load.RateKept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the JMH engine wrote.
 *
 * @param jmhVersion of JMH
 * @param rows a command each, then {@link LoadRow#TOTALS}; only that where nothing was written; of
 *     a load in steps so for each; of a cluster then one for each primary
 * @param timeline a second each
 * @param elapsed from the first command to the last
 * @param errorReplies error replies by their first word, such as {@code OOM}
 * @param notes which servers took over meanwhile, one line each
 * @param incomplete one line why it is not whole; null = it is
 * @param paces how each pace that it was told was kept, in order; none of a load without one
 */
public record JmhLoadSummary(
    String jmhVersion,
    List<LoadRow> rows,
    List<LoadSecond> timeline,
    Duration elapsed,
    Map<String, Long> errorReplies,
    List<String> notes,
    @Nullable String incomplete,
    List<Pace> paces) {
  /** Its name in the rows. */
  public static final String ENGINE = "jmh";

  public JmhLoadSummary {
    Objects.requireNonNull(jmhVersion, "jmhVersion is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
    rows = List.copyOf(rows);
    timeline = List.copyOf(timeline);
    notes = List.copyOf(notes);
    paces = List.copyOf(paces);
    errorReplies = Collections.unmodifiableMap(new TreeMap<>(errorReplies));
  }

  /**
   * How a pace was kept.
   *
   * @param step as it was told; 0 = of no ramp
   * @param perSecond what was asked for
   * @param nanos how long it lasted
   * @param due commands that fell due in that time
   * @param sent of these; what was not is dropped when the step ends
   * @param answered of these, also after the step's end
   */
  public record Pace(int step, long perSecond, long nanos, long due, long sent, long answered) {
    /** Commands that were due and never sent. */
    public long missed() {
      return Math.max(0, due - sent);
    }
  }

  /** The row of all commands together, over the steps where there are several. */
  public LoadRow totals() {
    return Objects.requireNonNull(report(List.of()).totals(), "a load without totals");
  }

  /**
   * As the run keeps it.
   *
   * @param ahead what was to be said before it was started
   */
  public LoadReport report(List<String> ahead) {
    List<Figure> figures = new ArrayList<>();
    errorReplies.forEach(
        (kind, count) ->
            figures.add(
                Figure.of(
                    "load", "error_replies_" + kind.toLowerCase(Locale.ROOT), count, "replies")));
    RateKept rate = RateKept.of(rows);
    figures.addAll(rate.figures());
    if (!paces.isEmpty()) {
      figures.add(
          Figure.of("load", "missed", paces.stream().mapToLong(Pace::missed).sum(), "commands"));
    }
    List<String> warnings = new ArrayList<>(ahead);
    rate.warning().ifPresent(warnings::add);
    warnings.addAll(notes);
    mentionTurnedAway(warnings);
    long lost = connectionErrors();
    if (lost > 0) {
      warnings.add(lost + " connections of the load were lost or could not be made");
    }
    return new LoadReport(
        ENGINE,
        jmhVersion,
        null,
        List.of(),
        null,
        elapsed.toNanos() / 1e9,
        rows,
        timeline,
        figures,
        warnings,
        incomplete);
  }

  /** This, broken off for that reason where it was not before. */
  public JmhLoadSummary incomplete(String why) {
    return new JmhLoadSummary(
        jmhVersion,
        rows,
        timeline,
        elapsed,
        errorReplies,
        notes,
        incomplete == null ? why : incomplete,
        paces);
  }

  private long connectionErrors() {
    return rows.stream()
        .filter(LoadRow::isTotals)
        .map(row -> row.errors().connections())
        .mapToLong(lost -> lost == null ? 0 : lost)
        .sum();
  }

  /** This, with more to be said of it. */
  JmhLoadSummary noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new JmhLoadSummary(
        jmhVersion, rows, timeline, elapsed, errorReplies, all, incomplete, paces);
  }

  private void mentionTurnedAway(List<String> warnings) {
    long sentOn = errorReplies.getOrDefault("MOVED", 0L) + errorReplies.getOrDefault("ASK", 0L);
    if (sentOn > 0) {
      warnings.add(
          sentOn
              + " commands of the load met a slot that was another node's by then (MOVED, ASK):"
              + " each was sent again where it belongs");
    }
    long down =
        errorReplies.getOrDefault("CLUSTERDOWN", 0L)
            + errorReplies.getOrDefault("TRYAGAIN", 0L)
            + (incomplete == null ? errorReplies.getOrDefault("READONLY", 0L) : 0);
    if (down > 0) {
      warnings.add(
          down
              + " commands of the load met servers that did not take writes for the moment"
              + " (CLUSTERDOWN, TRYAGAIN, READONLY), and were not written");
    }
  }
}
