package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.result.lag.LagCount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A second's bounds as counts, to be told to another process: as few as its readers can tell apart,
 * however many sentinels there are.
 *
 * <p>Seven binary digits are kept, 128 counts for each doubling of the lag; the rest is rounded
 * outward, so that the bounds still hold.
 */
final class BoundCounts {
  private static final int DIGITS = 7;

  private BoundCounts() {}

  /** Of upper bounds. */
  static List<LagCount> up(Histogram histogram) {
    return counts(histogram, nanos -> up(histogram.highestEquivalentValue(nanos)));
  }

  /** Of lower bounds. */
  static List<LagCount> down(Histogram histogram) {
    return counts(histogram, nanos -> down(histogram.lowestEquivalentValue(nanos)));
  }

  /** The next number with so few digits, or the number itself. */
  static long up(long nanos) {
    long step = step(nanos);
    return (nanos + step - 1) / step * step;
  }

  /** The last number with so few digits, or the number itself. */
  static long down(long nanos) {
    return nanos / step(nanos) * step(nanos);
  }

  private static long step(long nanos) {
    int digits = Long.SIZE - Long.numberOfLeadingZeros(nanos);
    return digits <= DIGITS + 1 ? 1 : 1L << (digits - DIGITS - 1);
  }

  private static List<LagCount> counts(Histogram histogram, LongUnaryOperator bound) {
    List<LagCount> counts = new ArrayList<>();
    long nanos = 0;
    long count = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      long here = bound.applyAsLong(value.getValueIteratedTo());
      if (here != nanos && count > 0) {
        counts.add(new LagCount(nanos, count));
        count = 0;
      }
      nanos = here;
      count += value.getCountAddedInThisIterationStep();
    }
    if (count > 0) {
      counts.add(new LagCount(nanos, count));
    }
    return counts;
  }
}
