package io.syncanalyzer.time;

/**
 * How long each thread has waited for the network so far: for an answer that could not be there
 * yet, as its question needs a round trip. What an answer took longer than that is the server's,
 * and is not counted.
 *
 * <p>Each thread has a sum of its own, from 0; one that waits for others adds what these waited for
 * in its place. Safe for use by several threads.
 */
public final class NetworkWait {
  private static final ThreadLocal<long[]> WAITED = ThreadLocal.withInitial(() -> new long[1]);

  private NetworkWait() {}

  /** The calling thread has waited so much longer. */
  public static void add(long nanos) {
    WAITED.get()[0] += nanos;
  }

  /** How long the calling thread has waited. */
  public static long ofThisThread() {
    return WAITED.get()[0];
  }
}
