package io.syncanalyzer.embedded;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes what the server sends at so many bytes a second at most: a token bucket, which holds what
 * {@value #HELD_MILLIS} ms bring. What its clients send passes as it comes.
 */
public final class BytesPerSecondRule implements RelayRule {
  private static final long HELD_MILLIS = 5;
  private static final double NANOS_PER_SECOND = 1e9;

  /** So small that a piece waits for a few milliseconds only. */
  private static final int PIECE_BYTES = 2048;

  private volatile double bytesPerSecond;
  private double dueNanos = System.nanoTime();

  public BytesPerSecondRule(double bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** From now on so many. */
  public void set(double other) {
    bytesPerSecond = other;
  }

  @Override
  public Fate of(Relay.Link link, boolean isAnswer) {
    throw new AssertionError("asked without a size");
  }

  @Override
  public Fate of(Relay.Link link, boolean isAnswer, int bytes) throws InterruptedException {
    if (isAnswer) {
      long wait = taken(bytes);
      while (wait > 0) {
        LockSupport.parkNanos(wait);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        wait = left();
      }
    }
    return Fate.PASSES;
  }

  /** Takes so many tokens; how long to wait until they are there. */
  private synchronized long taken(int bytes) {
    long now = System.nanoTime();
    double held = TimeUnit.MILLISECONDS.toNanos(HELD_MILLIS);
    dueNanos = Math.max(dueNanos, now - held) + bytes / bytesPerSecond * NANOS_PER_SECOND;
    return (long) dueNanos - now;
  }

  private synchronized long left() {
    return (long) dueNanos - System.nanoTime();
  }

  @Override
  public int mostBytes() {
    return PIECE_BYTES;
  }
}
