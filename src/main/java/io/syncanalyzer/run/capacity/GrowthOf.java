package io.syncanalyzer.run.capacity;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.statistics.Trend;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether the lag, and the offset gap, grew over some seconds of a trial. */
final class GrowthOf {
  private static final double MIDDLE = 0.5;

  private GrowthOf() {}

  /**
   * Both growths, each null where too few seconds tell.
   *
   * @param rows whole seconds, in order
   * @param seed of the resampling
   */
  static Trial.Growth rows(List<LagSecond> rows, long seed) {
    return new Trial.Growth(
        slope(rows, TrialSeconds::lagNanos, seed), slope(rows, LagSecond::offsetGapBytes, seed));
  }

  /** Whether the offsets of both sides were shown in any of them. */
  static boolean showsOffsets(List<LagSecond> rows) {
    return rows.stream().anyMatch(row -> row.offsetGapBytes() != null);
  }

  private static @Nullable Slope slope(
      List<LagSecond> rows, Function<LagSecond, @Nullable Long> value, long seed) {
    List<LagSecond> known = rows.stream().filter(row -> value.apply(row) != null).toList();
    double[] seconds = new double[known.size()];
    double[] values = new double[known.size()];
    for (int i = 0; i < seconds.length; i++) {
      LagSecond row = known.get(i);
      Long there = value.apply(row);
      seconds[i] = row.second() + row.span() * MIDDLE;
      values[i] = there == null ? 0 : there;
    }
    Optional<Trend> trend = Trend.of(seconds, values, seed);
    return trend.map(one -> new Slope(one.perSecond(), one.low(), one.high())).orElse(null);
  }
}
