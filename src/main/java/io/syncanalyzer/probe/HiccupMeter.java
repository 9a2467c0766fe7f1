package io.syncanalyzer.probe;

import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The pauses of this JVM and its machine: a thread that sleeps a millisecond and records by how
 * much it overslept, beyond the least it ever did (which is the machine's timer, not a pause).
 *
 * <p>The manner of <a href="https://github.com/giltene/jHiccup">jHiccup</a>. {@link #collect} is
 * for one thread.
 */
final class HiccupMeter implements Runnable {
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final NanoClock clock;
  private final SingleWriterRecorder recorder =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);
  private final Histogram total = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
  private Histogram interval = recorder.getIntervalHistogram();
  private volatile boolean stopping;

  HiccupMeter(NanoClock clock) {
    this.clock = clock;
  }

  @Override
  public void run() {
    long least = Long.MAX_VALUE;
    while (!stopping) {
      long before = clock.nanoTime();
      LockSupport.parkNanos(SLEEP_NANOS);
      long slept = clock.nanoTime() - before;
      least = Math.min(least, slept);
      recorder.recordValue(LagRecorder.clamped(slept - least));
    }
  }

  void stop() {
    stopping = true;
  }

  /** The pauses since the last call. */
  Histogram collect() {
    interval = recorder.getIntervalHistogram(interval);
    total.add(interval);
    return interval;
  }

  /** All that were collected. */
  Histogram total() {
    return total;
  }
}
