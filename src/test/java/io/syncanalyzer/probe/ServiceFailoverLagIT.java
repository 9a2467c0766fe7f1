package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestSentinel;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A source behind Sentinels that is killed in the midst of a measurement. */
class ServiceFailoverLagIT {
  private static final int SECONDS = 11;

  @Test
  void whatIsPromotedIsWrittenToAndTheReplicaThatIsLeftIsWatched() throws Exception {
    try (TestSentinel service = TestSentinel.start(2)) {
      Origin origin =
          new Origin.Service(
              service.sentinels(), "orders", Optional.empty(), Optional.empty(), NodeMap.NONE);
      Endpoint source = service.source().from(origin);
      Endpoint replica = service.replicas().get(0).from(origin);
      LagSettings settings =
          LagSettings.of(source, List.of(replica), "service")
              .withPhase(ProbePhase.PROBE)
              .withTypes(List.of(SentinelType.STRING, SentinelType.HASH), 0)
              .withObserver(ObserverChoice.AUTO, Duration.ofSeconds(5))
              .withSchedule(50, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(SECONDS)));
      List<TestSentinel.Failover> failovers = new CopyOnWriteArrayList<>();
      LagSummary summary = Meanwhile.run(settings, () -> failovers.add(service.killSource()));

      LagPhase phase = summary.phases().get(0);
      assertThat(summary.phases()).hasSize(1);
      assertThat(summary.incomplete()).isNull();
      // Of the one that was killed: a busy machine's Sentinels may fail one over on their own.
      String left = "failover: the source's " + failovers.get(0).left().address() + " was left";
      String taken = failovers.get(0).taken().address() + " took its place";
      assertThat(phase.warnings())
          .as("%s of %s", failovers, phase.warnings())
          .anyMatch(line -> line.startsWith(left))
          .anyMatch(line -> line.startsWith("failover: ") && line.contains(taken));
      assertThat(
              phase.timeline().stream()
                  .filter(row -> row.second() >= SECONDS - 2)
                  .mapToLong(LagSecond::observed)
                  .sum())
          .as("%s", phase.accounting())
          .isPositive();
    }
  }
}
