package io.syncanalyzer.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the load phase wrote.
 *
 * @param engine {@code memtier}, {@code jmh} or {@code none}
 * @param engineVersion its version where known
 * @param profile the profile file or its name, where one was used
 * @param argv the exact command line, without secrets; empty where no process ran
 * @param elapsedSeconds how long it wrote
 * @param rows {@code load.csv}; the row of all commands together is named {@code Totals}
 * @param timeline {@code load_timeline.csv}
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 */
public record LoadReport(
    String engine,
    @Nullable String engineVersion,
    @Nullable String profile,
    List<String> argv,
    @Nullable Double elapsedSeconds,
    List<Row> rows,
    List<Second> timeline,
    List<String> warnings,
    @Nullable String incomplete) {
  /** The name of the row that sums up the others. */
  public static final String TOTALS = "Totals";

  public LoadReport {
    argv = Lists.copy(argv);
    elapsedSeconds = Numbers.known(elapsedSeconds);
    rows = Lists.copy(rows);
    timeline = Lists.copy(timeline);
    warnings = Lists.copy(warnings);
  }

  /** The row of all commands together; null where there is none. */
  public @Nullable Row totals() {
    return rows.stream().filter(row -> row.command().equals(TOTALS)).findFirst().orElse(null);
  }

  /** A command of the load; null is unknown. Latencies in milliseconds, sizes in KiB. */
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
      @Nullable Long errorReplies) {
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
   */
  public record Second(
      int second,
      @Nullable Double opsPerS,
      @Nullable Double avgMs,
      @Nullable Double p99Ms,
      boolean partial) {
    public Second {
      opsPerS = Numbers.known(opsPerS);
      avgMs = Numbers.known(avgMs);
      p99Ms = Numbers.known(p99Ms);
    }
  }
}
