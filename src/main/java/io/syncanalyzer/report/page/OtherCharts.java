package io.syncanalyzer.report.page;

import io.syncanalyzer.report.files.Units;
import io.syncanalyzer.report.page.Charts.Axis;
import io.syncanalyzer.report.page.Charts.Series;
import io.syncanalyzer.report.page.Charts.Spec;
import io.syncanalyzer.result.InsertReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.LoadSecond;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.result.verify.VerifyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The charts of load, inserts and verification. */
final class OtherCharts {
  private OtherCharts() {}

  /** Throughput and latency by second; a second that is not whole has no rate. */
  static @Nullable Spec load(LoadReport load) {
    List<LoadSecond> rows = load.timeline();
    if (rows.isEmpty()) {
      return null;
    }
    List<Series> series = new ArrayList<>();
    series.add(
        new Series(
            "commands/s", 0, 5, "area", of(rows, row -> row.partial() ? null : row.opsPerS())));
    // Where all of them write, the line would only lie on the area's edge.
    if (rows.stream().anyMatch(row -> row.readsPerS() != null && row.readsPerS() > 0)) {
      series.add(
          new Series(
              "writes/s", 0, 4, "line", of(rows, row -> row.partial() ? null : row.writesPerS())));
    }
    series.add(
        new Series("average, ms", 1, 1, "line", of(rows, row -> Units.millis(row.meanNanos()))));
    series.add(new Series("p99, ms", 1, 2, "line", of(rows, row -> Units.millis(row.p99Nanos()))));
    return new Spec(
        "seconds",
        "seconds since the load began",
        rows.stream().map(row -> (double) row.second()).toList(),
        List.of(),
        List.of(new Axis("commands/s", false), new Axis("latency, ms", false)),
        series,
        List.of());
  }

  /** Latency of the sentinels' writes by type. */
  static @Nullable Spec inserts(InsertReport insert) {
    List<InsertRow> rows = insert.rows();
    if (rows.isEmpty()) {
      return null;
    }
    List<Series> series = new ArrayList<>();
    series.add(bars("p50, us", 1, of(rows, row -> Units.micros(row.latency().p50Nanos()))));
    series.add(bars("p90, us", 3, of(rows, row -> Units.micros(row.latency().p90Nanos()))));
    series.add(bars("p99, us", 2, of(rows, row -> Units.micros(row.latency().p99Nanos()))));
    series.add(bars("p99.9, us", 4, of(rows, row -> Units.micros(row.latency().p999Nanos()))));
    series.add(bars("max, us", 6, of(rows, row -> Units.micros(row.latency().maxNanos()))));
    // A percentile that no type has enough writes for would leave a gap among the bars.
    series.removeIf(one -> one.values().stream().allMatch(Objects::isNull));
    return named(rows.stream().map(InsertRow::type).toList(), "write latency, us", series);
  }

  /** Keys by type and verdict. */
  static @Nullable Spec verify(VerifyReport verify) {
    List<String> types = verify.rows().stream().map(VerifyRow::type).distinct().toList();
    if (types.isEmpty()) {
      return null;
    }
    List<Series> series = new ArrayList<>();
    for (KeyVerdict verdict : verify.byVerdict().keySet()) {
      List<@Nullable Double> keys = new ArrayList<>();
      for (String type : types) {
        long sum =
            verify.rows().stream()
                .filter(row -> row.type().equals(type) && row.verdict() == verdict)
                .mapToLong(VerifyRow::keys)
                .sum();
        keys.add(sum == 0 ? null : Double.valueOf((double) sum));
      }
      series.add(
          new Series(
              verdict.words(), 0, colour(verdict), isHollow(verdict) ? "hollow" : "bars", keys));
    }
    return named(types, "keys", series);
  }

  private static int colour(KeyVerdict verdict) {
    return switch (verdict) {
      case EQUAL -> 3;
      case MISSING_ON_REPLICA -> 6;
      case EXTRA_ON_REPLICA -> 2;
      case TYPE_DIFFERS, VALUE_DIFFERS -> 4;
      case TTL_DIFFERS -> 1;
      case UNSETTLED, UNREADABLE -> 5;
    };
  }

  /** Of two verdicts of one colour one is filled. */
  private static boolean isHollow(KeyVerdict verdict) {
    return verdict == KeyVerdict.TYPE_DIFFERS || verdict == KeyVerdict.UNREADABLE;
  }

  private static Spec named(List<String> names, String axis, List<Series> series) {
    List<Double> x = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      x.add((double) i);
    }
    return new Spec("names", "type", x, names, List.of(new Axis(axis, true)), series, List.of());
  }

  private static Series bars(String label, int colour, List<@Nullable Double> values) {
    return new Series(label, 0, colour, "bars", values);
  }

  private static <R> List<@Nullable Double> of(List<R> rows, Function<R, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    rows.forEach(row -> values.add(value.apply(row)));
    return values;
  }
}
