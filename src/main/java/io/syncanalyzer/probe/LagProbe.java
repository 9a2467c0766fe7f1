package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
  private static final Duration LAST_SENDS = Duration.ofSeconds(1);

  private static final Duration OVERTIME = Duration.ofNanos(SessionClockwork.OVERTIME_NANOS);

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

  /**
   * This probe, each second of each replica of each shard also told to another with all that is in
   * it, on a thread of the probe.
   */
  public LagProbe tellingInFull(Consumer<FullSecond> other) {
    return new LagProbe(clock, wall, progress, SecondListener.inFull(other), opening);
  }

  /** This probe, each second of each replica also told to another, on a thread of the probe. */
  public LagProbe telling(Consumer<LagSecond> other) {
    return new LagProbe(
        clock, wall, progress, (replica, row, upper, lower, soFar) -> other.accept(row), opening);
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
    try (RunningProbe running = begin(settings)) {
      boolean asAsked = false;
      try {
        running.awaitSchedule();
      } catch (InterruptedException e) {
        asAsked = settings.duration().isEmpty();
        running.end(asAsked ? OVERTIME : LAST_SENDS);
        Thread.interrupted(); // A further one ended the waiting for the lanes, and no more.
        if (!asAsked) {
          running.interruptLanes();
          Thread.currentThread().interrupt();
        }
      }
      try {
        return running.finish(settings.observeTimeout());
      } finally {
        if (asAsked) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /**
   * Begins to measure by the settings as they are, and leaves it to the caller when to end.
   *
   * @throws ProbeFailure if it could not begin
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or refuses a command
   */
  public RunningProbe begin(LagSettings settings) {
    RunningProbe opened = open(settings);
    opened.start();
    return opened;
  }

  /**
   * Connects, and writes nothing before it is {@link RunningProbe#start started}: so that what it
   * measures begins at the moment that its caller wants, however far the servers are.
   *
   * @throws ProbeFailure if it could not begin
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or refuses a command
   */
  public RunningProbe open(LagSettings settings) {
    return new RunningProbe(
        opening.apply(() -> LagSession.open(settings, clock, wall, progress, listener)), clock);
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
