package io.syncanalyzer.probe;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles of samples of which some were never seen to end.
 *
 * <p>A percentile p is the value of rank ⌈p × n⌉ among n samples, the censored ones ranking last.
 * It is given only for n ≥ 10/(1−p); the least and the greatest always.
 */
final class Percentiles {
  private static final List<String> LABELS =
      List.of("min", "50", "90", "95", "99", "99.9", "99.99", "max");

  private Percentiles() {}

  /**
   * The rows of {@code lag.csv}.
   *
   * @param censored how many were given up
   * @param censoredNanos the least time any of them is known to have stayed away
   */
  static List<LagRow> rows(
      Histogram upper, Histogram lower, Histogram intended, long censored, long censoredNanos) {
    List<LagRow> rows = new ArrayList<>();
    for (String label : LABELS) {
      rows.add(
          new LagRow(
              label,
              value(label, upper, censored, censoredNanos),
              value(label, lower, censored, censoredNanos),
              value(label, intended, censored, censoredNanos),
              upper.getTotalCount() + censored));
    }
    return rows;
  }

  /** One figure, by its label. */
  static LagValue value(String label, Histogram seen, long censored, long censoredNanos) {
    long samples = seen.getTotalCount() + censored;
    if (samples == 0) {
      return new LagValue.TooFew();
    }
    return switch (label) {
      case "min" ->
          seen.getTotalCount() == 0
              ? new LagValue.AtLeast(censoredNanos)
              : new LagValue.Known(seen.getMinValue());
      case "max" ->
          censored > 0
              ? new LagValue.AtLeast(censoredNanos)
              : new LagValue.Known(seen.getMaxValue());
      default -> percentile(Double.parseDouble(label), seen, censored, censoredNanos);
    };
  }

  private static LagValue percentile(
      double percent, Histogram seen, long censored, long censoredNanos) {
    long samples = seen.getTotalCount() + censored;
    if (!enough(percent, samples)) {
      return new LagValue.TooFew();
    }
    long rank = rank(percent, samples);
    if (rank > seen.getTotalCount()) {
      return new LagValue.AtLeast(censoredNanos);
    }
    long nanos = atRank(seen, rank);
    // One seen later than the others were given up: which of them ranks here is not known.
    return censored > 0 && nanos > censoredNanos
        ? new LagValue.AtLeast(censoredNanos)
        : new LagValue.Known(nanos);
  }

  /** A percentile of whole samples, or null for too few. */
  static @Nullable Long ofEnough(double percent, Histogram seen) {
    return enough(percent, seen.getTotalCount()) ? Long.valueOf(nearest(percent, seen)) : null;
  }

  /** A percentile by nearest rank however few the samples; 0 for none. */
  static long nearest(double percent, Histogram seen) {
    return seen.getTotalCount() == 0 ? 0 : atRank(seen, rank(percent, seen.getTotalCount()));
  }

  /** Whether n ≥ 10/(1−p); in whole numbers, since 1 − 0.9999 is no exact double. */
  private static boolean enough(double percent, long samples) {
    long tenThousandthsAbove = Math.round((100 - percent) * 100);
    return samples * tenThousandthsAbove >= 100_000;
  }

  private static long rank(double percent, long samples) {
    long above = Math.round((100 - percent) * 100);
    return Math.max(1, samples - samples * above / 10_000);
  }

  private static long atRank(Histogram seen, long rank) {
    // The middle of the rank, in percent, so that no rounding can reach into the next one.
    return Math.min(
        seen.getMaxValue(), seen.getValueAtPercentile((rank - 0.5) * 100.0 / seen.getTotalCount()));
  }
}
