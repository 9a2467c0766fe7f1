package io.syncanalyzer.verify;

import io.syncanalyzer.time.NanoClock;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** Holds back so that no more than so many keys are taken in a second. */
final class Pace {
  private final OptionalDouble perSecond;
  private final NanoClock clock;
  private final long start;
  private long taken;

  Pace(OptionalDouble perSecond, NanoClock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.start = clock.nanoTime();
  }

  /** Takes that many, waiting until they are due; ends at once when interrupted. */
  void take(long keys) {
    if (perSecond.isEmpty()) {
      return;
    }
    long due = start + (long) (taken / perSecond.getAsDouble() * 1e9);
    taken += keys;
    for (long now = clock.nanoTime();
        now < due && !Thread.currentThread().isInterrupted();
        now = clock.nanoTime()) {
      LockSupport.parkNanos(due - now);
    }
  }
}
