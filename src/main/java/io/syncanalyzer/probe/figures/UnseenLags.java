package io.syncanalyzer.probe.figures;

import org.HdrHistogram.Histogram;

/**
 * The lower bounds of sentinels that were never seen, kept apart until they may be recorded; of one
 * size however many there are. For one thread.
 */
public final class UnseenLags {
  private final Histogram lower = LagRecorder.histogram();
  private final StepLags steps = new StepLags();

  /** One more: see {@link Lags#recordUnseen(int, long)}. */
  public void record(int step, long lowerNanos) {
    lower.recordValue(LagRecorder.clamped(lowerNanos));
    steps.recordUnseen(step, lowerNanos);
  }

  /** How many there are. */
  public long count() {
    return lower.getTotalCount();
  }

  /** The bounds of all of them. */
  public Histogram lower() {
    return lower;
  }

  StepLags steps() {
    return steps;
  }
}
