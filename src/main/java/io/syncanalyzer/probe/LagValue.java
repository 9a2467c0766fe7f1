package io.syncanalyzer.probe;

/** A figure of lag that may be printed: a value, a bound, or nothing for want of samples. */
public sealed interface LagValue {
  /** Measured, in nanoseconds. */
  record Known(long nanos) implements LagValue {}

  /** The figure reaches into sentinels never seen: it is this many nanoseconds or more. */
  record AtLeast(long nanos) implements LagValue {}

  /** Fewer than 10/(1−p) samples: prints as an empty cell. */
  record TooFew() implements LagValue {}
}
