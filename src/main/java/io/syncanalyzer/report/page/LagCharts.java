package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Distributions;
import io.syncanalyzer.report.page.Charts.Axis;
import io.syncanalyzer.report.page.Charts.Rounds;
import io.syncanalyzer.report.page.Charts.Series;
import io.syncanalyzer.report.page.Charts.Spec;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The charts of the lag: over time, and as distributions. */
final class LagCharts {
  private static final int STEPS_PER_NINE = 20;

  private LagCharts() {}

  /** The replicas measured; an empty name where there is but one. */
  static List<String> replicas(LagReport lag) {
    List<String> names =
        lag.together().timeline().stream()
            .map(second -> second.replica() == null ? "" : second.replica())
            .distinct()
            .toList();
    return names.isEmpty() ? List.of("") : names;
  }

  /**
   * Lag of the main phase and the drain after it, with the load's rate and what happened meanwhile,
   * on one time axis.
   *
   * @param askedByStep the rate asked of the load, 0 where it has no steps
   */
  static @Nullable Spec overTime(
      LagReport lag, String replica, Distributions distributions, Map<Integer, Long> askedByStep) {
    String main = lag.mainPhase();
    // Of runs of earlier versions the drains of floor and baseline have the same name.
    List<LagSecond> rows =
        lag.together().timeline().stream()
            .filter(row -> replica.equals(row.replica() == null ? "" : row.replica()))
            .dropWhile(row -> !row.phase().equals(main))
            .filter(row -> row.phase().equals(main) || row.phase().equals("drain"))
            .toList();
    if (rows.isEmpty()) {
      return null;
    }
    NavigableMap<Long, Double> lowers = lowers(distributions, replica, replicas(lag).size());
    List<Series> series = new ArrayList<>();
    if (rows.stream().anyMatch(row -> row.loadOpsPerS() != null)) {
      series.add(new Series("load ops/s", 1, 5, "area", of(rows, LagSecond::loadOpsPerS)));
    }
    int band = series.size();
    series.add(
        new Series(
            "p50 upper, ms", 0, 1, "line", millis(rows, LagSecond::p50UpperNanos), Rounds.UP));
    series.add(
        new Series(
            "p50 lower, ms", 0, 1, "dashed", of(rows, row -> lower(row, lowers)), Rounds.DOWN));
    series.add(
        new Series(
            "p99 upper, ms", 0, 2, "line", millis(rows, LagSecond::p99UpperNanos), Rounds.UP));
    series.add(
        new Series(
            "max upper, ms", 0, 6, "line", millis(rows, LagSecond::maxUpperNanos), Rounds.UP));
    return new Spec(
        "seconds",
        "seconds since the measurement began",
        rows.stream().map(row -> (double) row.second()).toList(),
        List.of(),
        band == 0
            ? List.of(new Axis("lag, ms", true))
            : List.of(new Axis("lag, ms", true), new Axis("load, ops/s", false)),
        series,
        List.of(band, band + 1),
        TimeMarks.of(lag, replica, rows, askedByStep));
  }

  private static NavigableMap<Long, Double> lowers(
      Distributions distributions, String replica, int replicas) {
    for (Distributions.Key key : distributions.totals().keySet()) {
      if (key.phase().equals(LagReport.LOAD)
          && key.bound().equals("lower")
          && (replicas == 1 || key.replica().endsWith(replica))) {
        return distributions.medians(key);
      }
    }
    return new TreeMap<>();
  }

  /** The lower median recorded in the same second, in milliseconds; null if none. */
  private static @Nullable Double lower(LagSecond row, NavigableMap<Long, Double> lowers) {
    if (row.epochMs() == null || row.p50UpperNanos() == null) {
      return null;
    }
    Map.Entry<Long, Double> nearest = lowers.floorEntry(row.epochMs() + 500);
    return nearest == null || nearest.getKey() < row.epochMs() - 500
        ? null
        : Double.valueOf(nearest.getValue() / 1e3);
  }

