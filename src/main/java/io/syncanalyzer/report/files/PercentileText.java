package io.syncanalyzer.report.files;

import io.syncanalyzer.result.LagReport;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * The lag's distributions as the percentile text of HdrHistogram, {@code .hgrm}, that its plotters
 * read: a file for each phase and bound, in milliseconds with all digits, of all replicas and
 * shards together.
 *
 * <p>Plotters put the rows of several files beside each other by their place, so that every file
 * has the same percentiles in the same rows: five in each half of what is left to 100 %. A bound's
 * last digits are rounded outward. Where fewer than ten sentinels lie beyond a percentile the rows
 * end, but for the largest value, which has no fourth column. Sentinels that were never seen have
 * no upper bound and rank last: percentiles are of all, and the rows end where these begin. Lines
 * that begin with {@code #} are for people; plotters leave them out.
 */
public final class PercentileText {
  /** Rows in each half of what is left. */
  private static final int ROWS = 5;

  /** So many sentinels must lie beyond a percentile. */
  private static final int BEYOND = 10;

  private final Histogram seen;
  private final long unseen;
  private final boolean lower;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param seen nanoseconds
   * @param unseen how many sentinels beside these have no value
   * @param lower whether the values are lower bounds, which are rounded down; else up
   */
  private PercentileText(Histogram seen, long unseen, boolean lower) {
    this.seen = seen;
    this.unseen = unseen;
    this.lower = lower;
  }

  /**
   * Writes the files into the run's folder: of the load, or the probe alone, all three
   * distributions, of floor and baseline both bounds. What was not recorded has no file.
   *
   * @throws ReportFailure if the disk does not take one
   */
  public static void write(RunFolder folder, LagReport lag, Distributions recorded) {
    for (Map.Entry<String, String> file : texts(lag, recorded).entrySet()) {
      AtomicFile.replace(
          folder.file(file.getKey()),
          part -> Files.writeString(part, file.getValue(), StandardCharsets.UTF_8));
    }
  }

  /** The texts by the names of their files. */
  static Map<String, String> texts(LagReport lag, Distributions recorded) {
    Map<String, String> texts = new TreeMap<>();
    Map<String, Map<String, Histogram>> all = recorded.ofAllReplicas();
    for (Map.Entry<String, Map<String, Histogram>> phase : all.entrySet()) {
      boolean main = phase.getKey().equals(LagReport.LOAD);
      String name = main ? lag.mainPhase() : phase.getKey();
      Histogram upper = phase.getValue().get("upper");
      if (name == null || upper == null) {
        continue;
      }
      long censored = lag.censored(name);
      for (Map.Entry<String, Histogram> bound : phase.getValue().entrySet()) {
        if (main || !bound.getKey().equals("intended")) {
          boolean lower = bound.getKey().equals("lower");
          // Runs of earlier versions have no lower bounds of those never seen.
          long unseen =
              lower
                  ? Math.max(0, upper.getTotalCount() + censored - bound.getValue().getTotalCount())
                  : censored;
          texts.put(
              "lag_" + (main ? "" : phase.getKey() + "_") + bound.getKey() + "_ms.hgrm",
              new PercentileText(bound.getValue(), unseen, lower)
                  .of("lag in " + name + ", " + words(bound.getKey()) + ", milliseconds"));
        }
      }
    }
    return texts;
  }

  private static String words(String bound) {
    return switch (bound) {
      case "upper" -> "upper bound";
      case "lower" -> "lower bound";
      default -> "upper bound from the intended time";
    };
  }

  private String of(String title) {
    line("%12s %14s %10s %14s", "Value", "Percentile", "TotalCount", "1/(1-Percentile)");
    text.append('\n');
    rows();
    line("# %s", title);
    line("# %d sentinels, %d of them without a value", seen.getTotalCount() + unseen, unseen);
    if (unseen > 0) {
      line("# percentiles are of all of them; those without a value rank last, and have no row");
    }
    line("# no row where fewer than %d sentinels lie beyond, but for the largest value", BEYOND);
    return text.toString();
  }

  private void rows() {
    long all = seen.getTotalCount() + unseen;
    Iterator<HistogramIterationValue> values = seen.recordedValues().iterator();
    @Nullable HistogramIterationValue at = null;
    for (int row = 0; isTold(row, all); row++) {
      long rank = Math.max(1, all - all * above(row) / parts(row));
      while (at == null || at.getTotalCountToThisValue() < rank) {
        at = values.next();
      }
      line(
          "%12s %2.12f %10d %14.2f",
          millis(at.getValueIteratedTo()),
          1 - above(row) / (double) parts(row),
          at.getTotalCountToThisValue(),
          parts(row) / (double) above(row));
    }
    if (unseen == 0 && all > 0) {
      line("%12s %2.12f %10d", millis(seen.getMaxValue()), 1.0, all);
    }
  }

  /** Of so many parts of all sentinels, {@link #above} lie beyond the row's percentile. */
  private static long parts(int row) {
    return (2L * ROWS) << (row / ROWS);
  }

  private static long above(int row) {
    return 2L * ROWS - row % ROWS;
  }

  /** Whether enough lie beyond; the first row is the least value, however few there are. */
  private boolean isTold(int row, long all) {
    long rank = Math.max(1, all - all * above(row) / parts(row));
    return rank <= seen.getTotalCount() && (row == 0 || all * above(row) >= BEYOND * parts(row));
  }

  private String millis(long nanos) {
    long outward = lower ? seen.lowestEquivalentValue(nanos) : seen.highestEquivalentValue(nanos);
    return BigDecimal.valueOf(outward).movePointLeft(6).setScale(6).toPlainString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
