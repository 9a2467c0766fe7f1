package io.syncanalyzer.report;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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
 * @param rows {@code load.csv}; the row of all commands together is named {@code Totals}
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
    List<Row> rows,
    List<Second> timeline,
    List<Figure> figures,
    List<String> warnings,
    @Nullable String incomplete) {
  /** The name of the row that sums up the others. */
  public static final String TOTALS = "Totals";

  public LoadReport {
    commandLines = Lists.copy(commandLines).stream().map(List::copyOf).toList();
    figures = Lists.copy(figures);
    elapsedSeconds = Numbers.known(elapsedSeconds);
    rows = Lists.copy(rows);
    timeline = Lists.copy(timeline);
    warnings = Lists.copy(warnings);
  }

  /**
   * The row of all commands together; null where there is none. Over the steps of a ramp only
   * counts, the mean rate and the largest latency can be told.
   */
  public @Nullable Row totals() {
    List<Row> totals = rows.stream().filter(row -> row.command().equals(TOTALS)).toList();
    if (totals.size() < 2) {
      return totals.isEmpty() ? null : totals.get(0);
    }
    long count = sum(totals, Row::count);
    return new Row(
        engine,
        TOTALS,
        count,
        elapsedSeconds == null || elapsedSeconds == 0 ? null : count / elapsedSeconds,
        null,
        null,
        null,
        null,
        null,
        totals.stream().map(Row::maxMs).filter(Objects::nonNull).max(Double::compare).orElse(null),
        null,
        sum(totals, Row::connectionErrors),
        sum(totals, Row::errorReplies),
        null,
        null);
  }

  private static long sum(List<Row> rows, Function<Row, @Nullable Long> value) {
    return rows.stream().map(value).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
  }

  /**
   * A command of the load; null is unknown. Latencies in milliseconds, sizes in KiB.
   *
   * @param step which step of a ramp, from 1; null without a ramp
   * @param askedOpsPerS the rate asked for; null = as fast as it goes
   */
  public record Row(
      String engine,
      String command,
      @Nullable Long count,
      @Nullable Double opsPerS,
      @Nullable Double avgMs,
      @Nullable Double p50Ms,
      @Nullable Double p90Ms,
      @Nullable Double p99Ms,
      @Nullable Double p999Ms,
      @Nullable Double maxMs,
      @Nullable Double kbPerS,
      @Nullable Long connectionErrors,
      @Nullable Long errorReplies,
      @Nullable Integer step,
      @Nullable Long askedOpsPerS) {
    public Row {
      opsPerS = Numbers.known(opsPerS);
      avgMs = Numbers.known(avgMs);
      p50Ms = Numbers.known(p50Ms);
      p90Ms = Numbers.known(p90Ms);
      p99Ms = Numbers.known(p99Ms);
      p999Ms = Numbers.known(p999Ms);
      maxMs = Numbers.known(maxMs);
      kbPerS = Numbers.known(kbPerS);
    }
  }

  /**
   * A second of the load.
   *
   * @param second seconds since the load began, the first is 0
   * @param partial whether it is not a whole second, as the last one mostly is
   * @param step which step of a ramp, from 1; null without a ramp
   */
  public record Second(
      long second,
      @Nullable Double opsPerS,
      @Nullable Double avgMs,
      @Nullable Double p99Ms,
      boolean partial,
      @Nullable Integer step) {
    public Second {
      opsPerS = Numbers.known(opsPerS);
      avgMs = Numbers.known(avgMs);
      p99Ms = Numbers.known(p99Ms);
    }
  }
}
