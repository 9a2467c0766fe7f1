package io.syncanalyzer.fence;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.function.Consumer;

/** A fence that counts its passages, and says so where one takes long. */
public final class CountedFence implements AutoCloseable {
  private final Fence fence;
  private final int database;
  private final NanoClock clock;
  private final Consumer<String> waiting;
  private long passed;
  private long longestNanos;
  private long written;
  private boolean closed;

  /**
   * @param waiting told every few seconds what a passage waits for
   */
  public CountedFence(Fence fence, int database, NanoClock clock, Consumer<String> waiting) {
    this.fence = fence;
    this.database = database;
    this.clock = clock;
    this.waiting = waiting;
  }

  public FencePassage pass(Duration timeout) {
    return pass(timeout, () -> {});
  }

  /**
   * As {@link Fence#pass}.
   *
   * @param meanwhile called now and then while it waits
   */
  public FencePassage pass(Duration timeout, Runnable meanwhile) {
    written++;
    Waiting wait = new Waiting(clock, waiting);
    FencePassage passage =
        fence.pass(
            timeout,
            how -> {
              meanwhile.run();
              wait.on("the replica " + how);
            });
    passed++;
    longestNanos = Math.max(longestNanos, passage.nanos());
    return passage;
  }

  /** As {@link Fence#keepAwake}. */
  public void keepAwake() {
    fence.keepAwake();
  }

  public Fence fence() {
    return fence;
  }

  public FencePassage passPaused(Duration limit) {
    written++;
    passed++;
    return fence.passPaused(limit);
  }

  /** Whether it writes keys of its own to the source. */
  public boolean isWriting() {
    return fence instanceof SentinelFence;
  }

  /** So many writes to the source were made to try it. */
  public void tried(long writes) {
    written += writes;
  }

  /** How many writes it made. */
  public long writes() {
    return isWriting() ? written : 0;
  }

  /** How many keys of its own it keeps in a database. */
  public int keysIn(int one) {
    return isWriting() && one == database ? 1 : 0;
  }

  /** What it went by, and how its passages went. */
  public FenceUse use() {
    return new FenceUse(fence.description(), fence.proves(), passed, longestNanos, writes());
  }

  @Override
  public void close() {
    // It removes its key.
    written += written > 0 && !closed ? 1 : 0;
    closed = true;
    fence.close();
  }
}
