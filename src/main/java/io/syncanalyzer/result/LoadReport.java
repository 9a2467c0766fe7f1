package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the load phase wrote.
 *
 * @param engine {@code memtier}, {@code jmh} or {@code none}
 * @param engineVersion its version where known
 * @param profile the profile file or its name, where one was used
 * @param commandLines what was executed, one list a process, without secrets; empty where no
 *     process ran
 * @param seeds where its random values came from
 * @param elapsedSeconds how long it wrote
 * @param rows {@code load.csv}
 * @param timeline {@code load_timeline.csv}
 * @param figures further figures for {@code summary.csv}
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 */
public record LoadReport(
    String engine,
    @Nullable String engineVersion,
    @Nullable String profile,
    List<List<String>> commandLines,
    @Nullable String seeds,
    @Nullable Double elapsedSeconds,
    List<LoadRow> rows,
    List<LoadSecond> timeline,
    List<Figure> figures,
    List<String> warnings,
    @Nullable String incomplete) {
  public LoadReport {
    commandLines = Lists.copy(commandLines).stream().map(List::copyOf).toList();
    figures = Lists.copy(figures);
    elapsedSeconds = Numbers.known(elapsedSeconds);
    rows = LoadMix.told(Lists.copy(rows));
    timeline = Lists.copy(timeline);
    warnings = Lists.copy(warnings);
  }

  /** No load was asked for. */
  public static LoadReport none() {
    return new LoadReport(
        "none", null, null, List.of(), null, null, List.of(), List.of(), List.of(), List.of(),
        null);
  }

  /**
   * The row of all commands together; null where there is none. Over the steps of a ramp only
   * counts, the largest latency and mean rates can be told: these are over the steps' own time, the
   * pauses between them left out.
   */
  public @Nullable LoadRow totals() {
    List<LoadRow> totals = rows.stream().filter(LoadRow::isTotals).toList();
    return totals.size() < 2 ? (totals.isEmpty() ? null : totals.get(0)) : LoadMix.over(totals);
  }

  /** The {@code Totals} of each step of a ramp, in order; empty without a ramp. */
  public List<LoadRow> steps() {
    return rows.stream().filter(row -> row.isTotals() && row.step() != null).toList();
  }

  /**
   * The rate asked for, of a ramp in each step; empty of a load that was to go as fast as it can.
   *
   * @return by step, 0 where there are none
   */
  public Map<Integer, Long> askedByStep() {
    Map<Integer, Long> asked = new HashMap<>();
    for (LoadRow row : rows) {
      Long perS = row.asked().perS();
      if (row.isTotals() && row.shard() == null && perS != null && perS > 0) {
        asked.put(row.step() == null ? 0 : row.step(), perS);
      }
    }
    return asked;
  }
}
