package io.syncanalyzer.result.lag;

import org.jspecify.annotations.Nullable;

/** A figure of lag that may be printed: a value, an open end, or nothing for want of samples. */
public sealed interface LagValue {
  /** Measured, in nanoseconds. */
  record Known(long nanos) implements LagValue {}

  /** The figure reaches into sentinels never seen: nothing is known that it is below. */
  record Open() implements LagValue {}

  /** Fewer than 10/(1−p) samples. */
  record TooFew() implements LagValue {}

  /** The nanoseconds, or others where it has none. */
  default long nanosOr(long none) {
    return this instanceof Known known ? known.nanos : none;
  }

  /** The microseconds, as columns have them; null where it has none. */
  default @Nullable Double micros() {
    return this instanceof Known known ? Double.valueOf(known.nanos / 1e3) : null;
  }
}
