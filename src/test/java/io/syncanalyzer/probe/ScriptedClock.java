package io.syncanalyzer.probe;

import io.syncanalyzer.time.NanoClock;

/** A clock that stands where the test puts it. */
public final class ScriptedClock implements NanoClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private volatile long nanos = NANOS_PER_MILLI;

  /** Puts it so many milliseconds from its origin on, and returns that moment. */
  public long at(double millis) {
    nanos = nanos(millis);
    return nanos;
  }

  /** A moment; no moment is 0, which often stands for none. */
  public static long nanos(double millis) {
    return NANOS_PER_MILLI + Math.round(millis * NANOS_PER_MILLI);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }
}
