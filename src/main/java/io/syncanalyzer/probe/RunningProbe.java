package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A measurement of lag under way, its lanes on threads of their own, so that its caller can do
 * something else meanwhile and say itself when it is to end.
 *
 * <pre>{@code
 * try (RunningProbe running = probe.begin(settings)) {
 *   …                                              // a load, say
 *   running.end(Duration.ofSeconds(1));            // nothing more falls due
 *   LagSummary summary = running.finish(settings.observeTimeout());
 * }
 * }</pre>
 *
 * <p>For one thread.
 */
public final class RunningProbe implements AutoCloseable {
  private final LagSession session;
  private final NanoClock clock;
  private final List<Thread> lanes = new ArrayList<>();

  /** Takes over a session that was opened. */
  RunningProbe(LagSession session, NanoClock clock) {
    this.session = session;
    this.clock = clock;
    for (SentinelLane lane : session.lanes()) {
      Thread thread = new Thread(() -> write(lane), "lag-lane-" + lanes.size());
      thread.setDaemon(true);
      lanes.add(thread);
    }
  }

  /**
   * Starts the schedule; to be called once.
   *
   * @throws IllegalStateException if it was started before
   */
  public void start() {
    session.start();
    lanes.forEach(Thread::start);
  }

  private static void write(SentinelLane lane) {
    while (lane.awaitDue()) {
      try {
        lane.write();
      } catch (ProbeFailure accountedFor) {
        // The summary counts it and tells the last one's reason; the schedule goes on.
      }
    }
  }

  /** Where the measured time begins, on the probe's clock. */
  public long measuredFromNanos() {
    return session.measuredFromNanos();
  }

  /** How many sentinels have left so far, those of the warm-up among them. */
  public long sent() {
    return session.sent();
  }

  /** Waits until the schedule is over. */
  void awaitSchedule() throws InterruptedException {
    for (Thread lane : lanes) {
      lane.join();
    }
  }

  /**
   * Ends the schedule here: nothing more falls due. What has may still leave, else it would count
   * as never sent.
   *
   * @param patience how long that is waited for; an interrupt, which stays set, ends the waiting
   */
  public void end(Duration patience) {
    session.endSchedule();
    lanes.forEach(LockSupport::unpark);
    long deadline = clock.nanoTime() + patience.toNanos();
    try {
      for (Thread lane : lanes) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanoTime());
        lane.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has every lane return that still writes. */
  void interruptLanes() {
    lanes.forEach(Thread::interrupt);
  }

  /**
   * Waits for the outstanding, censors the rest, and sums up; see {@link LagSession#finish}.
   *
   * @param observeTimeout how long to wait, counted from this call
   */
  public LagSummary finish(Duration observeTimeout) {
    return session.finish(observeTimeout);
  }

  /** Ends it without a summary; harmless after {@link #finish}. */
  @Override
  public void close() {
    session.close();
  }
}
