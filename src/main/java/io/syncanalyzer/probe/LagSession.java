package io.syncanalyzer.probe;

import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.function.Consumer;

/** One measurement of lag. */
public final class LagSession implements AutoCloseable {
  private LagSession() {}

  /** As {@link #open(LagSettings, NanoClock, Consumer)}, without progress. */
  public static LagSession open(LagSettings settings, NanoClock clock) {
    return open(settings, clock, progress -> {});
  }

  /**
   * Connects the lanes to the source and an observer to every replica, and tries what they need.
   */
  public static LagSession open(
      LagSettings settings, NanoClock clock, Consumer<LagProgress> progress) {
    throw new ProbeFailure("not yet", null);
  }

  /** The lane {@code index} (0 to {@link LagSettings#lanes()} − 1) of a type. */
  public SentinelLane lane(SentinelType type, int index) {
    throw new ProbeFailure("not yet", null);
  }

  /** Fixes the schedule's origin. */
  public void start() {}

  /** Waits for the outstanding, censors the rest, closes. */
  public LagSummary finish(Duration observeTimeout) {
    throw new ProbeFailure("not yet", null);
  }

  @Override
  public void close() {}
}
