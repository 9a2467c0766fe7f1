package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose outage it is: the probe's own connection, or the replica. */
@Tag("faults")
class ProbeOutageIT {
  private static final int RATE = 500;
  private static final long SECOND = 1_000_000_000L;
  private static final Duration OBSERVE_TIMEOUT = Duration.ofSeconds(10);

  /**
   * The probe's way to the replica, not the replica's to the source, is cut for 1.5 s; before that,
   * its connections are closed by the server. Some 750 sentinels come meanwhile, unseen.
   */
  @Test
  void anOutageOfTheProbesOwnConnectionIsCountedAsThatAndIsNoLag() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      LagPhase phase =
          during(
              pair.source(),
              Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + way.port()),
              OBSERVE_TIMEOUT,
              () -> {
                try (RedisConnection admin = RedisConnection.open(pair.replica())) {
                  admin.expect("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                }
                Thread.sleep(300);
                way.cut();
                Thread.sleep(1500);
                way.mend();
              });

      LagAccounting accounting = phase.accounting();
      LagFigures figures = phase.figures();
      assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
      assertThat(figures.probeOutages()).isEqualTo(2);
      assertThat(figures.probeOutageNanos()).isBetween(SECOND, 4 * SECOND);
      assertThat(figures.replicaOutages()).isZero();
      assertThat(accounting.seenAfterOutage()).isBetween(RATE + 1L, 4L * RATE);
      assertThat(phase.row("max").samples()).isEqualTo(accounting.samples());
      // What the machine itself stood still is not the outage's.
      assertThat(maxUpper(phase)).isLessThan(SECOND / 2.0 + figures.pauseMaxNanos());
      assertThat(figures.longestStalenessNanos()).isLessThan(SECOND / 2 + figures.pauseMaxNanos());
      assertThat(phase.warnings())
          .anySatisfy(line -> assertThat(line).startsWith("the probe lost its own connection"));
      assertThat(phase.timeline()).anyMatch(second -> Boolean.FALSE.equals(second.observing()));
    }
  }

  /** A replica that stands still gives no answer, and its users wait: that is lag, however lost. */
  @Test
  void aReplicaThatGivesNoAnswerIsLagEvenWhereTheProbeGivesUpItsConnection() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Duration hasty = Duration.ofMillis(700);
      LagPhase phase =
          during(
              pair.source(),
              pair.replica().withTimeouts(hasty, hasty),
              OBSERVE_TIMEOUT,
              () -> RelayedPair.pause(pair.replicaServer().pid(), Duration.ofMillis(2500)));

      LagAccounting accounting = phase.accounting();
      assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
      assertThat(accounting.seenAfterOutage()).isZero();
      assertThat(phase.figures().replicaOutages()).isPositive();
      assertThat(phase.figures().probeOutages()).isZero();
      assertThat(maxUpper(phase)).isGreaterThan(2.0 * SECOND);
    }
  }

  /** Nobody keeps the others from reading: what the probe alone is refused is no lag of theirs. */
  @Test
  void aReplicaThatRefusesTheProbeItsQuestionsProvesNoLag() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagPhase phase =
          during(
              pair.source(),
              pair.replica(),
              Duration.ofMillis(500),
              () -> {
                try (RedisConnection admin = RedisConnection.open(pair.replica())) {
                  admin.expect("ACL", "SETUSER", "default", "-exists");
                  Thread.sleep(1500);
                  admin.expect("ACL", "SETUSER", "default", "+exists");
                }
              });

      LagAccounting accounting = phase.accounting();
      assertThat(accounting.observed() + accounting.censored()).isEqualTo(accounting.scheduled());
      assertThat(accounting.censored()).isBetween(RATE / 2L, 2L * RATE);
      assertThat(accounting.seenAfterOutage()).isPositive();
      assertThat(phase.row("max").lower())
          .isInstanceOfSatisfying(
              LagValue.Known.class,
              lower ->
                  assertThat(lower.nanos())
                      .isLessThan(SECOND / 4 + phase.figures().pauseMaxNanos()));
      assertThat(phase.warnings())
          .anySatisfy(line -> assertThat(line).contains("of the probe's questions", "exists"));
    }
  }

  /** It is there all the time and lets nobody new in; the probe has lost its place. */
  @Test
  void aReplicaThatTurnsTheProbeAwayForLongerThanItsLedgersHoldProvesNoLag() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagPhase phase =
          during(
              pair.source(),
              pair.replica(),
              Duration.ofMillis(500),
              () -> {
                try (RedisConnection admin = RedisConnection.open(pair.replica())) {
                  admin.expect("CONFIG", "SET", "maxclients", "1");
                  admin.expect("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                  Thread.sleep(1500);
                  admin.expect("CONFIG", "SET", "maxclients", "1000");
                }
              });

      assertThat(phase.figures().probeOutages()).isPositive();
      assertThat(phase.figures().replicaOutages()).isZero();
      LagAccounting accounting = phase.accounting();
      assertThat(accounting.observed() + accounting.censored()).isEqualTo(accounting.scheduled());
      assertThat(phase.timeline())
          .allSatisfy(
              second ->
                  assertThat(second.maxLowerNanos() == null ? 0 : second.maxLowerNanos())
                      .isLessThan(SECOND / 4 + phase.figures().pauseMaxNanos()));
    }
  }

  private interface Incident {
    void happen() throws Exception;
  }

  /** Four measured seconds, after the first of which something happens. */
  private static LagPhase during(
      Endpoint source, Endpoint replica, Duration observeTimeout, Incident incident)
      throws Exception {
    LagSettings settings =
        LagSettings.of(source, List.of(replica), "outage")
            .withPhase(ProbePhase.PROBE)
            .withSchedule(RATE, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(4)))
            .withObserver(ObserverChoice.POLL, observeTimeout);
    CountDownLatch reached = new CountDownLatch(1);
    LagProbe probe =
        new LagProbe(
            NanoClock.SYSTEM,
            Clock.systemUTC(),
            progress -> {
              if (progress.second() >= 0) {
                reached.countDown();
              }
            });
    CompletableFuture<LagSummary> probing =
        CompletableFuture.supplyAsync(() -> probe.run(settings));
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    incident.happen();
    LagSummary summary = probing.get(60, TimeUnit.SECONDS);
    System.out.println(TruthTables.of(summary));
    assertThat(summary.incomplete()).isNull();
    return summary.phases().get(0);
  }

  private static double maxUpper(LagPhase phase) {
    LagValue value = phase.row("max").upper();
    assertThat(value).isInstanceOf(LagValue.Known.class);
    return ((LagValue.Known) value).nanos();
  }
}
