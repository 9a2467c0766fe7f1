package io.syncanalyzer.result;

import java.util.List;
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
    rows = LoadMix.told(Lists.copy(rows));
    timeline = Lists.copy(timeline);
    warnings = Lists.copy(warnings);
  }

  /**
   * The row of all commands together; null where there is none. Over the steps of a ramp only
   * counts, the largest latency and mean rates can be told: these are over the steps' own time, the
   * pauses between them left out.
   */
  public @Nullable Row totals() {
    List<Row> totals = rows.stream().filter(Row::isTotals).toList();
    return totals.size() < 2 ? (totals.isEmpty() ? null : totals.get(0)) : LoadMix.over(totals);
  }

  /** The {@code Totals} of each step of a ramp, in order; empty without a ramp. */
  public List<Row> steps() {
    return rows.stream().filter(row -> row.isTotals() && row.step() != null).toList();
  }

  /**
   * A command of the load; null is unknown. Latencies in milliseconds, sizes in KiB.
   *
   * @param step which step of a ramp, from 1; null without a ramp
   * @param askedOpsPerS the rate asked for; null = as fast as it goes
   * @param kind whether the command writes, reads, or does something else (scripts and the like, of
   *     which neither is known), in the words of results/README.md; null where not known, and for
   *     several commands together
   * @param writes of {@code count}, the write commands; null where not told apart
   * @param writesPerS of {@code opsPerS}
   * @param reads of {@code count}, the read commands
   * @param readsPerS of {@code opsPerS}
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
      @Nullable Long askedOpsPerS,
      @Nullable String kind,
      @Nullable Long writes,
      @Nullable Double writesPerS,
      @Nullable Long reads,
      @Nullable Double readsPerS) {
    public Row {
      opsPerS = Numbers.known(opsPerS);
      avgMs = Numbers.known(avgMs);
      p50Ms = Numbers.known(p50Ms);
      p90Ms = Numbers.known(p90Ms);
      p99Ms = Numbers.known(p99Ms);
      p999Ms = Numbers.known(p999Ms);
      maxMs = Numbers.known(maxMs);
      kbPerS = Numbers.known(kbPerS);
      writesPerS = Numbers.known(writesPerS);
      readsPerS = Numbers.known(readsPerS);
    }

    /** A command as its engine told of it; writes and reads follow from its kind. */
    public Row(
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
        @Nullable Long askedOpsPerS,
        @Nullable String kind) {
      this(
          engine,
          command,
          count,
          opsPerS,
          avgMs,
          p50Ms,
          p90Ms,
          p99Ms,
          p999Ms,
          maxMs,
          kbPerS,
          connectionErrors,
          errorReplies,
          step,
          askedOpsPerS,
          kind,
          null,
          null,
          null,
          null);
    }

    boolean isTotals() {
      return command.equals(TOTALS);
    }

    /** This row, its commands told apart. */
    Row toldApart(
        @Nullable Long writing,
        @Nullable Double writingPerS,
        @Nullable Long reading,
        @Nullable Double readingPerS) {
      return new Row(
          engine,
          command,
          count,
          opsPerS,
          avgMs,
          p50Ms,
          p90Ms,
          p99Ms,
          p999Ms,
          maxMs,
          kbPerS,
          connectionErrors,
          errorReplies,
          step,
          askedOpsPerS,
          kind,
          writing,
          writingPerS,
          reading,
          readingPerS);
    }
  }

  /**
   * A second of the load.
   *
   * @param second seconds since the load began, the first is 0
   * @param partial whether it is not a whole second, as the last one mostly is
   * @param step which step of a ramp, from 1; null without a ramp
   * @param writesPerS of {@code opsPerS}, the writes; null where not told apart
   * @param readsPerS of {@code opsPerS}, the reads
   */
  public record Second(
      long second,
      @Nullable Double opsPerS,
      @Nullable Double avgMs,
      @Nullable Double p99Ms,
      boolean partial,
      @Nullable Integer step,
      @Nullable Double writesPerS,
      @Nullable Double readsPerS) {
    public Second {
      writesPerS = Numbers.known(writesPerS);
      readsPerS = Numbers.known(readsPerS);
      opsPerS = Numbers.known(opsPerS);
      avgMs = Numbers.known(avgMs);
      p99Ms = Numbers.known(p99Ms);
    }
  }
}
