package io.syncanalyzer.cause;

import io.syncanalyzer.cause.Finding.Against;
import io.syncanalyzer.cause.Finding.Fits;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.load.RateKept;
import java.util.List;
import java.util.Locale;

/** Who was late, by what the probe itself measured: itself, the load, the source, the replica. */
final class ProbeRules {
  /** Of the rate asked for, a load that comes to less is far beyond what the source takes. */
  private static final double FAR_BELOW = 0.8;

  private ProbeRules() {}

  /** A pause of the probe's JVM makes everybody else look late. */
  static Finding paused(Evidence evidence) {
    return Finding.byLength(
        LagCause.PROBE_PAUSED,
        evidence,
        evidence.pauseNanos(),
        "the probe's own JVM paused for at most " + time(evidence.pauseNanos()));
  }

  /** A loss of the probe's own connection is no cause: what came meanwhile is no sample. */
  static Finding gone(Evidence evidence, Circumstances around) {
    LagCause cause = around.sourceAlone() ? LagCause.SOURCE_GONE : LagCause.REPLICA_GONE;
    if (!evidence.lost()) {
      return new Against(cause, "the probe stayed connected to it");
    }
    if (around.replicaWentAway() == null) {
      return new Fits(
          cause,
          Certainty.POSSIBLE,
          "the probe lost it; at other times it was gone, or only the probe's own connection lost");
    }
    return around.replicaWentAway()
        ? new Fits(cause, Certainty.CERTAIN, "it took no connection, or gave no answer")
        : new Against(cause, "only the probe's own connection to it was lost");
  }

  static Finding far(Evidence evidence, Circumstances around) {
    return evidence.isHalf(around.farWidthNanos())
        ? new Fits(
            LagCause.PROBE_FAR,
            Certainty.CERTAIN,
            "the round trips alone make the bounds " + time(around.farWidthNanos()) + " wide")
        : new Against(LagCause.PROBE_FAR, "a round trip takes " + trips(around));
  }

  private static String trips(Circumstances around) {
    return time(around.sourceTripNanos())
        + " to the source, "
        + time(around.replicaTripNanos())
        + " to the replica";
  }

  /**
   * Nothing is told of a load that was to go as fast as it can. A source that stands still takes no
   * load either: where it was late to answer by half of the lag, the load says no more than that.
   */
  static List<Finding> load(Evidence evidence, Circumstances around) {
    Double share = evidence.loadShare();
    if (share == null) {
      return List.of();
    }
    String words =
        String.format(
            Locale.ROOT,
            "the load came to %.0f %% of the rate asked for in its slowest second",
            Math.floor(100 * share));
    if (share >= RateKept.ENOUGH_IN_SECOND) {
      return List.of(new Against(LagCause.LOAD_SATURATED, words));
    }
    return List.of(
        new Fits(
            LagCause.LOAD_SATURATED,
            share < FAR_BELOW && !evidence.isHalf(late(evidence, around))
                ? Certainty.LIKELY
                : Certainty.POSSIBLE,
            words));
  }

  static Finding sourceSlow(Evidence evidence, Circumstances around) {
    return Finding.byLength(
        LagCause.SOURCE_SLOW,
        evidence,
        late(evidence, around),
        "the source took at most " + time(evidence.ackNanos()) + " to acknowledge");
  }

  /** How long the source itself kept a writer waiting. */
  private static long late(Evidence evidence, Circumstances around) {
    return Math.max(0, evidence.ackNanos() - around.sourceTripNanos());
  }

  static Finding stalled(Evidence evidence, Circumstances around) {
    return Finding.byLength(
        around.sourceAlone() ? LagCause.SOURCE_SLOW : LagCause.REPLICA_STALLED,
        evidence,
        Math.max(0, evidence.pollNanos() - around.replicaTripNanos()),
        "a poll took at most " + time(evidence.pollNanos()));
  }

  /** What is left where neither side was late to answer. */
  static Finding behind(Evidence evidence) {
    String words =
        "both sides answered in time while "
            + (evidence.gapBytes() == null
                ? "how far the replica was behind in bytes is not shown"
                : "the replica was up to " + Numbers.bytes(evidence.gapBytes()) + " behind");
    return Boolean.TRUE.equals(evidence.linkDown())
            || evidence.pauseNanos() + evidence.ackNanos() + evidence.pollNanos()
                <= evidence.heightNanos()
        ? new Fits(LagCause.LINK_OR_APPLY, Certainty.LIKELY, words)
        : new Against(
            LagCause.LINK_OR_APPLY, "the probe, the source and the replica share the lag");
  }

  static String time(long nanos) {
    return Numbers.micros(nanos / 1e3);
  }
}
