package io.syncanalyzer.probe.figures;

import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * The pauses of this JVM and its machine: a thread that sleeps a millisecond and records by how
 * much it overslept, beyond the least it ever did (which is the machine's timer, not a pause).
 *
 * <p>The manner of <a href="https://github.com/giltene/jHiccup">jHiccup</a>. {@link
 * #collectMaxNanos} is for one thread.
 */
public final class HiccupMeter implements Runnable {
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final NanoClock clock;
  private final SingleWriterRecorder recorder =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);
  private final Histogram total = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
  private Histogram interval = recorder.getIntervalHistogram();
  private volatile long asleepSince;

  /** The shortest sleep so far; {@link Long#MAX_VALUE} before the first has ended. */
  private volatile long least = Long.MAX_VALUE;

  private volatile boolean stopping;

  public HiccupMeter(NanoClock clock) {
    this.clock = clock;
  }

  @Override
  public void run() {
    fallAsleep();
    while (!stopping) {
      clock.park(SLEEP_NANOS);
      wake();
      fallAsleep();
    }
  }

  void fallAsleep() {
    asleepSince = clock.nanoTime();
  }

  void wake() {
    long slept = clock.nanoTime() - asleepSince;
    least = Math.min(least, slept);
    recorder.recordValue(LagRecorder.clamped(slept - least));
  }

  public void stop() {
    stopping = true;
  }

  /**
   * The longest pause since the last call. One that this thread has come out of and the sleeper has
   * not yet recorded counts too, by its length so far: after a pause of the whole JVM nobody says
   * which of the two runs first. It counts again, whole, in the call after it was recorded.
   */
  public long collectMaxNanos() {
    // Before the recorded ones are taken: a sleeper that records in between is then seen twice, and
    // not never.
    long unrecorded = unrecordedNanos();
    interval = recorder.getIntervalHistogram(interval);
    total.add(interval);
    return Math.max(unrecorded, interval.getMaxValue());
  }

  private long unrecordedNanos() {
    long shortest = least;
    long since = asleepSince;
    return stopping || shortest == Long.MAX_VALUE
        ? 0
        : LagRecorder.clamped(clock.nanoTime() - since - shortest);
  }

  /** All that were collected. */
  public Histogram total() {
    return total;
  }
}
