package io.syncanalyzer.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.time.NanoClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a scraper reads, second by second, is what the run itself then tells. */
class ServedLagIT {
  private static final int RATE = 300;

  @WaitingTest
  void bothBoundsOfEveryMeasuredSentinelAreServedAndNoneOfTheWarmUp() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer served = MetricsServer.open("127.0.0.1", 0)) {
      LagAccounting accounting = probe(pair, served, () -> {}, new CopyOnWriteArrayList<>());

      Scrape end = Scrape.of(served);
      assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
      assertThat(accounting.warmupExcluded()).isEqualTo(2 * RATE);
      assertThat(end.value("sentinels_sent_total")).hasValue((double) accounting.scheduled());
      assertThat(end.value("sentinels_observed_total")).hasValue((double) accounting.observed());
      assertThat(end.value("lag_upper_seconds_count")).hasValue((double) accounting.observed());
      assertThat(end.value("lag_lower_seconds_count")).hasValue((double) accounting.observed());
      assertThat(end.value("sentinels_outstanding")).hasValue(0);
      assertThat(end.value("lag_lower_seconds_sum").getAsDouble())
          .isLessThan(end.value("lag_upper_seconds_sum").getAsDouble());
    }
  }

  /** From the warm-up on: what is outstanding of it is not what the gauge counts. */
  @WaitingTest
  void aReplicaThatIsStoppedInTheWarmUpHasLowerBoundsAlone() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer served = MetricsServer.open("127.0.0.1", 0)) {
      List<Scrape> seconds = new CopyOnWriteArrayList<>();
      LagAccounting accounting = probe(pair, served, () -> stop(pair), seconds);

      assertThat(accounting.censored()).isEqualTo(accounting.scheduled());
      List<Scrape> measured =
          seconds.stream().filter(one -> one.value("sentinels_sent_total").isPresent()).toList();
      assertThat(measured).hasSizeGreaterThanOrEqualTo(2);
      for (Scrape second : measured.subList(0, measured.size() - 1)) {
        // The two are read one after the other: each lane may have sent one between.
        assertThat(second.value("sentinels_outstanding").getAsDouble())
            .isBetween(1.0, second.value("sentinels_sent_total").getAsDouble() + RATE / 10.0);
      }
      Scrape end = Scrape.of(served);
      assertThat(end.value("sentinels_censored_total")).hasValue((double) accounting.censored());
      assertThat(end.value("lag_lower_seconds_count")).hasValue((double) accounting.censored());
      assertThat(end.value("lag_upper_seconds_count").orElse(0)).isZero();
      assertThat(end.value("sentinels_outstanding")).hasValue(0);
    }
  }

  private static void stop(EmbeddedPair pair) {
    try {
      RelayedPair.stop(pair.replicaServer().pid());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Two seconds of warm-up, in which something happens, and two measured ones. */
  private static LagAccounting probe(
      EmbeddedPair pair, MetricsServer served, Runnable incident, List<Scrape> seconds) {
    LagSettings settings =
        LagSettings.of(pair.source(), List.of(pair.replica()), "served")
            .withPhase(ProbePhase.PROBE)
            .withObserver(ObserverChoice.POLL, Duration.ofSeconds(1))
            .withSchedule(RATE, Duration.ofSeconds(2), Optional.of(Duration.ofSeconds(2)));
    AtomicBoolean happened = new AtomicBoolean();
    LagProbe probe =
        new LagProbe(
            NanoClock.SYSTEM,
            Clock.systemUTC(),
            second -> {
              seconds.add(Scrape.of(served));
              if (happened.compareAndSet(false, true)) {
                assertThat(second.second()).isNegative();
                incident.run();
              }
            });
    LagSummary summary =
        probe.tellingInFull(second -> served.metrics().second(second, false)).run(settings);
    assertThat(happened).isTrue();
    assertThat(summary.incomplete()).isNull();
    return summary.phases().get(0).accounting();
  }
}
