package io.syncanalyzer.insert.load;

import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
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
 * @param rows a command each, then {@link LoadRow#TOTALS}; only that where nothing was written
 * @param timeline a second each
 * @param elapsed from the first command to the last
 * @param errorReplies error replies by their first word, such as {@code OOM}
 * @param incomplete one line why it is not whole; null = it is
 */
public record JmhLoadSummary(
    String jmhVersion,
    List<LoadRow> rows,
    List<LoadSecond> timeline,
    Duration elapsed,
    Map<String, Long> errorReplies,
    @Nullable String incomplete) {
  /** Its name in the rows. */
  public static final String ENGINE = "jmh";

  public JmhLoadSummary {
    Objects.requireNonNull(jmhVersion, "jmhVersion is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
    rows = List.copyOf(rows);
    timeline = List.copyOf(timeline);
    errorReplies = Collections.unmodifiableMap(new TreeMap<>(errorReplies));
  }

  /** The row of all commands together. */
  public LoadRow totals() {
    return rows.get(rows.size() - 1);
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
    List<String> warnings = new ArrayList<>(ahead);
    Long lost = totals().errors().connections();
    if (lost != null && lost > 0) {
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
        jmhVersion, rows, timeline, elapsed, errorReplies, incomplete == null ? why : incomplete);
  }
}