  /**
   * The percentile distribution, HdrHistogram's usual way: the x axis counts nines. A curve ends
   * where fewer than ten sentinels are beyond it; sentinels never seen count as beyond everything
   * but among the lower bounds, which they have too.
   */
  static @Nullable Spec distribution(LagReport lag, Distributions distributions) {
    double nines = 0;
    for (Map.Entry<Distributions.Key, Histogram> entry : distributions.totals().entrySet()) {
      nines =
          Math.max(
              nines,
              nines(entry.getValue().getTotalCount() + unseen(lag, entry.getKey(), distributions)));
    }
    if (nines <= 0) {
      return null;
    }
    List<Double> x = new ArrayList<>();
    for (int step = 0; step <= Math.ceil(nines * STEPS_PER_NINE); step++) {
      x.add(step / (double) STEPS_PER_NINE);
    }
    List<Series> series = new ArrayList<>();
    for (Map.Entry<Distributions.Key, Histogram> entry : distributions.totals().entrySet()) {
      Distributions.Key key = entry.getKey();
      boolean intended = key.bound().equals("intended");
      if (intended && !key.phase().equals(LagReport.LOAD)) {
        continue;
      }
      String phase =
          key.phase().equals(LagReport.LOAD) && lag.mainPhase() != null
              ? lag.mainPhase()
              : key.phase();
      String name = intended ? "from intended" : key.bound();
      series.add(
          new Series(
              phase + " " + name + (key.replica().isEmpty() ? "" : " " + key.replica()) + ", ms",
              0,
              intended ? 4 : colour(key.phase()),
              key.bound().equals("lower") ? "dashed" : "line",
              curve(entry.getValue(), unseen(lag, key, distributions), x),
              key.bound().equals("lower") ? Rounds.DOWN : Rounds.UP));
    }
    return new Spec(
        "percentile",
        "percentile",
        x,
        List.of(),
        List.of(new Axis("lag, ms", true)),
        series,
        List.of());
  }

  private static int colour(String phase) {
    return switch (phase) {
      case LagReport.FLOOR -> 3;
      case LagReport.BASELINE -> 1;
      default -> 2;
    };
  }

  private static double nines(long samples) {
    return Math.log10(samples / 10.0);
  }

  private static long unseen(LagReport lag, Distributions.Key key, Distributions distributions) {
    String phase = key.phase().equals(LagReport.LOAD) ? lag.mainPhase() : key.phase();
    LagAccounting accounting = lag.accounting(phase);
    long censored = accounting == null ? 0 : accounting.censored();
    if (!key.bound().equals("lower")) {
      return censored;
    }
    // Runs of earlier versions have no lower bounds of those never seen.
    Histogram lower = distributions.totals().get(key);
    Histogram upper =
        distributions.totals().get(new Distributions.Key(key.phase(), "upper", key.replica()));
    return lower == null || upper == null
        ? 0
        : Math.max(0, upper.getTotalCount() + censored - lower.getTotalCount());
  }

  private static List<@Nullable Double> curve(Histogram seen, long unseen, List<Double> x) {
    long all = seen.getTotalCount() + unseen;
    List<@Nullable Double> curve = new ArrayList<>();
    for (double at : x) {
      double rank = all * (1 - Math.pow(10, -at));
      boolean told = at <= nines(all) && rank <= seen.getTotalCount();
      curve.add(told ? seen.getValueAtPercentile(100 * rank / seen.getTotalCount()) / 1e6 : null);
    }
    return curve;
  }

  private static List<@Nullable Double> of(
      List<LagSecond> rows, Function<LagSecond, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    rows.forEach(row -> values.add(value.apply(row)));
    return values;
  }

  private static List<@Nullable Double> millis(
      List<LagSecond> rows, Function<LagSecond, @Nullable Long> nanos) {
    List<@Nullable Double> values = new ArrayList<>();
    for (LagSecond row : rows) {
      Long value = nanos.apply(row);
      values.add(value == null ? null : value / 1e3 / 1e3);
    }
    return values;
  }
}
