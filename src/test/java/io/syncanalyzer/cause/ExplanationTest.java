package io.syncanalyzer.cause;

import static io.syncanalyzer.cause.Rows.NEAR;
import static io.syncanalyzer.cause.Rows.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.LagRows;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the probe alone tells. */
class ExplanationTest {
  private static final long SPIKE = 2 * SECOND;

  @Test
  void whoeverWasHeldUpForMostOfTheSpikeIsNamed() {
    assertThat(cause(0, 0, SPIKE, true, 0, true)).isEqualTo(LagCause.REPLICA_STALLED);
    assertThat(cause(0, SPIKE, 0, true, 0, true)).isEqualTo(LagCause.SOURCE_SLOW);
    assertThat(cause(SPIKE, 0, 0, true, 0, true)).isEqualTo(LagCause.PROBE_PAUSED);
    assertThat(cause(0, 0, 0, true, 0, true)).isEqualTo(LagCause.LINK_OR_APPLY);
    assertThat(cause(0, 0, 0, true, 0, false)).isEqualTo(LagCause.REPLICA_GONE);
    assertThat(cause(0, 0, 0, false, 0, true)).isEqualTo(LagCause.LINK_LOST);
    assertThat(cause(0, 0, 0, false, 1, true)).isEqualTo(LagCause.FULL_RESYNC);
  }

