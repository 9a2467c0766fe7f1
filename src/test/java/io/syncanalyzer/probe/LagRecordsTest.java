package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LagRecordsTest {
  private static final Endpoint SOURCE = Endpoint.parse(Side.SOURCE, "redis://u:s3cret@h:1/2");
  private static final Endpoint REPLICA = Endpoint.parse(Side.REPLICA, "redis://h:2");
  private static final LagSettings SETTINGS = LagSettings.of(SOURCE, List.of(REPLICA), "r");

  @Test
  void anAccountingThatDoesNotAddUpIsRefused() {
    assertThatThrownBy(() -> accounting(10, 1, 1, 5, 2, 0, 0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10 scheduled, 1 failed + 1 unknown + 5 observed + 2 censored");
    assertThatThrownBy(() -> accounting(2, 1, 1, 0, 0, 0, 0, 2, 0, 0))
        .hasMessageContaining("greater than its whole");
    assertThatThrownBy(() -> accounting(2, 0, 0, 2, 0, 0, 0, 0, 0, 3))
        .hasMessageContaining("greater than its whole");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aNegativeCountIsRefusedEvenWhereTheSumIsRight(int at) {
    long[] of = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    of[at] = -1;
    if (at >= 1 && at <= 4) {
      of[at == 4 ? 3 : 4] = 1; // The sum stays 0.
    } else if (at == 0) {
      of[4] = -1;
    }
    assertThatThrownBy(
            () -> accounting(of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8], of[9]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
  }

  private static LagAccounting accounting(long... of) {
    return new LagAccounting(
        "load", of[0], of[1], of[2], of[3], of[4], of[5], of[6], of[7], of[8], null, of[9]);
  }

  @Test
  void aSummarySurvivesJson() {
    LagSummary summary =
        new LagSummary(
            List.of(
                LagRows.phase("load", new LagValue.Known(5), new LagValue.Open(), 10, 2),
                LagRows.phase("floor", new LagValue.TooFew(), new LagValue.Known(1), 1, 0)),
            List.of(new SentinelRange("sa:r:set:0:", 2, 9)),
            "interrupted");
    assertThat(LagJson.readSummary(LagJson.write(summary))).isEqualTo(summary);
  }

  @Test
  void whatIsNoSummaryIsRefused() {
    assertThatThrownBy(() -> LagJson.readSummary("")).isInstanceOf(ProbeFailure.class);
    assertThatThrownBy(() -> LagJson.readSummary("{"))
        .isInstanceOf(ProbeFailure.class)
        .hasNoCause();
  }

  @Test
  void settingsAreShownWithoutTheirPassword() {
    assertThat(SETTINGS.toString()).doesNotContain("s3cret");
  }

  @Test
  void wrongUsageIsToldInOneLine() {
    Optional<Duration> tenSeconds = Optional.of(Duration.ofSeconds(10));
    Duration none = Duration.ZERO;
    refused("must be above 0 sentinels", () -> SETTINGS.withSchedule(0, none, tenSeconds));
    refused("must be above 0 sentinels", () -> SETTINGS.withSchedule(Double.NaN, none, tenSeconds));
    refused("that one host can send", () -> SETTINGS.withSchedule(1_000_000, none, tenSeconds));
    refused(
        "a measurement of 10000 ms is shorter than its warm-up of 11000 ms",
        () -> SETTINGS.withSchedule(1, Duration.ofSeconds(11), tenSeconds));
    refused(
        "nothing is measured", () -> SETTINGS.withSchedule(1, none, Optional.of(Duration.ZERO)));
    refused(
        "the warm-up is negative",
        () -> SETTINGS.withSchedule(1, Duration.ofSeconds(-1), Optional.empty()));
    refused("must be above 0", () -> SETTINGS.withObserver(ObserverChoice.POLL, Duration.ZERO));
    refused("each sentinel type", () -> SETTINGS.withTypes(List.of(), 1));
    refused(
        "each sentinel type",
        () -> SETTINGS.withTypes(List.of(SentinelType.SET, SentinelType.SET), 1));
    refused("lanes per type", () -> SETTINGS.withTypes(List.of(SentinelType.SET), 257));
    refused("lag needs at least one", () -> LagSettings.of(SOURCE, List.of(), "r"));
    refused("run id is empty", () -> LagSettings.of(SOURCE, List.of(REPLICA), " "));
    refused("no observer `x`", () -> ObserverChoice.of("x"));
  }

  @Test
  void lanesFollowTheRateAndNeverAreFewerThanTwoAType() {
    assertThat(SETTINGS.withSchedule(1, Duration.ZERO, Optional.empty()).lanes()).isEqualTo(2);
    assertThat(SETTINGS.withSchedule(2000, Duration.ZERO, Optional.empty()).lanes()).isEqualTo(7);
    assertThat(SETTINGS.withSchedule(100_000, Duration.ZERO, Optional.empty()).lanes())
        .isEqualTo(32);
    assertThat(SETTINGS.withTypes(List.of(SentinelType.SET), 5).lanes()).isEqualTo(5);
  }

  @Test
  void theFloorWatchesTheSourceInTheReplicasPlace() {
    LagSettings floor = SETTINGS.asFloor(100, Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(floor.replicas()).containsExactly(REPLICA);
    assertThat(floor.watched(REPLICA, SOURCE)).isEqualTo(SOURCE);
    assertThat(SETTINGS.watched(REPLICA, SOURCE)).isEqualTo(REPLICA);
    assertThat(floor.phase()).isEqualTo(ProbePhase.FLOOR);
  }

  @Test
  void floorAndBaselineAreAskedAsThePhaseThatTheyStandBeside() {
    LagSettings fast = SETTINGS.withSchedule(10_000, Duration.ZERO, Optional.empty());
    Duration second = Duration.ofSeconds(1);
    for (LagSettings idle :
        List.of(fast.asFloor(100, second, second), fast.asBaseline(100, second, second))) {
      assertThat(idle.ratePerSecond()).isEqualTo(100);
      assertThat(idle.budget(REPLICA)).isEqualTo(fast.budget(REPLICA));
      assertThat(idle.lookedForPerSecond()).isEqualTo(10_000);
    }
    assertThat(fast.lookedForPerSecond()).isEqualTo(10_000);
  }

  @ParameterizedTest
  @CsvSource({
    // the replica of each pair | what each observer may spend, %
    "'a',     '2'",
    "'a a',   '1 1'",
    "'a b',   '2 2'",
    "'a a b a a', '0.5 0.5 2 0.5 0.5'",
  })
  void thoseWhoAskTheSameServerShareItsBudget(String replicas, String percents) {
    List<LagPair> pairs = new ArrayList<>();
    for (String name : replicas.split(" ", -1)) {
      pairs.add(
          LagPair.of(SOURCE, List.of(Endpoint.parse(Side.REPLICA, "redis://" + name + ":1"))));
    }
    LagSettings settings = LagSettings.of(pairs, "r");
    List<Double> expected = Stream.of(percents.split(" ", -1)).map(Double::valueOf).toList();
    assertThat(pairs)
        .extracting(pair -> settings.budget(pair.replicas().get(0)).percent())
        .isEqualTo(expected);
    assertThat(settings.withBudget(ProbeBudget.UNLIMITED).budget(pairs.get(0).replicas().get(0)))
        .isEqualTo(ProbeBudget.UNLIMITED);
  }

  private static void refused(String message, Runnable settings) {
    assertThatThrownBy(settings::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
