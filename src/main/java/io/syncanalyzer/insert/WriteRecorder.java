package io.syncanalyzer.insert;

import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.result.load.Latency;
import io.syncanalyzer.sentinel.SentinelType;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The measured writes of one lane. One thread records; any may {@link #addTo} a sum, once.
 *
 * <p>Histograms are of nanoseconds with three digits.
 */
final class WriteRecorder {
  private static final int DIGITS = 3;
  private static final int SAMPLES_BEYOND = 10;

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
          type.label(),
          lanes,
          writes,
          errors,
          measuredSeconds > 0 ? Double.valueOf(writes / measuredSeconds) : null,
          new Latency(
              writes == 0 ? null : Double.valueOf(service.getMean()),
              percentile(service, 50),
              percentile(service, 90),
              percentile(service, 99),
              percentile(service, 99.9),
              max(service)),
          percentile(intended, 99),
          max(intended));
    }

    private static @Nullable Double percentile(Histogram histogram, double percentile) {
      boolean enough =
          histogram.getTotalCount() * (100 - percentile) >= SAMPLES_BEYOND * 100 - 1e-6;
      return enough ? Double.valueOf((double) histogram.getValueAtPercentile(percentile)) : null;
    }

    private static @Nullable Double max(Histogram histogram) {
      return histogram.getTotalCount() == 0
          ? null
          : Double.valueOf((double) histogram.getMaxValue());
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
