package io.syncanalyzer.report.files;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.figure.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of {@code capacity.csv}, and the trial that a row of them is. */
final class CapacityColumns {
  /** From nanoseconds to microseconds. */
  private static final int MICROS = 3;

  /** From nanoseconds to seconds. */
  private static final int SECONDS = 9;

  /** From a share to percent. */
  private static final int PERCENT = -2;

  private static final int DECIMALS = 6;

  static final Table<Trial> TABLE =
      Table.of(
          "capacity.csv",
          table ->
              table
                  .column("trial", row -> row.trial())
                  .column("asked_ops_per_s", row -> row.rate().askedPerS())
                  .column("achieved_ops_per_s", row -> row.rate().achievedPerS())
                  .column("seconds", row -> moved(row.measuredNanos(), SECONDS))
                  .column("p50_upper_us", row -> moved(row.lag().p50UpperNanos(), MICROS))
                  .column("p99_upper_us", row -> moved(row.lag().p99UpperNanos(), MICROS))
                  .column("max_upper_us", row -> moved(row.lag().maxUpperNanos(), MICROS))
                  .column("censored", row -> row.lag().censored())
                  .column(
                      "lag_slope_us_per_s", row -> of(row.growth().lag(), Slope::perSecond, MICROS))
                  .figures(
                      "lag_slope_low",
                      row -> of(row.growth().lag(), Slope::low, MICROS),
                      row -> limit(RoundingMode.FLOOR))
                  .figures(
                      "lag_slope_high",
                      row -> of(row.growth().lag(), Slope::high, MICROS),
                      row -> limit(RoundingMode.CEILING))
                  .column(
                      "gap_slope_bytes_per_s", row -> of(row.growth().gap(), Slope::perSecond, 0))
                  .figures(
                      "gap_slope_low",
                      row -> of(row.growth().gap(), Slope::low, 0),
                      row -> limit(RoundingMode.FLOOR))
                  .figures(
                      "gap_slope_high",
                      row -> of(row.growth().gap(), Slope::high, 0),
                      row -> limit(RoundingMode.CEILING))
                  .column("recovered_s", row -> moved(row.recoveredNanos(), SECONDS))
                  .column("outcome", row -> row.outcome().label())
                  .column("reason", Trial::reason)
                  .column("p50_lower_us", row -> moved(row.lag().p50LowerNanos(), MICROS))
                  .column("p99_lower_us", row -> moved(row.lag().p99LowerNanos(), MICROS))
                  .column("max_lower_us", row -> moved(row.lag().maxLowerNanos(), MICROS))
                  .column("samples", row -> row.lag().samples())
                  .column("purpose", Trial::purpose)
                  .column(
                      "source_cpu_percent",
                      row -> Units.moved(row.rate().sourceCpuShare(), PERCENT))
                  .column(
                      "replica_cpu_percent",
                      row -> Units.moved(row.rate().replicaCpuShare(), PERCENT))
                  .column("epoch_ms", Trial::startedEpochMs)
                  .column("replica", Trial::replica)
                  .column("shard", Trial::shard));

  private CapacityColumns() {}

  private static @Nullable BigDecimal moved(@Nullable Long nanos, int places) {
    return nanos == null ? null : BigDecimal.valueOf(nanos).movePointLeft(places);
  }

  private static @Nullable BigDecimal of(
      @Nullable Slope slope, Function<Slope, Double> figure, int places) {
    return slope == null ? null : Units.moved(figure.apply(slope), places);
  }

  /** A limit of a slope is written as the slope, rounded so that it still holds. */
  private static Measure limit(RoundingMode way) {
    return new Measure(DECIMALS, way, true);
  }

  /**
   * The trial of a row.
   *
   * @param texts of its columns by name, with a decimal point; null or empty = unknown
   * @throws IllegalArgumentException if there is none such, in words that name the column
   */
  static Trial trial(Function<String, @Nullable String> texts) {
    Row row = new Row(texts);
    return new Trial(
        Math.toIntExact(row.needed("trial")),
        row.word("purpose"),
        new Trial.Rate(
            row.needed("asked_ops_per_s"),
            row.number("achieved_ops_per_s", 0),
            row.number("source_cpu_percent", PERCENT),
            row.number("replica_cpu_percent", PERCENT)),
        row.orZero("seconds", SECONDS),
        new Trial.Lag(
            row.whole("p50_upper_us", MICROS),
            row.whole("p50_lower_us", MICROS),
            row.whole("p99_upper_us", MICROS),
            row.whole("p99_lower_us", MICROS),
            row.whole("max_upper_us", MICROS),
            row.whole("max_lower_us", MICROS),
            row.orZero("samples", 0),
            row.orZero("censored", 0)),
        new Trial.Growth(
            row.slope("lag_slope_us_per_s", "lag_slope_low", "lag_slope_high", MICROS),
            row.slope("gap_slope_bytes_per_s", "gap_slope_low", "gap_slope_high", 0)),
        row.whole("recovered_s", SECONDS),
        row.outcome("outcome"),
        row.word("reason"),
        row.known("replica"),
        row.known("shard"),
        row.whole("epoch_ms", 0));
  }

  /** The cells of a row by their columns. */
  private record Row(Function<String, @Nullable String> texts) {
    @Nullable String known(String column) {
      String text = texts.apply(column);
      return text == null || text.isEmpty() ? null : text;
    }

    String word(String column) {
      String text = texts.apply(column);
      return text == null ? "" : text;
    }

    /** The figure with its point moved back by so many places. */
    private @Nullable BigDecimal figure(String column, int places) {
      String text = known(column);
      try {
        return text == null ? null : new BigDecimal(text).movePointRight(places);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(column + ": `" + text + "` is no number", e);
      }
    }

    @Nullable Double number(String column, int places) {
      BigDecimal figure = figure(column, places);
      return figure == null ? null : Double.valueOf(figure.doubleValue());
    }

    @Nullable Long whole(String column, int places) {
      BigDecimal figure = figure(column, places);
      try {
        return figure == null
            ? null
            : Long.valueOf(figure.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(column + ": " + word(column) + " is too large", e);
      }
    }

    long orZero(String column, int places) {
      Long whole = whole(column, places);
      return whole == null ? 0 : whole;
    }

    long needed(String column) {
      Long whole = whole(column, 0);
      if (whole == null || whole < 1 || (whole > Integer.MAX_VALUE && column.equals("trial"))) {
        throw new IllegalArgumentException(
            column + ": `" + word(column) + "` is no number from 1 on");
      }
      return whole;
    }

    @Nullable Slope slope(String estimate, String low, String high, int places) {
      Double perSecond = number(estimate, places);
      Double least = number(low, places);
      Double most = number(high, places);
      if (perSecond == null || least == null || most == null) {
        return null;
      }
      try {
        return new Slope(perSecond, least, most);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(low + ": " + e.getMessage(), e);
      }
    }

    TrialOutcome outcome(String column) {
      try {
        return TrialOutcome.of(word(column));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(column + ": " + e.getMessage(), e);
      }
    }
  }
}
