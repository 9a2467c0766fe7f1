package io.syncanalyzer.time;

/**
 * A monotonic clock in nanoseconds, the only one that measures.
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
}
