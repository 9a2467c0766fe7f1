package io.syncanalyzer.scripted;

import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands where the test puts it, and that waiting puts forward at once. */
public final class ScriptedClock implements NanoClock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final List<Long> parked = new CopyOnWriteArrayList<>();
  private final AtomicLong nanos = new AtomicLong(NANOS_PER_MILLI);

  /** Puts it so many milliseconds from its origin on, and returns that moment. */
  public long at(double millis) {
    nanos.set(nanos(millis));
    return nanos.get();
  }

  /** Puts it forward, as what takes time does. */
  public void pass(long more) {
    nanos.addAndGet(more);
  }

  /** A moment; no moment is 0, which often stands for none. */
  public static long nanos(double millis) {
    return NANOS_PER_MILLI + Math.round(millis * NANOS_PER_MILLI);
  }

  /** How long it was waited for each time. */
  public List<Long> parked() {
    return List.copyOf(parked);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void park(long wait) {
    parked.add(wait);
    pass(Math.max(0, wait));
  }
}