  @Test
  void aPauseOfTheProbeExplainsTheLatenessOfAllOthers() {
    Explanation all = explained(row(SPIKE, SPIKE, SPIKE, false, 1, false), gone(NEAR));
    assertThat(all.cause()).isEqualTo(LagCause.PROBE_PAUSED);
    assertThat(all.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(all.evidence())
        .startsWith("the probe's own JVM paused for at most 2.00 s; also replica gone (certain)");
  }

  @Test
  void halfOfTheLagIsLikelyAndNearlyAllOfItCertain() {
    assertThat(explained(row(SPIKE * 4 / 5, 0, 0, true, 0, true), NEAR).certainty())
        .isEqualTo(Certainty.CERTAIN);
    assertThat(explained(row(SPIKE / 2, 0, 0, true, 0, true), NEAR).certainty())
        .isEqualTo(Certainty.LIKELY);
  }

  /** A poll takes its round trip whatever the replica does. */
  @Test
  void whatTheDistanceTakesIsNobodysDoing() {
    Circumstances replica = far(50_000, SPIKE / 2);
    assertThat(explained(row(0, 0, SPIKE / 2, true, 0, true), replica).cause())
        .isEqualTo(LagCause.PROBE_FAR);
    assertThat(explained(row(SPIKE, 0, SPIKE / 2, true, 0, true), replica).cause())
        .isEqualTo(LagCause.PROBE_PAUSED);
    Circumstances source = far(SPIKE / 2, 50_000);
    assertThat(explained(row(0, SPIKE / 2, 0, true, 0, true), source).cause())
        .isEqualTo(LagCause.PROBE_FAR);
    Circumstances little = far(50_000, SPIKE / 20);
    assertThat(explained(row(0, 0, SPIKE / 20, true, 0, true), little).cause())
        .isEqualTo(LagCause.LINK_OR_APPLY);
  }

  @Test
  void whatSeveralShareIsNotLaidOnOne() {
    long third = SPIKE * 2 / 5;
    Explanation shared = explained(row(third, third, third, true, 0, true), NEAR);
    assertThat(shared.cause()).isEqualTo(LagCause.NOT_KNOWN);
    assertThat(shared.certainty()).isEqualTo(Certainty.NONE);
    assertThat(shared.against()).contains("share the lag");
  }

  @Test
  void aLossOfTheProbesOwnConnectionIsNoCause() {
    assertThat(explained(row(0, 0, 0, true, 0, false), NEAR).cause())
        .isEqualTo(LagCause.LINK_OR_APPLY);
  }

  /** Of several losses, some the replica's: this one may be either. */
  @Test
  void aLossThatMayBeTheProbesOwnIsNotLaidAtTheReplicaForCertain() {
    Circumstances both = new Circumstances(50_000, 50_000, 0, null, false, Map.of());
    Explanation found = explained(row(0, 0, 0, true, 0, false), both);
    assertThat(found.cause()).isEqualTo(LagCause.LINK_OR_APPLY);
    assertThat(found.evidence()).contains("also replica gone (possible)");
  }

  @Test
  void whatHappenedLongBeforeIsNoEvidence() {
    List<LagSecond> timeline = new ArrayList<>();
    timeline.add(LagRows.second(0, 5L, 0L, 9 * SECOND, 0, 0, true, 0, true));
    for (int second = 1; second < 20; second++) {
      timeline.add(LagRows.second(second, second == 15 ? SPIKE : 5L));
    }
    Explanation found = Rows.explained(timeline, NEAR);
    assertThat(found.cause()).isEqualTo(LagCause.LINK_OR_APPLY);
    assertThat(found.against())
        .startsWith("probe paused: the probe's own JVM paused for at most 0 us");
  }

  @Test
  void whereTheSourceStandsInTheReplicasPlaceNothingIsLaidAtAReplicasDoor() {
    Circumstances floor = new Circumstances(50_000, 50_000, 0, true, true, Map.of());
    assertThat(explained(row(0, 0, 0, true, 0, false), floor).cause())
        .isEqualTo(LagCause.SOURCE_GONE);
    assertThat(explained(row(0, 0, SPIKE, true, 0, true), floor).cause())
        .isEqualTo(LagCause.SOURCE_SLOW);
    assertThat(explained(row(0, 0, 0, false, 1, true), floor).cause())
        .isEqualTo(LagCause.NOT_KNOWN);
  }

  @Test
  void aLoadThatDoesNotKeepTheRateAskedForIsNamed() {
    Circumstances paced = new Circumstances(50_000, 50_000, 0, false, false, Map.of(0, 1_000L));
    LagSecond row = row(0, 0, 0, true, 0, true);
    assertThat(explained(row.besides(700.0, null, null), paced).cause())
        .isEqualTo(LagCause.LOAD_SATURATED);
    assertThat(explained(row.besides(900.0, null, null), paced).evidence())
        .contains("also load beyond what the source takes (possible)");
    assertThat(explained(row.besides(1_000.0, null, null), paced).against())
        .contains("the load came to 100 % of the rate asked for");
    assertThat(explained(row.besides(1.0, null, null), NEAR).against()).doesNotContain("the load");
  }

  /** Then no load gets through either, whatever was asked of it. */
  @Test
  void aSourceThatStandsStillIsNotALoadBeyondWhatItTakes() {
    Circumstances paced = new Circumstances(50_000, 50_000, 0, false, false, Map.of(0, 1_000L));
    Explanation found =
        explained(row(0, SPIKE, 0, true, 0, true).besides(100.0, null, null), paced);
    assertThat(found.cause()).isEqualTo(LagCause.SOURCE_SLOW);
    assertThat(found.certainty()).isEqualTo(Certainty.CERTAIN);
    assertThat(found.evidence()).contains("also load beyond what the source takes (possible)");
  }

  /** The trouble lies one second before the spike is seen. */
  private static LagCause cause(
      long pause, long ack, long poll, boolean up, long resyncs, boolean observing) {
    return explained(row(pause, ack, poll, up, resyncs, observing), observing ? NEAR : gone(NEAR))
        .cause();
  }

  private static LagSecond row(
      long pause, long ack, long poll, boolean up, long resyncs, boolean observing) {
    return LagRows.second(1, null, 500L, pause, ack, poll, up, resyncs, observing);
  }

  private static Explanation explained(LagSecond trouble, Circumstances around) {
    return Rows.explained(
        List.of(LagRows.second(0, 5L), trouble, LagRows.second(2, SPIKE), LagRows.second(3, 5L)),
        around);
  }

  private static Circumstances gone(Circumstances one) {
    return new Circumstances(
        one.sourceTripNanos(), one.replicaTripNanos(), 0, true, false, Map.of());
  }

  private static Circumstances far(long source, long replica) {
    return new Circumstances(source, replica, source + 2 * replica, false, false, Map.of());
  }
}
