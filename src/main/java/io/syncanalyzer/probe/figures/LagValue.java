package io.syncanalyzer.probe.figures;

/** A figure of lag that may be printed: a value, an open end, or nothing for want of samples. */
public sealed interface LagValue {
  /** Measured, in nanoseconds. */
  record Known(long nanos) implements LagValue {}

  /** The figure reaches into sentinels never seen: nothing is known that it is below. */
  record Open() implements LagValue {}

  /** Fewer than 10/(1−p) samples. */
  record TooFew() implements LagValue {}
}
