package io.syncanalyzer.insert;

import io.syncanalyzer.sentinel.SentinelType;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The measured writes of one lane. One thread records; any may {@link #addTo} a sum, once.
 *
 * <p>Histograms are of nanoseconds with three digits.
 */
final class WriteRecorder {
  private static final int DIGITS = 3;
  private static final int SAMPLES_BEYOND = 10;
  private static final double NANOS_PER_MICRO = 1000;

  private final SingleWriterRecorder service = new SingleWriterRecorder(DIGITS);
  private final SingleWriterRecorder intended = new SingleWriterRecorder(DIGITS);
  private final AtomicLong errors = new AtomicLong();

  /** A write that the source acknowledged. */
  void written(long intendedNanos, long sendNanos, long ackNanos) {
    service.recordValue(Math.max(0, ackNanos - sendNanos));
    intended.recordValue(Math.max(0, ackNanos - intendedNanos));
  }

  /** A write that failed or stayed without an answer. */
  void failed() {
    errors.incrementAndGet();
  }

  /** Lanes of one type, added up. */
  static final class Sum {
    private final Histogram service = new Histogram(DIGITS);
    private final Histogram intended = new Histogram(DIGITS);
    private long errors;
    private int lanes;

    /** The row of these lanes over so much measured time. */
    InsertRow row(SentinelType type, double measuredSeconds) {
      long writes = service.getTotalCount();
      return new InsertRow(
          type,
          lanes,
          writes,
          errors,
          measuredSeconds > 0 ? writes / measuredSeconds : Double.NaN,
          writes == 0 ? Double.NaN : service.getMean() / NANOS_PER_MICRO,
          percentile(service, 50),
          percentile(service, 90),
          percentile(service, 99),
          percentile(service, 99.9),
          max(service),
          percentile(intended, 99),
          max(intended));
    }

    private static double percentile(Histogram histogram, double percentile) {
      boolean enough =
          histogram.getTotalCount() * (100 - percentile) >= SAMPLES_BEYOND * 100 - 1e-6;
      return enough ? histogram.getValueAtPercentile(percentile) / NANOS_PER_MICRO : Double.NaN;
    }

    private static double max(Histogram histogram) {
      return histogram.getTotalCount() == 0
          ? Double.NaN
          : histogram.getMaxValue() / NANOS_PER_MICRO;
    }
  }

  /** Adds this lane; what it records afterwards is of no account. */
  void addTo(Sum sum) {
    sum.service.add(service.getIntervalHistogram());
    sum.intended.add(intended.getIntervalHistogram());
    sum.errors += errors.get();
    sum.lanes++;
  }
}
