package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.cost.SentinelCost;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.Pushes;
import io.syncanalyzer.probe.observe.ReplicaObserver;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.timeline.Together;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

/** How shards become one, without a server. */
class TogetherSummaryTest {
  private static final long MILLI = 1_000_000;

  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(
          clock,
          new SentinelSchedule(2000, 2, Duration.ZERO, Optional.of(Duration.ofSeconds(1))),
          2);
  private final List<SourceTrack> sources = List.of(source("s1:1", 0), source("s2:1", 1));
  private final List<ReplicaTrack> members =
      sources.stream().flatMap(source -> source.replicas().stream()).toList();
  private final Together all =
      new Together(members, null, "", "", Optional.of(Duration.ofMillis(5)));

  @Test
  void percentilesAreOfAllSentinelsAndNeverAnAverage() {
    // 990 of 1 ms on the one, 10 of 100 ms on the other: the median of all is 1 ms, the p99 too.
    LagPhase phase = phases(990, 10).get(0);

    assertThat(phase.accounting().shard()).isNull();
    assertThat(micros(phase, "50")).isBetween(1000.0, 1001.0);
    assertThat(micros(phase, "99")).isBetween(1000.0, 1001.0);
    assertThat(micros(phase, "max")).isBetween(100_000.0, 100_100.0);
    assertThat(phase.row("50").samples()).isEqualTo(1000);
  }

  @Test
  void theAccountingOfTheShardsAddsUpToThatOfAll() {
    List<LagPhase> phases = phases(990, 10);

    assertThat(phases)
        .extracting(one -> one.accounting().shard())
        .containsExactly(null, "s1:1", "s2:1");
    assertThat(phases)
        .extracting(one -> one.accounting().scheduled())
        .containsExactly(2000L, 1000L, 1000L);
    assertThat(phases)
        .extracting(one -> one.accounting().observed())
        .containsExactly(1000L, 990L, 10L);
    assertThat(phases)
        .extracting(one -> one.rows().get(0).shard())
        .containsExactly(null, "s1:1", "s2:1");
    assertThat(phases.get(0).figures().wantedPerSecond()).isEqualTo(2000);
    assertThat(phases.get(1).warnings()).allMatch(line -> line.startsWith("shard s1:1: "));
    assertThat(phases.get(0).warnings()).isEmpty();
  }

  @Test
  void aSecondOfAllHasTheirSumsAndTheGreatestOfTheirMaxima() {
    List<LagPhase> phases = phases(990, 10);
    LagSecond row = phases.get(0).timeline().get(0);

    assertThat(row.shard()).isNull();
    assertThat(row.observed()).isEqualTo(1000);
    assertThat(row.p50UpperNanos()).isBetween(MILLI, MILLI + MILLI / 500);
    assertThat(row.maxUpperNanos()).isBetween(100 * MILLI, 101 * MILLI);
    assertThat(phases.get(1).timeline().get(0).maxUpperNanos()).isBetween(MILLI, 2 * MILLI);
    assertThat(phases.get(1).timeline().get(0).shard()).isEqualTo("s1:1");
  }

  private static double micros(LagPhase phase, String percentile) {
    Double micros = phase.row(percentile).upper().micros();
    return micros == null ? -1 : micros;
  }

  /** All together, then each shard: so many of 1 ms on the one, and of 100 ms on the other. */
  private List<LagPhase> phases(int ofOne, int ofOther) {
    HiccupMeter hiccups = new HiccupMeter(clock);
    clockwork.start(0);
    SecondTicker ticker =
        new SecondTicker(
            clockwork,
            ProbePhase.PROBE,
            sources,
            List.of(all),
            hiccups,
            null,
            progress -> {},
            SecondListener.NONE);
    clock.at((clockwork.measuredFromNanos() + 1) / 1e6);
    ticker.tick();
    record(sources.get(0), ofOne, MILLI);
    record(sources.get(1), ofOther, 100 * MILLI);
    clock.at((clockwork.measuredFromNanos() + 1_000_000_000L) / 1e6);
    ticker.tick();
    List<LagPair> pairs = new ArrayList<>();
    for (SourceTrack source : sources) {
      Endpoint replica = source.replicas().get(0).replica();
      pairs.add(new LagPair(source.source().first(), List.of(replica), List.of(""), SlotSet.ALL));
    }
    LagSettings settings =
        LagSettings.of(pairs, "r")
            .withPhase(ProbePhase.PROBE)
            .withTypes(List.of(SentinelType.STRING), 1)
            .withSchedule(2000, Duration.ZERO, Optional.of(Duration.ofSeconds(1)));
    return new SessionSummary(settings, clockwork, sources, List.of(all), hiccups)
        .summary(clockwork.originNanos() + 1_000_000_000L, null)
        .phases();
  }

  private static void record(SourceTrack source, int times, long nanos) {
    ReplicaTrack member = source.replicas().get(0);
    source.lanes().get(0).measuredSent.add(times);
    for (int i = 0; i < times; i++) {
      member.observer().recorder().record(0, nanos, nanos / 2, nanos);
      member.observer().tally().observed.add(1);
    }
  }

  private SourceTrack source(String address, int stream) {
    Endpoint endpoint = Endpoint.parse(Side.SOURCE, "redis://" + address);
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://r" + address);
    Whereabouts source = Whereabouts.fixed(endpoint, clockwork);
    ServerWatch watch = new ServerWatch(source, clockwork);
    Recorder slips = new Recorder(3);
    Recorder acks = new Recorder(3);
    WritingLane lane =
        new WritingLane(
            source,
            clockwork,
            stream,
            new SentinelCodec("r", SentinelType.STRING, "0"),
            new SentinelLedger(16, 1),
            slips,
            acks,
            () -> {});
    ReplicaTrack track =
        new ReplicaTrack(
            replica,
            null,
            address,
            new ReplicaObserver(
                replica, clockwork, List.of(), 0, 1, new LagRecorder(), new Pushes.None("poll"), 0),
            new ServerWatch(replica, clockwork),
            watch,
            new Distance(50_000, 50_000),
            "",
            "#" + address,
            Optional.empty());
    return new SourceTrack(
        source,
        List.of(lane),
        List.of(track),
        watch,
        new SentinelSweeper(clock, source, List.of(lane)),
        slips,
        acks,
        SentinelCost.UNKNOWN);
  }
}
