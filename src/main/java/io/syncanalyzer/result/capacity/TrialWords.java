package io.syncanalyzer.result.capacity;

import io.syncanalyzer.result.figure.Bound;
import org.jspecify.annotations.Nullable;

/** The lag of a trial, for people: both bounds, in milliseconds; empty where there is none. */
public final class TrialWords {
  private static final double NANOS_PER_MICRO = 1e3;

  private TrialWords() {}

  /** Its median. */
  public static String p50(Trial trial) {
    return interval(trial.lag().p50LowerNanos(), trial.lag().p50UpperNanos());
  }

  /** Its 99th percentile. */
  public static String p99(Trial trial) {
    return interval(trial.lag().p99LowerNanos(), trial.lag().p99UpperNanos());
  }

  /** The largest. */
  public static String largest(Trial trial) {
    return interval(trial.lag().maxLowerNanos(), trial.lag().maxUpperNanos());
  }

  private static String interval(@Nullable Long lower, @Nullable Long upper) {
    return Bound.interval(micros(lower), micros(upper), Bound.Digits.SCREEN);
  }

  private static @Nullable Double micros(@Nullable Long nanos) {
    return nanos == null ? null : Double.valueOf(nanos / NANOS_PER_MICRO);
  }
}
