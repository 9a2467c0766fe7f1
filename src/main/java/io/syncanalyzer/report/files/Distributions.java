package io.syncanalyzer.report.files;

import io.syncanalyzer.result.LagReport;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/**
 * The recorded lags of a run, read from {@code lag.hlog}: whole distributions and seconds.
 *
 * <p>Tags are {@code upper}, {@code lower} and {@code intended}, after {@code floor-} or {@code
 * baseline-} for those phases; what follows them names one of several replicas. Those of single
 * shards, which are named after a {@code #}, are left out: they are in those of all together.
 */
public final class Distributions {
  private static final Pattern TAG =
      Pattern.compile("(floor-|baseline-)?(upper|lower|intended)(.*)");

  /** 10/(1-p) for p = 0.5, as everywhere. */
  private static final int ENOUGH_FOR_MEDIAN = 20;

  private final Map<Key, Histogram> totals = new LinkedHashMap<>();
  private final Map<Key, NavigableMap<Long, Double>> medians = new LinkedHashMap<>();

  private Distributions() {}

  /**
   * Which lags.
   *
   * @param phase {@code floor}, {@code baseline} or {@code load}, the latter also for a probe alone
   * @param bound {@code upper}, {@code lower} or {@code intended}
   * @param replica empty where there is but one
   */
  public record Key(String phase, String bound, String replica) {}

  /**
   * Reads a log; a missing one has no distributions, one that breaks off is read as far as it is
   * whole.
   */
  public static Distributions read(Path hlog) {
    Distributions distributions = new Distributions();
    if (!Files.isRegularFile(hlog)) {
      return distributions;
    }
    try (HistogramLogReader reader = new HistogramLogReader(hlog.toFile())) {
      while (reader.hasNext()) {
        if (reader.nextIntervalHistogram() instanceof Histogram interval) {
          distributions.add(interval);
        }
      }
    } catch (FileNotFoundException e) {
      throw new ReportFailure("cannot read " + hlog + "; check its permissions", e);
    } catch (NoSuchElementException | IllegalArgumentException | IndexOutOfBoundsException torn) {
      // The run was killed while it wrote this line; what came before it stands.
      return distributions;
    }
    return distributions;
  }

  private void add(Histogram interval) {
    Matcher tag = TAG.matcher(interval.getTag() == null ? "" : interval.getTag());
    if (!tag.matches() || tag.group(3).startsWith("#")) {
      return;
    }
    String prefix = tag.group(1);
    String phase = prefix == null ? LagReport.LOAD : prefix.substring(0, prefix.length() - 1);
    Key key = new Key(phase, tag.group(2), tag.group(3));
    Histogram total = totals.get(key);
    if (total == null) {
      totals.put(key, interval.copy());
    } else {
      total.add(interval);
    }
    if (interval.getTotalCount() >= ENOUGH_FOR_MEDIAN) {
      medians
          .computeIfAbsent(key, k -> new TreeMap<>())
          .put(interval.getStartTimeStamp(), interval.getValueAtPercentile(50) / 1e3);
    }
  }

  /** Those of floor and baseline alone. */
  public Distributions idle() {
    Distributions idle = new Distributions();
    idle.totals.putAll(totals);
    idle.medians.putAll(medians);
    idle.totals.keySet().removeIf(key -> key.phase().equals(LagReport.LOAD));
    idle.medians.keySet().removeIf(key -> key.phase().equals(LagReport.LOAD));
    return idle;
  }

  /** Every distribution, nanoseconds, in the order of the log. */
  public Map<Key, Histogram> totals() {
    return totals;
  }

  /** By phase and bound, those of several replicas put together. */
  Map<String, Map<String, Histogram>> ofAllReplicas() {
    Map<String, Map<String, Histogram>> all = new LinkedHashMap<>();
    for (Map.Entry<Key, Histogram> one : totals.entrySet()) {
      Map<String, Histogram> bounds =
          all.computeIfAbsent(one.getKey().phase(), phase -> new LinkedHashMap<>());
      Histogram sum = bounds.get(one.getKey().bound());
      if (sum == null) {
        bounds.put(one.getKey().bound(), one.getValue().copy());
      } else {
        sum.add(one.getValue());
      }
    }
    return all;
  }

  /** The median of each interval in microseconds, by its start in milliseconds since the epoch. */
  public NavigableMap<Long, Double> medians(Key key) {
    return medians.getOrDefault(key, new TreeMap<>());
  }
}
