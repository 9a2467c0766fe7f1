package io.syncanalyzer.insert.load;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the JMH engine wrote.
 *
 * @param jmhVersion of JMH
 * @param rows a command each, then {@link JmhLoadRow#TOTALS}; only that where nothing was written
 * @param timeline a second each
 * @param elapsed from the first command to the last
 * @param errorReplies error replies by their first word, such as {@code OOM}
 * @param incomplete one line why it is not whole; null = it is
 */
public record JmhLoadSummary(
    String jmhVersion,
    List<JmhLoadRow> rows,
    List<JmhLoadSecond> timeline,
    Duration elapsed,
    Map<String, Long> errorReplies,
    @Nullable String incomplete) {
  public JmhLoadSummary {
    Objects.requireNonNull(jmhVersion, "jmhVersion is null");
    Objects.requireNonNull(elapsed, "elapsed is null");
    rows = List.copyOf(rows);
    timeline = List.copyOf(timeline);
    errorReplies = Collections.unmodifiableMap(new TreeMap<>(errorReplies));
  }

  /** The row of all commands together. */
  public JmhLoadRow totals() {
    return rows.get(rows.size() - 1);
  }

  public JmhLoadSummary incomplete(String why) {
    return new JmhLoadSummary(
        jmhVersion, rows, timeline, elapsed, errorReplies, incomplete == null ? why : incomplete);
  }
}
