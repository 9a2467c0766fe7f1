package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.SpikeCause;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpikeFinderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long SPIKE = 2 * SECOND;
  private static final Distance NEAR = new Distance(50_000, 50_000);

  @Test
  void whoeverWasHeldUpForMostOfTheSpikeIsNamed() {
    assertThat(cause(0, 0, SPIKE, 0, true, 0, true)).isEqualTo("replica stalled");
    assertThat(cause(0, SPIKE, 0, 0, true, 0, true)).isEqualTo("source slow");
    assertThat(cause(SPIKE, 0, 0, 0, true, 0, true)).isEqualTo("probe paused");
    assertThat(cause(0, 0, 0, 500, true, 0, true)).isEqualTo("link or apply behind");
    assertThat(cause(0, 0, 0, 0, true, 0, false)).isEqualTo("replica gone");
    assertThat(cause(0, 0, 0, 0, false, 1, true)).isEqualTo("link or apply behind");
  }

  @Test
  void aPauseOfTheProbeExplainsTheLatenessOfAllOthers() {
    assertThat(cause(SPIKE, SPIKE, SPIKE, 500, false, 1, false)).isEqualTo("probe paused");
  }

  /** A poll takes its round trip whatever the replica does. */
  @Test
  void whatTheDistanceTakesIsNobodysDoing() {
    Distance replica = new Distance(50_000, SPIKE / 2);
    assertThat(cause(0, 0, SPIKE / 2, 0, true, 0, true, replica)).isEqualTo("probe far away");
    assertThat(cause(0, 0, SPIKE, 0, true, 0, true, replica)).isEqualTo("replica stalled");
    assertThat(cause(SPIKE, 0, SPIKE / 2, 0, true, 0, true, replica)).isEqualTo("probe paused");
    Distance source = new Distance(SPIKE / 2, 50_000);
    assertThat(cause(0, SPIKE / 2, 0, 0, true, 0, true, source)).isEqualTo("probe far away");
    assertThat(cause(0, SPIKE, 0, 0, true, 0, true, source)).isEqualTo("source slow");
    Distance little = new Distance(50_000, SPIKE / 20);
    assertThat(cause(0, 0, SPIKE / 20, 500, true, 0, true, little))
        .isEqualTo("link or apply behind");
  }

  @Test
  void whatSeveralShareIsNotLaidOnOne() {
    long third = SPIKE * 2 / 5;
    assertThat(cause(third, third, third, 0, true, 0, true)).isEqualTo("not known");
  }

  @Test
  void aLossOfTheProbesOwnConnectionIsNoCause() {
    List<LagSecond> timeline =
        List.of(LagRows.second(0, 5L, 500L, 0, 0, 0, true, 0, false), LagRows.second(1, SPIKE));
    assertThat(SpikeFinder.find(timeline, false, NEAR).orElseThrow().cause())
        .isEqualTo("link or apply behind");
  }

  @Test
  void whatHappenedLongBeforeIsNoEvidence() {
    List<LagSecond> timeline = new ArrayList<>();
    timeline.add(LagRows.second(0, 5L, 0L, 9 * SECOND, 0, 0, true, 0, true));
    for (int second = 1; second < 20; second++) {
      timeline.add(LagRows.second(second, second == 15 ? SPIKE : 5L));
    }
    SpikeCause found = SpikeFinder.find(timeline, false, NEAR).orElseThrow();
    assertThat(found.second()).isEqualTo(15);
    assertThat(found.upperNanos()).isEqualTo(SPIKE);
    assertThat(found.cause()).isEqualTo("link or apply behind");
    assertThat(found.evidence())
        .contains("longest probe pause 0.0 ms")
        .contains("stayed connected");
  }

  @Test
  void withoutSamplesThereIsNoSpike() {
    assertThat(SpikeFinder.find(List.of(), false, NEAR)).isEmpty();
    assertThat(SpikeFinder.find(List.of(LagRows.second(0, null)), false, NEAR)).isEmpty();
  }

  /** The trouble lies one second before the spike is seen. */
  private static String cause(
      long pause, long ack, long poll, long gap, boolean up, long resyncs, boolean observing) {
    return cause(pause, ack, poll, gap, up, resyncs, observing, NEAR);
  }

  private static String cause(
      long pause,
      long ack,
      long poll,
      long gap,
      boolean up,
      long resyncs,
      boolean observing,
      Distance distance) {
    return SpikeFinder.find(
            List.of(
                LagRows.second(0, 5L),
                LagRows.second(1, null, gap, pause, ack, poll, up, resyncs, observing),
                LagRows.second(2, SPIKE),
                LagRows.second(3, 5L)),
            !observing,
            distance)
        .orElseThrow()
        .cause();
  }
}
