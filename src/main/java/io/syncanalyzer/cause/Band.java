package io.syncanalyzer.cause;

import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the lag keeps to while nothing is the matter. A second is outside where its median is beyond
 * the one edge, or its largest lag (seen, or still outstanding) beyond the other.
 *
 * @param medianNanos the edge for a second's median
 * @param largestNanos the edge for its largest
 * @param words where both come from
 */
public record Band(long medianNanos, long largestNanos, String words) {
  /** A median within it is no episode, however quiet a pair is at idle. */
  public static final long LEAST_MEDIAN_NANOS = 2_000_000;

  /** So is a largest lag within this: it is what a pause of any of the processes makes. */
  public static final long LEAST_LARGEST_NANOS = 10_000_000;

  /** The largest of a few seconds at idle is not the largest that idle has. */
  private static final int OF_LARGEST = 2;

  private static final int OF_QUIET = 3;

  /**
   * The band of a baseline.
   *
   * @param keptNanos what 99 of 100 sentinels kept to at idle
   * @param largestNanos the largest at idle
   * @param leastNanos a lag within this never counts; null = what is said above
   */
  public static Band ofBaseline(long keptNanos, long largestNanos, @Nullable Long leastNanos) {
    return new Band(
        Math.max(keptNanos, leastNanos == null ? LEAST_MEDIAN_NANOS : leastNanos),
        Math.max(OF_LARGEST * largestNanos, leastNanos == null ? LEAST_LARGEST_NANOS : leastNanos),
        "by the baseline");
  }

  /**
   * The band of a run that has no baseline: three times what a quarter of its seconds stayed below.
   *
   * @param leastNanos as above
   * @return empty where no second has a sample
   */
  public static Optional<Band> ofQuiet(List<LagSecond> rows, @Nullable Long leastNanos) {
    long[] largest = known(rows, LagSecond::maxUpperNanos);
    if (largest.length == 0) {
      return Optional.empty();
    }
    long[] medians = known(rows, LagSecond::p50UpperNanos);
    long quiet = quarter(medians.length == 0 ? largest : medians);
    return Optional.of(
        new Band(
            Math.max(OF_QUIET * quiet, leastNanos == null ? LEAST_MEDIAN_NANOS : leastNanos),
            Math.max(
                OF_QUIET * quarter(largest), leastNanos == null ? LEAST_LARGEST_NANOS : leastNanos),
            "by the quietest quarter of the run's own seconds, as there is no baseline"));
  }

  /**
   * No wider than that: a replica that is behind all the time has no quiet seconds.
   *
   * @param median for the one edge
   * @param largest for the other
   * @param by what sets them
   */
  public Band atMost(long median, long largest, String by) {
    return median >= medianNanos && largest >= largestNanos
        ? this
        : new Band(
            Math.min(median, medianNanos), Math.min(largest, largestNanos), words + ", but " + by);
  }

  /** Whether the lag of a second is outside. */
  boolean isOutside(LagSecond row) {
    return (row.p50UpperNanos() != null && row.p50UpperNanos() > medianNanos)
        || Math.max(LagSecond.orZero(row.maxUpperNanos()), LagSecond.orZero(row.maxLowerNanos()))
            > largestNanos;
  }

  /** Both edges and where they come from, for people. */
  public String told() {
    return "a second counts as back with a median of at most "
        + Numbers.micros(medianNanos / 1e3)
        + " and no lag beyond "
        + Numbers.micros(largestNanos / 1e3)
        + ", "
        + words;
  }

  private interface Figure {
    @Nullable Long of(LagSecond row);
  }

  private static long[] known(List<LagSecond> rows, Figure figure) {
    return rows.stream()
        .map(figure::of)
        .filter(value -> value != null)
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }

  private static long quarter(long[] sorted) {
    return Arrays.stream(sorted).skip(sorted.length / 4).findFirst().orElse(0);
  }
}
