package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be measured, and how. Made by {@link #of} and its {@code with…} methods.
 *
 * @param phase what the measurement stands for
 * @param runId names the run in every key
 * @param source where sentinels are written
 * @param replicas where their arrival is watched, one or more
 * @param writing what is written, and when
 * @param watching how it is looked for
 * @param keeping what is left of it
 */
public record LagSettings(
    ProbePhase phase,
    String runId,
    Endpoint source,
    List<Endpoint> replicas,
    Writing writing,
    Watching watching,
    Keeping keeping) {
  /** More than one host can send and watch. */
  public static final double MAX_RATE = 100_000;

  private static final int MAX_LANES_PER_TYPE = 32;
  private static final double SECONDS_A_WRITE_MAY_TAKE = 0.02;

  /**
   * What is written, and when.
   *
   * @param types what the sentinels are written as, in turn
   * @param ratePerSecond sentinels per second in all, above 0, at most {@link #MAX_RATE}
   * @param lanesPerType connections that write each type; 0 = as many as the rate needs ({@link
   *     LagSettings#lanes})
   * @param warmup sentinels sent in this time from the start are not measured
   * @param duration how long to measure after the warm-up; empty = until interrupted
   */
  public record Writing(
      List<SentinelType> types,
      double ratePerSecond,
      int lanesPerType,
      Duration warmup,
      Optional<Duration> duration) {
    public Writing {
      types = List.copyOf(types);
      if (types.isEmpty() || Set.copyOf(types).size() != types.size()) {
        throw new IllegalArgumentException(
            "--types must name each sentinel type once, and at least one");
      }
      if (!(ratePerSecond > 0)) {
        throw new IllegalArgumentException(
            "--sentinel-rate must be above 0 sentinels per second; there is no lag without one");
      }
      if (ratePerSecond > MAX_RATE) {
        throw new IllegalArgumentException(
            "--sentinel-rate is above the "
                + (long) MAX_RATE
                + " per second that one host can send and watch; lower it, sentinels only sample");
      }
      if (lanesPerType < 0 || lanesPerType > 256) {
        throw new IllegalArgumentException("lanes per type must be in 0..256, 0 = derived");
      }
      if (warmup.isNegative()) {
        throw new IllegalArgumentException("--warmup is negative");
      }
      duration.ifPresent(measured -> checkDuration(measured, warmup));
    }

    private static void checkDuration(Duration measured, Duration warmup) {
      if (measured.isNegative() || measured.isZero()) {
        throw new IllegalArgumentException("--duration must be above 0");
      }
      if (measured.compareTo(warmup) < 0) {
        throw new IllegalArgumentException(
            "--duration ("
                + measured.toMillis()
                + " ms) is shorter than --warmup ("
                + warmup.toMillis()
                + " ms); measure at least as long as you warm up");
      }
    }
  }

  /**
   * How the replicas are watched.
   *
   * @param observer how arrivals are noticed
   * @param observeTimeout how long a sentinel may stay unseen before it is censored
   * @param recoverBelow the p99 of a second at which a replica counts as recovered; empty = not
   *     asked
   */
  public record Watching(
      ObserverChoice observer, Duration observeTimeout, Optional<Duration> recoverBelow) {
    public Watching {
      Objects.requireNonNull(observer, "observer is null");
      if (observeTimeout.isNegative() || observeTimeout.isZero()) {
        throw new IllegalArgumentException("--observe-timeout must be above 0");
      }
    }
  }

  /**
   * What is left of a measurement.
   *
   * @param hlog the HdrHistogram log to append to; empty = none is written
   * @param cleanBehind whether sentinels are removed from the source once settled (for probes that
   *     run long), rather than at the end
   */
  public record Keeping(Optional<Path> hlog, boolean cleanBehind) {}

  public LagSettings {
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(writing, "writing is null");
    Objects.requireNonNull(watching, "watching is null");
    Objects.requireNonNull(keeping, "keeping is null");
    replicas = List.copyOf(replicas);
    if (runId.isBlank()) {
      throw new IllegalArgumentException("the run id is empty");
    }
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no replica is given; lag needs at least one --replica");
    }
  }

  /** The defaults of the command line: every type, 1000 a second, 3 s of warm-up, 20 s measured. */
  public static LagSettings of(Endpoint source, List<Endpoint> replicas, String runId) {
    return new LagSettings(
        ProbePhase.LOAD,
        runId,
        source,
        replicas,
        new Writing(
            List.copyOf(EnumSet.allOf(SentinelType.class)),
            1000,
            0,
            Duration.ofSeconds(3),
            Optional.of(Duration.ofSeconds(20))),
        new Watching(ObserverChoice.AUTO, Duration.ofSeconds(30), Optional.empty()),
        new Keeping(Optional.empty(), false));
  }

  /** See {@link Writing}. */
  public List<SentinelType> types() {
    return writing.types;
  }

  /** See {@link Writing}. */
  public double ratePerSecond() {
    return writing.ratePerSecond;
  }

  /** See {@link Writing}. */
  public Duration warmup() {
    return writing.warmup;
  }

  /** See {@link Writing}. */
  public Optional<Duration> duration() {
    return writing.duration;
  }

  /** See {@link Watching}. */
  public Duration observeTimeout() {
    return watching.observeTimeout;
  }

  /** See {@link Watching}. */
  public ObserverChoice observer() {
    return watching.observer;
  }

  /** See {@link Keeping}. */
  public Optional<Path> hlog() {
    return keeping.hlog;
  }

  /**
   * How many lanes write each type: as many as were asked for, or enough that writes of 20 ms still
   * keep the rate, and at least two, so that one stalled write does not hold its type up.
   */
  public int lanes() {
    return writing.lanesPerType > 0
        ? writing.lanesPerType
        : (int)
            Math.min(
                MAX_LANES_PER_TYPE,
                Math.max(
                    2, Math.ceil(ratePerSecond() / types().size() * SECONDS_A_WRITE_MAY_TAKE)));
  }

  /** The floor of these settings: the source in each replica's place, over {@code measured}. */
  public LagSettings asFloor(double rate, Duration shortWarmup, Duration measured) {
    return withPhase(ProbePhase.FLOOR).withSchedule(rate, shortWarmup, Optional.of(measured));
  }

  /** The baseline of these settings: the idle pair, over {@code measured}. */
  public LagSettings asBaseline(double rate, Duration shortWarmup, Duration measured) {
    return withPhase(ProbePhase.BASELINE).withSchedule(rate, shortWarmup, Optional.of(measured));
  }

  /**
   * Who is watched in a replica's place: itself, but for the floor, in which the source stands
   * there, under its own name.
   */
  Endpoint watched(Endpoint replica) {
    return phase == ProbePhase.FLOOR ? source : replica;
  }

  /** With another phase. */
  public LagSettings withPhase(ProbePhase other) {
    return new LagSettings(other, runId, source, replicas, writing, watching, keeping);
  }

  /** With another schedule. */
  public LagSettings withSchedule(double rate, Duration warmup, Optional<Duration> duration) {
    return with(new Writing(types(), rate, writing.lanesPerType, warmup, duration));
  }

  /** With other sentinel types and lanes for each. */
  public LagSettings withTypes(List<SentinelType> types, int lanesPerType) {
    return with(new Writing(types, ratePerSecond(), lanesPerType, warmup(), duration()));
  }

  /** With another way and patience of watching. */
  public LagSettings withObserver(ObserverChoice observer, Duration observeTimeout) {
    return with(new Watching(observer, observeTimeout, watching.recoverBelow));
  }

  /** With a p99 below which the replica counts as recovered. */
  public LagSettings withRecoverBelow(Optional<Duration> limit) {
    return with(new Watching(observer(), observeTimeout(), limit));
  }

  /** With a histogram log to append to. */
  public LagSettings withHlog(Optional<Path> hlog) {
    return with(new Keeping(hlog, keeping.cleanBehind));
  }

  /** With sentinels removed as they settle, or not. */
  public LagSettings withCleanBehind(boolean behind) {
    return with(new Keeping(hlog(), behind));
  }

  private LagSettings with(Writing other) {
    return new LagSettings(phase, runId, source, replicas, other, watching, keeping);
  }

  private LagSettings with(Watching other) {
    return new LagSettings(phase, runId, source, replicas, writing, other, keeping);
  }

  private LagSettings with(Keeping other) {
    return new LagSettings(phase, runId, source, replicas, writing, watching, other);
  }
}
