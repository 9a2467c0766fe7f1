package io.syncanalyzer.spark;

import io.syncanalyzer.verify.server.VerifyFailure;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares a limit of keys a second among tasks that cannot talk to each other: each has an equal
 * part, and no more of them go on at once than there are parts. Safe for use by several threads.
 */
final class SharedRate {
  private @Nullable Semaphore parts;
  private int count;

  /**
   * A part of it, to be given back.
   *
   * @param perSecond null where nothing is limited
   */
  record Part(@Nullable Double perSecond, @Nullable Semaphore from) implements AutoCloseable {
    @Override
    public void close() {
      if (from != null) {
        from.release();
      }
    }
  }

  /**
   * Takes a part, once one is free.
   *
   * @param perSecond what is allowed to all together; null = nothing is limited
   * @param most how many parts are of use; asked once
   * @throws VerifyFailure of kind {@code INTERRUPTED}, the interrupt flag set
   */
  Part take(@Nullable Double perSecond, IntSupplier most) {
    if (perSecond == null) {
      return new Part(null, null);
    }
    Semaphore all = parts(perSecond, most);
    try {
      all.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", e);
    }
    return new Part(perSecond / count, all);
  }

  private synchronized Semaphore parts(double perSecond, IntSupplier most) {
    Semaphore all = parts;
    if (all == null) {
      // No part is less than a key a second, which is the least that can be asked for.
      count = (int) Math.max(1, Math.min(most.getAsInt(), Math.floor(perSecond)));
      all = new Semaphore(count, true);
      parts = all;
    }
    return all;
  }
}
