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
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a phase says of who was watched in it, without a server. */
class SessionSummaryTest {
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://a:1");
  private static final Endpoint REPLICA = Endpoint.parse(Side.REPLICA, "redis://b:2");

  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(
          clock, new SentinelSchedule(10, 1, Duration.ZERO, Optional.of(Duration.ofSeconds(1))), 1);

  /** In the floor nobody asks the replica: what was out of reach then was the source. */
  @ParameterizedTest
  @EnumSource(ProbePhase.class)
  void whoWasGoneIsWhoWasWatched(ProbePhase phase) {
    LagSettings settings = LagSettings.of(SOURCE, List.of(REPLICA), "r").withPhase(phase);
    ReplicaTrack track = track(settings);
    clockwork.start(0);
    ReplicaTally tally = track.observer().tally();
    tally.outages.add(1);
    tally.outageNanos.add(1_000_000_000L);
    tally.replicaOutages.add(2);
    tally.replicaOutageNanos.add(3_000_000_000L);

    LagPhase summary = summary(settings, track);

    String watched =
        phase == ProbePhase.FLOOR
            ? "source redis://a:1 (in the replica's place)"
            : "replica redis://b:2";
    assertThat(summary.warnings())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("the probe lost its own connection to the " + watched + " 1 time,"))
        .anySatisfy(
            line ->
                assertThat(line).startsWith("the " + watched + " was gone, or gave no answer, 2"))
        .noneMatch(line -> phase == ProbePhase.FLOOR && line.contains("b:2"));
    // Rows are told apart by the replica whose lag they are read beside.
    assertThat(summary.replica()).isEqualTo("b:2");
  }

  private ReplicaTrack track(LagSettings settings) {
    Endpoint watched = settings.watched(REPLICA, SOURCE);
    return new ReplicaTrack(
        REPLICA,
        null,
        null,
        new ReplicaObserver(
            watched,
            clockwork,
            List.of(),
            0,
            settings.observeTimeout().toNanos(),
            new LagRecorder(),
            new Pushes.None("poll"),
            0),
        new ServerWatch(watched, clockwork),
        new ServerWatch(SOURCE, clockwork),
        new Distance(50_000, 50_000),
        "",
        "",
        Optional.empty());
  }

  private LagPhase summary(LagSettings settings, ReplicaTrack track) {
    HiccupMeter hiccups = new HiccupMeter(clock);
    Whereabouts source = Whereabouts.fixed(SOURCE, clockwork);
    SourceTrack of =
        new SourceTrack(
            source,
            List.of(),
            List.of(track),
            new ServerWatch(SOURCE, clockwork),
            new SentinelSweeper(clock, source, List.of()),
            new Recorder(3),
            new Recorder(3),
            SentinelCost.UNKNOWN);
    LagSummary summary =
        new SessionSummary(settings, clockwork, List.of(of), List.of(), hiccups)
            .summary(clockwork.originNanos(), null);
    return summary.phases().get(0);
  }
}
