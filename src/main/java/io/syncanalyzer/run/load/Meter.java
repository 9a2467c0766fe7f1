package io.syncanalyzer.run.load;

import io.syncanalyzer.load.proof.CommandKinds;
import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.load.proof.PrimaryCounters;
import io.syncanalyzer.load.proof.SourceCounters;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the servers' own counters at the begin and at the end of what is measured: how much a load
 * really wrote is what its source says, and not what its generator believes. For one thread.
 */
public final class Meter {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Topology source;
  private final List<Endpoint> replicas;
  private final NanoClock clock;
  private @Nullable CommandKinds kinds;

  public Meter(Layout layout, NanoClock clock) {
    this.source = layout.source();
    this.replicas = layout.allPairs().stream().map(ShardPair::replica).distinct().toList();
    this.clock = clock;
  }

  /** The counters at a moment; what it holds is the meter's own. */
  public static final class Reading {
    private final Map<Endpoint, SourceCounters> counters;
    private final long countedNanos;
    private final Gauges gauges;

    private Reading(Map<Endpoint, SourceCounters> counters, long countedNanos, Gauges gauges) {
      this.counters = counters;
      this.countedNanos = countedNanos;
      this.gauges = gauges;
    }
  }

  /**
   * What else is told at a moment, by address; what is not shown is not there.
   *
   * @param nanos when, on the meter's clock
   */
  private record Gauges(long nanos, Map<String, Double> cpuSeconds, Map<String, Long> offsets) {}

  /**
   * Reads them.
   *
   * @throws RedisFailure if a primary cannot be asked
   */
  public Reading read() {
    Map<Endpoint, SourceCounters> counters = PrimaryCounters.read(source);
    // Beside the counts: a replica that is slow to tell of itself has no part in how long it was.
    long counted = clock.nanoTime();
    return new Reading(counters, counted, gauges());
  }

  /**
   * What was counted since.
   *
   * @throws RedisFailure if a primary cannot be asked
   */
  public Metered since(Reading begin) {
    Gauges before = begin.gauges;
    PrimaryCounters counted = PrimaryCounters.since(begin.counters);
    double counting = Math.max(1, clock.nanoTime() - begin.countedNanos) / NANOS_PER_SECOND;
    Gauges now = gauges();
    double seconds = Math.max(1, now.nanos() - before.nanos()) / NANOS_PER_SECOND;
    LoadProof told =
        LoadProof.of(Map.of(), OptionalLong.empty(), counted)
            .toldApart(kinds(counted.after()), counted.before(), counted.after());
    Map<String, Double> streams = new HashMap<>();
    Map<String, Double> replicaCpu = new HashMap<>();
    Double sourceCpu = null;
    for (Endpoint primary : source.primaries()) {
      Long from = before.offsets().get(primary.address());
      Long to = now.offsets().get(primary.address());
      if (from != null && to != null) {
        streams.put(primary.address(), Math.max(0, to - from) / seconds);
      }
      Double share = share(primary, before, now, seconds);
      sourceCpu = share == null || (sourceCpu != null && sourceCpu > share) ? sourceCpu : share;
    }
    for (Endpoint replica : replicas) {
      Double share = share(replica, before, now, seconds);
      if (share != null) {
        replicaCpu.put(replica.address(), share);
      }
    }
    boolean hidden = counted.after().calls().isEmpty();
    return new Metered(
        counting,
        hidden ? null : Long.valueOf(told.writes().orElse(0)),
        hidden ? null : Long.valueOf(told.reads().orElse(0)),
        sourceCpu,
        replicaCpu,
        streams,
        counted.loss());
  }

  private static @Nullable Double share(
      Endpoint server, Gauges before, Gauges now, double seconds) {
    Double from = before.cpuSeconds().get(server.address());
    Double to = now.cpuSeconds().get(server.address());
    return from == null || to == null || to < from ? null : Double.valueOf((to - from) / seconds);
  }

  private CommandKinds kinds(SourceCounters after) {
    CommandKinds known = kinds;
    if (known == null) {
      known = CommandKinds.ask(source.primaries().get(0), after.calls().keySet());
      kinds = known;
    }
    return known;
  }

  private Gauges gauges() {
    Map<String, Double> cpu = new HashMap<>();
    Map<String, Long> offsets = new HashMap<>();
    Set<Endpoint> all = new LinkedHashSet<>(source.primaries());
    all.addAll(replicas);
    for (Endpoint server : all) {
      info(server)
          .ifPresent(
              info -> {
                cpu(info).ifPresent(seconds -> cpu.put(server.address(), seconds));
                info.replicationOffset().ifPresent(at -> offsets.put(server.address(), at));
              });
    }
    return new Gauges(clock.nanoTime(), cpu, offsets);
  }

  private static OptionalDouble cpu(ServerInfo info) {
    OptionalDouble ofMainThread = info.mainThreadCpuSeconds();
    return ofMainThread.isPresent() ? ofMainThread : info.cpuSeconds();
  }

  /** Nothing where it hides it, or is gone, which others say. */
  private static Optional<ServerInfo> info(Endpoint server) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      return Optional.of(ServerInfo.read(connection, false));
    } catch (RedisFailure hiddenOrGone) {
      return Optional.empty();
    }
  }
}
