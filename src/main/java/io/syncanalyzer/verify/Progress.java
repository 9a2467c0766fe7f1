package io.syncanalyzer.verify;

import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Tells how far it is, a few times a second. Counted by any thread, told by one. */
final class Progress {
  private static final long EVERY_NANOS = 200_000_000;

  private final Consumer<VerifyProgress> consumer;
  private final NanoClock clock;
  private final long start;
  private final AtomicLong done = new AtomicLong();
  private OptionalLong total = OptionalLong.empty();
  private long lastTold;

  Progress(Consumer<VerifyProgress> consumer, NanoClock clock) {
    this.consumer = consumer;
    this.clock = clock;
    this.start = clock.nanoTime();
    this.lastTold = start;
  }

  void total(OptionalLong keys) {
    total = keys;
  }

  void done(long keys) {
    done.addAndGet(keys);
  }

  /** Begins again at a checkpoint. */
  void goOnFrom(long keys) {
    done.set(keys);
  }

  long done() {
    return done.get();
  }

  /** Tells, unless it did so just now. */
  void tell(String step, Ledger ledger) {
    long now = clock.nanoTime();
    if (now - lastTold >= EVERY_NANOS) {
      lastTold = now;
      consumer.accept(
          new VerifyProgress(
              step,
              done.get(),
              total,
              ledger.suspects(),
              ledger.mismatched(),
              Duration.ofNanos(now - start)));
    }
  }
}
