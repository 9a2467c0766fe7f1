package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.IdleRule;
import io.syncanalyzer.embedded.Relay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A probe so slow that each of its connections is idle for seconds, and dropped for it. */
class ProbeIdleIT {
  private static final double RATE = 0.5;
  private static final long MILLISECOND = 1_000_000;

  @WaitingTest
  void serversThatCloseIdleConnectionsAreNoOutageAndNoLag() {
    try (EmbeddedPair pair =
        EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of("--timeout", "1"))) {
      isUndisturbed(pair.source(), pair.replica(), ObserverChoice.TRACKING);
    }
  }

  @WaitingTest
  void aRelayThatClosesIdleConnectionsIsNoOutageAndNoLag() throws Exception {
    relayed(IdleRule.Way.CLOSES);
  }

  @WaitingTest
  void aRelayThatForgetsIdleConnectionsIsNoOutageAndNoLag() throws Exception {
    relayed(IdleRule.Way.SWALLOWS);
  }

  private static void relayed(IdleRule.Way way) throws Exception {
    Duration idle = Duration.ofMillis(1500);
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        Relay source = Relay.to(pair.sourceServer().port(), new IdleRule(way, idle));
        Relay replica = Relay.to(pair.replicaServer().port(), new IdleRule(way, idle))) {
      isUndisturbed(
          source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), ObserverChoice.AUTO);
    }
  }

  private static void isUndisturbed(Endpoint source, Endpoint replica, ObserverChoice observer) {
    LagSettings settings =
        LagSettings.of(source, List.of(replica), "idle")
            .withPhase(ProbePhase.PROBE)
            .withSchedule(RATE, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(8)))
            .withObserver(observer, Duration.ofSeconds(10));
    LagSummary summary =
        new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {}).run(settings);
    assertThat(summary.incomplete()).isNull();
    LagPhase phase = summary.phases().get(0);
    LagAccounting accounting = phase.accounting();
    assertThat(accounting.scheduled()).isPositive();
    assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
    assertThat(phase.figures().probeOutages()).isZero();
    assertThat(phase.figures().replicaOutages()).isZero();
    LagValue max = phase.row("max").upper();
    // Nobody waited for a connection: what the machine itself stood still is not its doing.
    assertThat(max)
        .isInstanceOfSatisfying(
            LagValue.Known.class,
            known ->
                assertThat(known.nanos())
                    .isLessThan(300 * MILLISECOND + phase.figures().pauseMaxNanos()));
    assertThat(phase.warnings())
        .noneMatch(line -> line.contains("no answer") || line.contains("lost its own connection"));
  }
}
