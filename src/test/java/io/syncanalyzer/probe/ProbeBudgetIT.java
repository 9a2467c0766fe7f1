package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.cost.CostTrial;
import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.cost.QuestionCost;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What looking costs a replica, by the replica's own account, with a budget and without. */
class ProbeBudgetIT {
  private static final Duration DELAY = Duration.ofMillis(20);

  /**
   * The link is delayed, so that something is outstanding all the time and polls are the greater
   * part of what the replica does. Its CPU is that of everything, so the difference of two runs
   * stands for their polls; half as much and twice as much allow for what else the machine does.
   */
  @Test
  void aBudgetIsKeptByTheReplicasOwnAccountAndNoBoundIsWrongByIt() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      LagPhase free = measured(pair, "free", ProbeBudget.UNLIMITED);
      LagPhase held = measured(pair, "held", ProbeBudget.DEFAULT);
      ProbeCost freeCost = free.figures().cost();
      ProbeCost heldCost = held.figures().cost();
      System.out.println(freeCost + "\n" + heldCost);
      assertThat(100 * heldCost.askingShare()).isBetween(1.0, 2.2);
      assertThat(100 * freeCost.askingShare()).isGreaterThan(4);
      assertThat(freeCost.pollsPerSecond()).isGreaterThan(2 * heldCost.pollsPerSecond());
      double told = freeCost.askingShare() - heldCost.askingShare();
      double used = used(free) - used(held);
      assertThat(used).isBetween(told / 2, told * 2);
      long apart = Objects.requireNonNull(heldCost.spacingP50Nanos());
      assertThat(apart).isGreaterThan(Objects.requireNonNull(freeCost.spacingP50Nanos()));
      for (LagPhase phase : List.of(free, held)) {
        assertThat(phase.accounting().observed()).isEqualTo(phase.accounting().scheduled());
        assertThat(nanos(phase.row("min").upper())).isGreaterThanOrEqualTo(DELAY.toNanos() * 0.999);
      }
    }
  }

  /** Polls are so rare that the last sentinels are taken over long before they are asked for. */
  @Test
  void whatWasSentBetweenTheLastPollsIsStillAskedFor() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagSettings settings =
          LagSettings.of(pair.source(), List.of(pair.replica()), "end")
              .withSchedule(1000, Duration.ofMillis(200), Optional.of(Duration.ofSeconds(1)))
              .withObserver(ObserverChoice.POLL, Duration.ofSeconds(10))
              .withBudget(ProbeBudget.ofPercent(0.1));
      LagPhase phase =
          new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), told -> {})
              .run(settings)
              .phases()
              .get(0);
      assertThat(phase.accounting().censored()).isZero();
      assertThat(phase.accounting().observed()).isEqualTo(phase.accounting().scheduled());
    }
  }

  /** On a busy machine it may be hidden; half of a poll and as much as one allow for the rest. */
  @Test
  void whatAPushCostsIsMeasuredAndNoneOfItsKeysIsLeft() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source())) {
      CostTrial trial =
          new CostTrial(NanoClock.SYSTEM, new SentinelCodec("cost", SentinelType.STRING, "0"));
      OptionalDouble push = trial.push(pair.source(), pair.replica(), 0);
      QuestionCost cost = trial.question(pair.replica(), 0);
      System.out.println(push + " " + cost);
      push.ifPresent(nanos -> assertThat(nanos).isBetween(500.0, 50_000.0));
      assertThat(source.call("DBSIZE")).isEqualTo(new Reply.Int(0));
    }
  }

  private static LagPhase measured(RelayedPair pair, String run, ProbeBudget budget)
      throws Exception {
    LagSettings settings =
        LagSettings.of(pair.source(), List.of(pair.replica()), run)
            .withSchedule(1000, Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(5)))
            .withObserver(ObserverChoice.POLL, Duration.ofSeconds(10))
            .withBudget(budget);
    LagProbe probe = new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), told -> {});
    pair.relay().delay(Duration.ZERO); // What a poll costs is found out on a quiet pair.
    try (RunningProbe running = probe.open(settings)) {
      pair.relay().delay(DELAY);
      running.start();
      running.awaitSchedule();
      return running.finish(Duration.ofSeconds(10)).phases().get(0);
    }
  }

  private static double used(LagPhase phase) {
    return Objects.requireNonNull(phase.figures().replicaCpuShare());
  }

  private static double nanos(LagValue value) {
    assertThat(value).isInstanceOf(LagValue.Known.class);
    return ((LagValue.Known) value).nanos();
  }
}
