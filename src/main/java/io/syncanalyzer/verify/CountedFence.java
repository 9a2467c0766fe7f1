package io.syncanalyzer.verify;

import java.time.Duration;
import java.util.Locale;

/** A fence that counts its passages. */
final class CountedFence implements AutoCloseable {
  private final Fence fence;
  private final int database;
  private long passed;
  private long longestNanos;
  private long written;

  CountedFence(Fence fence, int database) {
    this.fence = fence;
    this.database = database;
  }

  FencePassage pass(Duration timeout) {
    return pass(timeout, () -> {});
  }

  /**
   * As {@link Fence#pass}.
   *
   * @param meanwhile called now and then while it waits
   */
  FencePassage pass(Duration timeout, Runnable meanwhile) {
    written++;
    FencePassage passage = fence.pass(timeout, how -> meanwhile.run());
    passed++;
    longestNanos = Math.max(longestNanos, passage.nanos());
    return passage;
  }

  /** As {@link Fence#keepAwake}. */
  void keepAwake() {
    fence.keepAwake();
  }

  Fence fence() {
    return fence;
  }

  FencePassage passPaused(Duration limit) {
    written++;
    passed++;
    return fence.passPaused(limit);
  }

  /** How many writes it made. */
  long writes() {
    return fence instanceof SentinelFence ? written : 0;
  }

  /** How many keys of its own it keeps in a database. */
  int keysIn(int one) {
    return fence instanceof SentinelFence && one == database ? 1 : 0;
  }

  String summary() {
    return fence.description()
        + (fence.proves()
            ? String.format(
                Locale.ROOT, "; passed %d times, at most %.1f ms each", passed, longestNanos / 1e6)
            : "");
  }

  @Override
  public void close() {
    fence.close();
  }
}
