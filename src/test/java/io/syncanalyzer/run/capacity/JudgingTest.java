package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.run.lag.Track;
import io.syncanalyzer.run.load.Metered;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgingTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int MEASURED = 10;
  private static final long SENTINELS = 10_000;
  private static final TrialRules RULES = new TrialRules(50 * MILLI, null, 0, 5 * SECOND);

  private final TrialSeconds seconds = new TrialSeconds("load");
  private final List<LagPhase> phases = new ArrayList<>();
  private final Map<Track, Long> back = new HashMap<>();
  private long writes = 110_000;
  private long load = 100_000;
  private Optional<String> failure = Optional.empty();
  private Optional<String> loss = Optional.empty();
  private OptionalDouble claimed = OptionalDouble.empty();
  private @Nullable String incomplete;

  private void track(@Nullable String replica, @Nullable String shard, long p99Nanos) {
    Track track = new Track(replica, shard);
    back.put(track, SECOND);
    for (int second = 0; second < MEASURED; second++) {
      seconds.accept(Seconds.of(second, p99Nanos / 2, 100L, replica, shard));
    }
    phases.add(phase(replica, shard, p99Nanos));
  }

  private static LagPhase phase(@Nullable String replica, @Nullable String shard, long p99) {
    LagValue few = new LagValue.TooFew();
    List<LagPercentile> rows = new ArrayList<>();
    for (String percentile : List.of("50", "99", "max")) {
      long upper = percentile.equals("50") ? p99 / 2 : p99;
      rows.add(
          new LagPercentile(
              "load",
              percentile,
              new LagValue.Known(upper),
              new LagValue.Known(upper / 2),
              few,
              SENTINELS,
              replica,
              null,
              shard));
    }
    return new LagPhase(
        "load",
        replica == null ? "r:1" : replica,
        "poll",
        1_700_000_000_000L,
        MEASURED * SECOND,
        rows,
        new LagAccounting(
            "load", SENTINELS, 0, 0, SENTINELS, 0, 3, 0, 0L, null, replica, 0L, shard, null),
        new LagFigures(
            1000,
            1000,
            1,
            2,
            3L,
            null,
            4L,
            few,
            few,
            0,
            null,
            null,
            5,
            6,
            0,
            null,
            0,
            0,
            0,
            0,
            7,
            8,
            9.5,
            null,
            0.25,
            null,
            new Distance(11, 12),
            new ProbeCost(2.0, 10, 20L, null, 30, true, 0.01, null, null, 0.5)),
        List.of(),
        List.of());
  }

  private List<Trial> judge() {
    Metered metered =
        new Metered(
            MEASURED, writes, 0L, 0.4, Map.of("r:1", 0.3), Map.of("s:1", 1_000_000.0), loss);
    LagSummary lag = new LagSummary(phases, List.of(), incomplete);
    return new Judging(RULES, 1)
        .rows(
            new TrialMeasures(
                4,
                10_000,
                lag,
                seconds,
                new TrialMeasures.Written(metered, writes - load, claimed, false),
                failure,
                new BackAtBaseline.Found(back, new LagSummary(List.of(), List.of(), null))),
            "doubling");
  }

  @Test
  void whatTheLoadWroteIsWhatTheSourceCountedWithoutTheSentinels() {
    track(null, null, 10 * MILLI);
    Trial trial = judge().get(0);
    assertThat(trial.rate().achievedPerS()).isCloseTo(10_000, within(0.01));
    assertThat(trial.outcome()).describedAs(trial.reason()).isEqualTo(TrialOutcome.SUSTAINED);
    assertThat(trial.reason()).isEmpty();
    assertThat(trial.trial()).isEqualTo(4);
    assertThat(trial.purpose()).isEqualTo("doubling");
    assertThat(trial.rate().sourceCpuShare()).isEqualTo(0.4);
    assertThat(trial.rate().replicaCpuShare()).isEqualTo(0.3);
    assertThat(trial.recoveredNanos()).isEqualTo(SECOND);
  }

  @Test
  void aGeneratorThatMissedItsRateMakesItInvalid() {
    load = 90_000;
    track(null, null, 10 * MILLI);
    assertThat(judge().get(0).outcome()).isEqualTo(TrialOutcome.INVALID);
  }

  @Test
  void whatOthersWriteIsNotTheLoads() {
    claimed = OptionalDouble.of(5_000);
    track(null, null, 10 * MILLI);
    Trial trial = judge().get(0);
    assertThat(trial.rate().achievedPerS()).isEqualTo(5_000);
    assertThat(trial.outcome()).isEqualTo(TrialOutcome.INVALID);
  }

  @Test
  void aProbeThatBrokeOffProvesAndRefutesNothing() {
    incomplete = "watching the replica failed";
    track(null, null, 80 * MILLI);
    Trial trial = judge().get(0);
    assertThat(trial.outcome()).isEqualTo(TrialOutcome.INVALID);
    assertThat(trial.reason()).contains("watching the replica failed");
  }

  @Test
  void aLoadThatBrokeOffMakesItInvalidAndSaysSo() {
    failure = Optional.of("memtier_benchmark ended before the trial did");
    track(null, null, 10 * MILLI);
    Trial trial = judge().get(0);
    assertThat(trial.outcome()).isEqualTo(TrialOutcome.INVALID);
    assertThat(trial.reason()).contains("memtier_benchmark ended before the trial did");
  }

  @Test
  void aPrimaryThatWasLostProvesNothing() {
    loss = Optional.of("failover: the primary s:1 is gone");
    track(null, null, 10 * MILLI);
    Trial trial = judge().get(0);
    assertThat(trial.outcome()).isEqualTo(TrialOutcome.INVALID);
    assertThat(trial.reason()).contains("failover");
    assertThat(trial.rate().achievedPerS()).isNull();
  }

  @Test
  void theWorstShardDecidesAndIsNamed() {
    phases.add(phase(null, null, 20 * MILLI));
    track(null, "s:1", 10 * MILLI);
    track(null, "s:2", 80 * MILLI);
    track(null, "s:3", 20 * MILLI);
    writes = 130_000;
    List<Trial> rows = judge();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).shard()).isEqualTo("s:2");
    assertThat(rows.get(0).outcome()).isEqualTo(TrialOutcome.REFUTED);
    assertThat(rows.get(0).lag().p99UpperNanos()).isEqualTo(80 * MILLI);
    assertThat(rows.get(0).rate().achievedPerS()).isCloseTo(10_000, within(0.01));
  }

  @Test
  void ofShardsThatAreAllSustainedTheOneFurthestBehindIsTold() {
    track(null, "s:1", 10 * MILLI);
    track(null, "s:2", 12 * MILLI);
    writes = 120_000;
    assertThat(judge().get(0).shard()).isEqualTo("s:2");
  }

  @Test
  void eachReplicaHasARowOfItsOwn() {
    track("r:1", null, 10 * MILLI);
    track("r:2", null, 80 * MILLI);
    List<Trial> rows = judge();
    assertThat(rows).extracting(Trial::replica).containsExactly("r:1", "r:2");
    assertThat(rows)
        .extracting(Trial::outcome)
        .containsExactly(TrialOutcome.SUSTAINED, TrialOutcome.REFUTED);
    assertThat(rows.get(0).rate().achievedPerS())
        .describedAs("both replicas watch the same sentinels")
        .isCloseTo(10_000, within(0.01));
  }

  @Test
  void aLagThatWasNotBackInTimeRefutes() {
    track(null, null, 10 * MILLI);
    back.clear();
    Trial trial = judge().get(0);
    assertThat(trial.outcome()).isEqualTo(TrialOutcome.REFUTED);
    assertThat(trial.reason()).contains("baseline");
  }
}
