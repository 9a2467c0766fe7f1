package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The probe by itself: a session whose lanes are threads of its own.
 *
 * <p>Each method measures until its schedule is over or its thread interrupted, and returns what it
 * has; sentinels stay on the source until {@link #clean}. For one thread.
 */
public final class LagProbe {
  /** The rate of floor and baseline unless the run's own is lower. */
  private static final double QUIET_RATE = 500;

  private static final Duration QUIET_WARMUP = Duration.ofMillis(500);

  /** Long enough at that rate for a p99. */
  private static final Duration QUIET_DURATION = Duration.ofMillis(2500);

  /** What fell due at the moment of an interrupt leaves within this, or is held up. */
  private static final long LAST_SENDS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NanoClock clock;
  private final Clock wall;
  private final Consumer<LagProgress> progress;
  private final SecondListener listener;
  private final Function<Supplier<LagSession>, LagSession> opening;

  /**
   * @param wall what labels times
   * @param progress called about once a second for each replica, on a thread of the probe
   */
  public LagProbe(NanoClock clock, Clock wall, Consumer<LagProgress> progress) {
    this(clock, wall, progress, SecondListener.NONE, Supplier::get);
  }

  private LagProbe(
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      SecondListener listener,
      Function<Supplier<LagSession>, LagSession> opening) {
    this.clock = clock;
    this.wall = wall;
    this.progress = progress;
    this.listener = listener;
    this.opening = opening;
  }

  /** This probe, its figures also served at an endpoint that the caller closes. */
  public LagProbe servedAt(PrometheusEndpoint endpoint) {
    return new LagProbe(clock, wall, progress, endpoint::second, opening);
  }

  /**
   * This probe, its sessions opened by another: one that tries again, say, where a server does not
   * serve for the moment. An attempt that fails leaves nothing open.
   */
  public LagProbe openedBy(Function<Supplier<LagSession>, LagSession> other) {
    return new LagProbe(clock, wall, progress, listener, other);
  }

  /**
   * The floor: the same probe with the source in the place of each replica, and seemingly as far
   * away. The source should be idle.
   */
  public LagSummary floor(LagSettings settings) {
    return run(settings.asFloor(quietRate(settings), QUIET_WARMUP, QUIET_DURATION));
  }

  /** The baseline: the pair at idle. */
  public LagSummary baseline(LagSettings settings) {
    return run(settings.asBaseline(quietRate(settings), QUIET_WARMUP, QUIET_DURATION));
  }

  private static double quietRate(LagSettings settings) {
    return Math.min(QUIET_RATE, settings.ratePerSecond());
  }

  /**
   * Measures by the settings as they are. Where they set no duration an interrupt is the end that
   * was asked for: what is outstanding is then waited for as at the end of any schedule.
   *
   * @throws ProbeFailure if it could not begin
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or refuses a command
   */
  public LagSummary run(LagSettings settings) {
    try (LagSession session =
        opening.apply(() -> LagSession.open(settings, clock, wall, progress, listener))) {
      List<Thread> threads = new ArrayList<>();
      for (SentinelLane lane : session.lanes()) {
        Thread thread = new Thread(() -> write(lane), "lag-lane-" + threads.size());
        thread.setDaemon(true);
        threads.add(thread);
      }
      session.start();
      threads.forEach(Thread::start);
      boolean asAsked = false;
      try {
        for (Thread thread : threads) {
          thread.join();
        }
      } catch (InterruptedException e) {
        asAsked = settings.duration().isEmpty();
        // Nothing more falls due; what has may still leave, else it would count as never sent.
        session.endSchedule();
        threads.forEach(LockSupport::unpark);
        awaitEnd(threads, asAsked ? SessionClockwork.OVERTIME_NANOS : LAST_SENDS_NANOS);
        if (!asAsked) {
          threads.forEach(Thread::interrupt);
          Thread.currentThread().interrupt();
        }
      }
      try {
        return session.finish(settings.observeTimeout());
      } finally {
        if (asAsked) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** Waits for lanes that have no more to send; a further interrupt ends the waiting. */
  private void awaitEnd(List<Thread> threads, long nanos) {
    long deadline = clock.nanoTime() + nanos;
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - clock.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      return; // Interrupted is what we are already: the caller says so.
    }
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

  /**
   * Removes the sentinels of a summary from the sources.
   *
   * @return how many were there
   */
  public static long clean(LagSettings settings, List<SentinelRange> written) {
    long removed = 0;
    for (LagPair pair : settings.pairs()) {
      List<SentinelRange> its =
          written.stream().filter(range -> range.prefix().contains(pair.tag())).toList();
      try (RedisConnection connection = RedisConnection.open(pair.source())) {
        removed += new SentinelCleaner(connection).remove(its).ours();
      }
    }
    return removed;
  }
}
