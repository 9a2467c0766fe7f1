package io.syncanalyzer.run.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LagEpisodesTest {
  private static final long MILLI = 1_000_000L;
  private static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), OptionalLong.empty());

  @Test
  void theBaselinesBandIsWhatAnEpisodeLeaves() {
    LagPhase baseline = phase("baseline", 30 * MILLI, 40 * MILLI);
    EpisodeReport found =
        episodes(new LagSummary(List.of(baseline, load(20, 70, 90, 20)), List.of(), null), NONE);
    assertThat(found.rows())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.episode()).isEqualTo(1);
              assertThat(one.secondFrom()).isEqualTo(1);
              assertThat(one.secondTo()).isEqualTo(3);
              assertThat(one.phase()).isEqualTo("load");
              assertThat(one.cause()).isEqualTo(LagCause.LINK_OR_APPLY);
            });
    assertThat(found.bands())
        .containsExactly(
            "a second counts as back with a median of at most 30.0 ms and no lag beyond 80.0 ms, by"
                + " the baseline");
  }

  @Test
  void withoutABaselineItIsTheRunsOwnQuietSeconds() {
    EpisodeReport found =
        episodes(new LagSummary(List.of(load(20, 20, 90, 20)), List.of(), null), NONE);
    assertThat(found.rows()).singleElement().extracting("secondFrom").isEqualTo(2L);
    assertThat(found.bands().get(0)).contains("as there is no baseline");
  }

  @Test
  void aReplicaThatIsAlwaysBehindHasNoQuietSecondsBeyondTheLimitOrTheFloor() {
    LagPhase behind = load(900, 900, 900, 900);
    Limits limits =
        new Limits(
            Optional.of(Duration.ofMillis(50)),
            Optional.of(Duration.ofMillis(500)),
            OptionalLong.empty());
    assertThat(episodes(new LagSummary(List.of(behind), List.of(), null), NONE).rows()).isEmpty();
    EpisodeReport limited = episodes(new LagSummary(List.of(behind), List.of(), null), limits);
    assertThat(limited.rows()).singleElement().extracting("secondFrom").isEqualTo(0L);
    assertThat(limited.bands().get(0)).contains("a median of at most 50.0 ms");
    LagPhase floor = phase("floor", MILLI, 2 * MILLI);
    EpisodeReport floored = episodes(new LagSummary(List.of(floor, behind), List.of(), null), NONE);
    assertThat(floored.rows()).singleElement().extracting("secondTo").isEqualTo(4L);
    assertThat(floored.bands().get(0)).contains("no wider than 10 times the floor");
  }

  @Test
  void aTenthOfALimitIsTheLeastThatCounts() {
    Limits limits =
        new Limits(Optional.of(Duration.ofSeconds(1)), Optional.empty(), OptionalLong.empty());
    LagPhase baseline = phase("baseline", 30 * MILLI, 40 * MILLI);
    assertThat(
            episodes(
                    new LagSummary(List.of(baseline, load(20, 70, 90, 20)), List.of(), null),
                    limits)
                .rows())
        .isEmpty();
  }

  @Test
  void anIdlePairHasNoEpisodesAndTellsItsLargestSecondInstead() {
    LagSummary idle =
        new LagSummary(List.of(phase("baseline", 30 * MILLI, 40 * MILLI)), List.of(), null);
    assertThat(LagEpisodes.of(idle, LagPhase::timeline, null, NONE)).isNull();
    LagReport report = LagReports.of(idle, null, 0, NONE);
    assertThat(report.episodes()).isNull();
    assertThat(report.figures())
        .anySatisfy(figure -> assertThat(figure.metric()).isEqualTo("baseline_spike_cause"));
    LagReport loaded =
        LagReports.of(new LagSummary(List.of(load(20, 90)), List.of(), null), null, 0, NONE);
    assertThat(loaded.figures())
        .noneSatisfy(figure -> assertThat(figure.metric()).contains("spike"))
        .anySatisfy(figure -> assertThat(figure.metric()).isEqualTo("load_episodes"));
  }

  private static EpisodeReport episodes(LagSummary lag, Limits limits) {
    return Objects.requireNonNull(LagEpisodes.of(lag, LagPhase::timeline, null, limits));
  }

  private static LagPhase phase(String name, long p99, long max) {
    LagPhase any = LagRows.phase(name, new LagValue.Known(p99), new LagValue.Known(max), 9, 0);
    return with(
        any,
        any.rows().stream()
            .map(
                row ->
                    new LagPercentile(
                        row.phase(),
                        row.percentile(),
                        row.upper(),
                        row.lower(),
                        row.intended(),
                        row.samples(),
                        null,
                        row.step()))
            .toList(),
        any.timeline());
  }

  private static LagPhase load(int... millis) {
    List<LagSecond> rows =
        IntStream.range(0, millis.length)
            .mapToObj(second -> LagRows.second(second, millis[second] * MILLI))
            .toList();
    LagPhase any = phase("load", MILLI, MILLI);
    return with(any, any.rows(), rows);
  }

  private static LagPhase with(LagPhase any, List<LagPercentile> rows, List<LagSecond> timeline) {
    return new LagPhase(
        any.phase(),
        any.replica(),
        any.observer(),
        any.startedEpochMillis(),
        any.measuredNanos(),
        rows,
        any.accounting(),
        any.figures(),
        timeline,
        any.warnings());
  }
}
