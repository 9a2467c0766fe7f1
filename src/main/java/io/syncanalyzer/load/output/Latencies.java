package io.syncanalyzer.load.output;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Percentiles of memtier's histograms, by memtier's own rule. */
final class Latencies {
  private Latencies() {}

  /**
   * The latency that so many percent of the operations did not exceed, in milliseconds.
   *
   * <p>The rank is rounded to the nearest, as the C library in memtier does it; Java's own {@link
   * Histogram#getValueAtPercentile} rounds up, which at the far end is one operation later and
   * would not agree with the table memtier prints.
   *
   * @param histogram in microseconds, not empty
   */
  static double atPercentile(Histogram histogram, double percentile) {
    long rank = Math.max(1, (long) (percentile / 100 * histogram.getTotalCount() + 0.5));
    for (HistogramIterationValue value : histogram.recordedValues()) {
      if (value.getTotalCountToThisValue() >= rank) {
        return histogram.highestEquivalentValue(value.getValueIteratedTo()) / 1000.0;
      }
    }
    return histogram.getMaxValue() / 1000.0;
  }
}
