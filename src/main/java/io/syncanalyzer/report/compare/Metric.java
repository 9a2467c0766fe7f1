package io.syncanalyzer.report.compare;

import io.syncanalyzer.report.files.Units;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.figure.Reading;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure by which runs are compared.
 *
 * @param moreIsBetter whether the larger figure is the better one
 * @param gate whether {@code --fail-if-worse} looks at it; tails that a handful of samples decide
 *     are shown and judged, but break no build
 * @param of the figure of a run, or the interval that it lies in; null where unknown
 */
public record Metric(
    String phase,
    String name,
    String unit,
    boolean moreIsBetter,
    boolean gate,
    Function<RunReport, @Nullable Reading> of) {

  private static final String KEYS = "keys";
  private static final String SENTINELS = "sentinels";

  /** All of them, in the run's order. */
  public static List<Metric> all() {
    List<Metric> all = new ArrayList<>();
    all.add(load("ops_per_s", "1/s", true, true, LoadRow::opsPerS));
    all.add(load("writes_per_s", "1/s", true, false, LoadRow::writesPerS));
    all.add(load("reads_per_s", "1/s", true, false, LoadRow::readsPerS));
    all.add(load("avg", "ms", false, false, row -> Units.millis(row.latency().meanNanos())));
    all.add(load("p50", "ms", false, false, row -> Units.millis(row.latency().p50Nanos())));
    all.add(load("p99", "ms", false, true, row -> Units.millis(row.latency().p99Nanos())));
    all.add(load("max", "ms", false, false, row -> Units.millis(row.latency().maxNanos())));
    for (String percentile : List.of("50", "90", "99", "99.9", "max")) {
      boolean gate = percentile.equals("50") || percentile.equals("99");
      String name = Character.isDigit(percentile.charAt(0)) ? "p" + percentile : percentile;
      all.add(lag(name + "_upper", gate, null, percentile, Metric::interval));
      all.add(lag(name + "_lower", false, null, percentile, row -> figure(row.lower().micros())));
      all.add(lag(name + "_intended", false, null, percentile, Metric::fromIntended));
    }
    all.add(lag("baseline_p99_upper", false, LagReport.BASELINE, "99", Metric::interval));
    all.add(lag("floor_p99_upper", false, LagReport.FLOOR, "99", Metric::interval));
    all.add(
        new Metric(
            "lag",
            "censored",
            SENTINELS,
            false,
            true,
            run -> run.lag() == null ? null : count(run.lag().censored())));
    all.add(
        new Metric(
            "drain",
            "duration",
            "s",
            false,
            true,
            run -> run.drain() == null ? null : figure(run.drain().seconds())));
    all.add(verify("mismatches", true, verify -> count(verify.mismatchedKeys())));
    all.add(verify("unsettled", true, verify -> count(verify.keys(KeyVerdict.UNSETTLED))));
    all.add(verify("unreadable", true, verify -> count(verify.keys(KeyVerdict.UNREADABLE))));
    all.add(verify("elapsed", false, verify -> figure(verify.elapsedSeconds())));
    all.add(Capacities.METRIC);
    return List.copyOf(all);
  }

  /** Whether it is an interval rather than a number: the upper bound stands for both. */
  boolean isInterval() {
    return isCapacity() || (phase.equals("lag") && name.endsWith("_upper"));
  }

  /** Whether it counts what was found, rather than measures. */
  boolean isCount() {
    return unit.equals(KEYS) || unit.equals(SENTINELS);
  }

  /** Whether it is an interval of which neither end stands for both. */
  boolean isCapacity() {
    return phase.equals(Capacities.PHASE);
  }

  private static Metric load(
      String name,
      String unit,
      boolean moreIsBetter,
      boolean gate,
      Function<LoadRow, @Nullable Double> of) {
    return new Metric(
        "load",
        name,
        unit,
        moreIsBetter,
        gate,
        run -> {
          LoadRow totals = run.load() == null ? null : run.load().totals();
          return totals == null ? null : figure(of.apply(totals));
        });
  }

  private static Metric lag(
      String name,
      boolean gate,
      @Nullable String phase,
      String percentile,
      Function<LagPercentile, @Nullable Reading> of) {
    return new Metric(
        "lag",
        name,
        "us",
        false,
        gate,
        run -> {
          LagReport lag = run.lag();
          LagPercentile row =
              lag == null
                  ? null
                  : lag.percentile(phase == null ? lag.mainPhase() : phase, percentile);
          return row == null ? null : of.apply(row);
        });
  }

  private static Metric verify(
      String name, boolean gate, Function<VerifyReport, @Nullable Reading> of) {
    return new Metric(
        "verify",
        name,
        name.equals("elapsed") ? "s" : KEYS,
        false,
        gate,
        run -> run.verify() == null ? null : of.apply(run.verify()));
  }

  private static @Nullable Reading interval(LagPercentile row) {
    return between(row, row.upper().micros(), row.lower().micros());
  }

  /** A number, or where it is open all that is known: it waits no less than the lag is. */
  private static @Nullable Reading fromIntended(LagPercentile row) {
    return between(row, row.intended().micros(), row.intended().micros());
  }

  private static @Nullable Reading between(
      LagPercentile row, @Nullable Double upper, @Nullable Double lower) {
    Double least = row.lower().micros();
    if (row.isOpen() && least != null) {
      return new Reading(least, Double.POSITIVE_INFINITY);
    }
    return upper == null ? null : new Reading(lower == null ? 0 : Math.min(lower, upper), upper);
  }

  private static Reading count(long value) {
    return Reading.of((double) value);
  }

  private static @Nullable Reading figure(@Nullable Double value) {
    return value == null ? null : Reading.of(value);
  }
}
