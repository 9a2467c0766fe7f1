package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be measured, and how. Made by {@link #of} and its {@code with…} methods.
 *
 * @param phase what the measurement stands for
 * @param runId names the run in every key
 * @param pairs where sentinels are written, and where their arrival is watched; one or more
 * @param writing what is written, and when
 * @param watching how it is looked for
 * @param keeping what is left of it
 */
public record LagSettings(
    ProbePhase phase,
    String runId,
    List<LagPair> pairs,
    Writing writing,
    Watching watching,
    Keeping keeping) {
  /**
   * What is left of a measurement.
   *
   * @param hlog the HdrHistogram log to append to; empty = none is written
   * @param cleanBehind whether sentinels are removed from the source once settled (for probes that
   *     run long), rather than at the end
   * @param tellsInFull whether a fork tells of each second with all that is in it, for somebody who
   *     serves it meanwhile
   */
  public record Keeping(Optional<Path> hlog, boolean cleanBehind, boolean tellsInFull) {
    /** No log; sentinels are removed at the end; nobody serves it. */
    public static final Keeping DEFAULT = new Keeping(Optional.empty(), false, false);
  }

  public LagSettings {
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(writing, "writing is null");
    Objects.requireNonNull(watching, "watching is null");
    Objects.requireNonNull(keeping, "keeping is null");
    pairs = List.copyOf(pairs);
    if (runId.isBlank()) {
      throw new IllegalArgumentException("the run id is empty");
    }
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no shard has a replica; lag needs at least one");
    }
  }

  /** The default of each part, under the load. */
  public static LagSettings of(Endpoint source, List<Endpoint> replicas, String runId) {
    return of(List.of(LagPair.of(source, replicas)), runId);
  }

  /** The same between the servers of these pairs. */
  public static LagSettings of(List<LagPair> pairs, String runId) {
    return new LagSettings(
        ProbePhase.LOAD, runId, pairs, Writing.DEFAULT, Watching.DEFAULT, Keeping.DEFAULT);
  }

  /** Where the first pair's sentinels are written: one server stands for the others' timeouts. */
  public Endpoint source() {
    return pairs.get(0).source();
  }

  /** Where the first pair's are watched. */
  public List<Endpoint> replicas() {
    return pairs.get(0).replicas();
  }

  /** How many observers there are: one for each replica of each pair. */
  public int observers() {
    return pairs.stream().mapToInt(pair -> pair.replicas().size()).sum();
  }

  /** Whether rows are told by shard beside all together. */
  public boolean isBySlot() {
    return pairs.size() > 1;
  }

  /** What has a turn of its own in the schedule, in that order. */
  public List<LagStream> streams() {
    return LagStream.of(pairs.size(), types());
  }

  /** How many lanes a type has, of all pairs. */
  public int lanes(SentinelType type) {
    return (int) streams().stream().filter(stream -> stream.type() == type).count() * lanes();
  }

  /** See {@link Writing}. */
  public List<SentinelType> types() {
    return writing.types();
  }

  /** See {@link Writing}. */
  public double ratePerSecond() {
    return writing.ratePerSecond();
  }

  /** See {@link Writing}. */
  public Duration warmup() {
    return writing.warmup();
  }

  /** See {@link Writing}. */
  public Optional<Duration> duration() {
    return writing.duration();
  }

  /** See {@link Watching}. */
  public Duration observeTimeout() {
    return watching.observeTimeout();
  }

  /** See {@link Watching}. */
  public ObserverChoice observer() {
    return watching.observer();
  }

  /** See {@link Keeping}. */
  public Optional<Path> hlog() {
    return keeping.hlog;
  }

  /** What goes before this measurement's tags in {@code lag.hlog}: its phase, or its trial. */
  String tagPrefix() {
    return (writing.round() == 0 ? "" : "trial-" + writing.round() + "-") + phase.tagPrefix();
  }

  /** How many lanes each stream has; see {@link Writing}. */
  public int lanes() {
    return writing.lanes(streams().size(), pairs.size());
  }

  /**
   * The floor of these settings: the source in each replica's place, over {@code measured}. It is
   * asked by the rules of these settings, however few sentinels there are, so that it is their
   * resolution.
   */
  public LagSettings asFloor(double rate, Duration shortWarmup, Duration measured) {
    return withPhase(ProbePhase.FLOOR).idle(rate, shortWarmup, measured);
  }

  /** The baseline of these settings: the idle pair, over {@code measured}, asked as the floor. */
  public LagSettings asBaseline(double rate, Duration shortWarmup, Duration measured) {
    return withPhase(ProbePhase.BASELINE).idle(rate, shortWarmup, measured);
  }

  private LagSettings idle(double rate, Duration shortWarmup, Duration measured) {
    return with(watching.asFor(lookedForPerSecond()))
        .withSchedule(rate, shortWarmup, Optional.of(measured));
  }

  /** As if so many sentinels a second were written a replica is asked. */
  double lookedForPerSecond() {
    return watching.asForPerSecond() > 0 ? watching.asForPerSecond() : ratePerSecond();
  }

  /**
   * What asking a replica may cost each observer that does: one server may hold several shards. In
   * the floor, where the source stands there, each has as much as it has of its replica.
   */
  ProbeBudget budget(Endpoint replica) {
    long observers =
        pairs.stream()
            .flatMap(pair -> pair.replicas().stream())
            .filter(other -> other.address().equals(replica.address()))
            .count();
    return watching.budget().times(1.0 / Math.max(1, observers));
  }

  /**
   * Who is watched in a replica's place: itself, but for the floor, in which the source stands
   * there, under its own name.
   */
  Endpoint watched(Endpoint replica, Endpoint source) {
    return phase == ProbePhase.FLOOR ? source : replica;
  }

  /** With another phase. */
  public LagSettings withPhase(ProbePhase other) {
    return new LagSettings(other, runId, pairs, writing, watching, keeping);
  }

  /** With another schedule. */
  public LagSettings withSchedule(double rate, Duration warmup, Optional<Duration> duration) {
    return with(writing.withRate(rate).lasting(warmup, duration));
  }

  /** As another of the measurements of its phase and run; see {@link Writing}. */
  public LagSettings inRound(int round) {
    return with(writing.inRound(round));
  }

  /** With other sentinel types and lanes for each. */
  public LagSettings withTypes(List<SentinelType> types, int lanesPerType) {
    return with(writing.withTypes(types, lanesPerType));
  }

  /** With another way and patience of watching. */
  public LagSettings withObserver(ObserverChoice observer, Duration observeTimeout) {
    return with(watching.by(observer).withTimeout(observeTimeout));
  }

  /** At another cost. */
  public LagSettings withBudget(ProbeBudget budget) {
    return with(watching.within(budget));
  }

  /** With a histogram log to append to. */
  public LagSettings withHlog(Optional<Path> hlog) {
    return with(new Keeping(hlog, keeping.cleanBehind, keeping.tellsInFull));
  }

  /** With sentinels removed as they settle, or not. */
  public LagSettings withCleanBehind(boolean behind) {
    return with(new Keeping(hlog(), behind, keeping.tellsInFull));
  }

  /** With each second told in full, or not. */
  public LagSettings withTellingInFull(boolean tells) {
    return with(new Keeping(hlog(), keeping.cleanBehind, tells));
  }

  private LagSettings with(Writing other) {
    return new LagSettings(phase, runId, pairs, other, watching, keeping);
  }

  private LagSettings with(Watching other) {
    return new LagSettings(phase, runId, pairs, writing, other, keeping);
  }

  private LagSettings with(Keeping other) {
    return new LagSettings(phase, runId, pairs, writing, watching, other);
  }
}
