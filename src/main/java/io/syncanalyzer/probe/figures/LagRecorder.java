package io.syncanalyzer.probe.figures;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The lags of one phase on one replica: recorded by the observer, collected once a second.
 *
 * <p>From 1 ns to an hour in three significant digits (what is longer counts as an hour), some 250
 * KB a histogram, whatever the number of samples. {@link #record} is for one thread, waits for
 * nobody and allocates nothing once warm; {@link #collect} and what it returns are for one other.
 */
public final class LagRecorder implements Lags {
  /** The longest lag told apart. */
  public static final long HIGHEST_NANOS = 3_600_000_000_000L;

  private static final int DIGITS = 3;

  private final Kind upper = new Kind();
  private final Kind lower = new Kind();
  private final Kind intended = new Kind();
  private final Kind width = new Kind();
  private final StepLags steps = new StepLags();

  /** An empty histogram of the room's range. */
  public static Histogram histogram() {
    return new Histogram(1, HIGHEST_NANOS, DIGITS);
  }

  /** A value within the room's range. */
  public static long clamped(long nanos) {
    return Math.min(HIGHEST_NANOS, Math.max(0, nanos));
  }

  @Override
  public void record(int step, long upperNanos, long lowerNanos, long intendedNanos) {
    upper.recorder.recordValue(clamped(upperNanos));
    lower.recorder.recordValue(clamped(lowerNanos));
    intended.recorder.recordValue(clamped(intendedNanos));
    width.recorder.recordValue(clamped(upperNanos - lowerNanos));
    steps.record(step, upperNanos, lowerNanos, intendedNanos);
  }

  @Override
  public void recordUnseen(int step, long lowerNanos) {
    lower.recorder.recordValue(clamped(lowerNanos));
    steps.recordUnseen(step, lowerNanos);
  }

  @Override
  public void recordUnseen(UnseenLags many) {
    for (HistogramIterationValue value : many.lower().recordedValues()) {
      lower.recorder.recordValueWithCount(
          value.getValueIteratedTo(), value.getCountAddedInThisIterationStep());
    }
    steps.addUnseen(many.steps());
  }

  /** What was recorded, by steps of a ramp. */
  public StepLags steps() {
    return steps;
  }

  /** Takes what was recorded since the last call into the totals and {@code …Interval()}. */
  public void collect() {
    upper.collect();
    lower.collect();
    intended.collect();
    width.collect();
  }

  public Histogram upperInterval() {
    return upper.interval();
  }

  public Histogram lowerInterval() {
    return lower.interval();
  }

  public Histogram intendedInterval() {
    return intended.interval();
  }

  public Histogram upperTotal() {
    return upper.total;
  }

  public Histogram lowerTotal() {
    return lower.total;
  }

  public Histogram intendedTotal() {
    return intended.total;
  }

  public Histogram widthTotal() {
    return width.total;
  }

  private static final class Kind {
    final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
    final Histogram total = histogram();
    private Histogram interval = recorder.getIntervalHistogram();

    void collect() {
      interval = recorder.getIntervalHistogram(interval);
      total.add(interval);
    }

    Histogram interval() {
      return interval;
    }
  }
}
