package io.syncanalyzer.bench;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RawOutput;
import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * SETs of 100 bytes at a fixed rate, those of each millisecond in one pipeline, on a thread of its
 * own until closed: the same load beside whatever is measured.
 */
final class PacedSets implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEYS = 100_000;
  private static final byte[] VALUE = new byte[100];

  private final Endpoint source;
  private final int perMilli;
  private final NanoClock clock;
  private final Thread thread = new Thread(this::write, "paced-sets");
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException failure;

  PacedSets(Endpoint source, int perMilli, NanoClock clock) {
    this.source = source;
    this.perMilli = perMilli;
    this.clock = clock;
  }

  /** Begins. */
  void start() {
    thread.start();
  }

  private void write() {
    try (RawConnection connection = RawConnection.open(source)) {
      long due = clock.nanoTime();
      int key = 0;
      while (!stopping) {
        for (int i = 0; i < perMilli; i++) {
          set(connection.out(), key);
          key = (key + 1) % KEYS;
        }
        connection.out().flush();
        for (int i = 0; i < perMilli; i++) {
          connection.in().next();
          connection.in().skipRest();
        }
        due += EVERY_NANOS;
        clock.park(due - clock.nanoTime());
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static void set(RawOutput out, int key) {
    out.begin(3);
    out.part("SET");
    out.part("load:" + key);
    out.part(VALUE, 0, VALUE.length);
  }

  /** Ends it, once the last SETs are acknowledged. */
  @Override
  public void close() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw new IllegalStateException("the load failed", failure);
    }
  }
}
