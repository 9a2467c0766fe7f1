package io.syncanalyzer.probe.figures;

import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Percentiles of samples of which some were never seen to end.
 *
 * <p>A percentile p is the value of rank ⌈p × n⌉ among n samples; given only for n ≥ 10/(1−p), the
 * least and the greatest always. Every sample has a lower bound, so a lower percentile is that of
 * all of them. Those never seen have no upper one and rank last: a percentile whose rank falls
 * among them is open. The true percentile lies between the two, since each sample does.
 */
public final class Percentiles {
  private static final List<String> LABELS =
      List.of("min", "50", "90", "95", "99", "99.9", "99.99", "max");

  private Percentiles() {}

  /**
   * What percentiles are of.
   *
   * @param replica its address; null where there is but one
   * @param step of the load's ramp, from 1; null = the whole phase
   */
  public record Of(String phase, @Nullable String replica, @Nullable Integer step) {
    Of inStep(int one) {
      return new Of(phase, replica, one);
    }
  }

  /**
   * The rows of {@code lag.csv}.
   *
   * @param of what they are of
   * @param upper of those seen
   * @param lower of those seen and those given up
   * @param intended of those seen
   * @param censored how many were given up
   */
  public static List<LagPercentile> rows(
      Of of, Histogram upper, Histogram lower, Histogram intended, long censored) {
    List<LagPercentile> rows = new ArrayList<>();
    for (String label : LABELS) {
      rows.add(
          new LagPercentile(
              of.phase(),
              label,
              atMost(value(label, upper, censored), upper),
              atLeast(value(label, lower, 0), lower),
              atMost(value(label, intended, censored), intended),
              upper.getTotalCount() + censored,
              of.replica(),
              of.step()));
    }
    return rows;
  }

  /** A histogram's digits are rounded outward, so that the bounds still hold. */
  private static LagValue atMost(LagValue value, Histogram of) {
    return value instanceof LagValue.Known known
        ? new LagValue.Known(of.highestEquivalentValue(known.nanos()))
        : value;
  }

  private static LagValue atLeast(LagValue value, Histogram of) {
    return value instanceof LagValue.Known known
        ? new LagValue.Known(of.lowestEquivalentValue(known.nanos()))
        : value;
  }

  /**
   * One figure, by its label.
   *
   * @param open how many samples beside these have no value, and rank last
   */
  public static LagValue value(String label, Histogram known, long open) {
    long samples = known.getTotalCount() + open;
    if (samples == 0) {
      return new LagValue.TooFew();
    }
    return switch (label) {
      case "min" ->
          known.getTotalCount() == 0
              ? new LagValue.Open()
              : new LagValue.Known(known.getMinValue());
      case "max" -> open > 0 ? new LagValue.Open() : new LagValue.Known(known.getMaxValue());
      default -> percentile(Double.parseDouble(label), known, samples);
    };
  }

  private static LagValue percentile(double percent, Histogram known, long samples) {
    if (!enough(percent, samples)) {
      return new LagValue.TooFew();
    }
    long rank = rank(percent, samples);
    return rank > known.getTotalCount()
        ? new LagValue.Open()
        : new LagValue.Known(atRank(known, rank));
  }

  /** A percentile of whole samples, or null for too few. */
  static @Nullable public Long ofEnough(double percent, Histogram seen) {
    return enough(percent, seen.getTotalCount()) ? Long.valueOf(nearest(percent, seen)) : null;
  }

  /** A percentile by nearest rank however few the samples; 0 for none. */
  public static long nearest(double percent, Histogram seen) {
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
