package io.syncanalyzer.run.record;

import io.syncanalyzer.redis.wire.Silences;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.time.Waiting;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Says which server a run waits for in silence, whatever it is doing: it may be seconds until a
 * timeout makes a failure of it. A thread of its own, until it is closed.
 */
public final class SilenceWatch implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Thread thread;
  private volatile boolean closed;

  public SilenceWatch(Console console) {
    thread =
        new Thread(
            () -> {
              while (!closed) {
                LockSupport.parkNanos(EVERY_NANOS);
                Silences.lines(Waiting.EVERY).forEach(console::waiting);
              }
            },
            "silence-watch");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
