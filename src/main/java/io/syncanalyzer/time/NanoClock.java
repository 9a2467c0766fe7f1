package io.syncanalyzer.time;

import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock in nanoseconds, the only one that measures, and the one that threads wait by:
 * so that a test which scripts it scripts the waiting too.
 *
 * <p>Readings compare only within one JVM (see {@link System#nanoTime()}). Implementations are safe
 * for use by several threads.
 */
@FunctionalInterface
public interface NanoClock {
  /** The JVM's own monotonic clock. */
  NanoClock SYSTEM = System::nanoTime;

  /** Nanoseconds since an arbitrary origin; may be negative, compare by subtraction. */
  long nanoTime();

  /**
   * Lets this thread wait for about that long, as {@link LockSupport#parkNanos(long)} does: less if
   * it is interrupted, whose flag stays set, or unparked; not at all for 0 or less.
   */
  default void park(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
