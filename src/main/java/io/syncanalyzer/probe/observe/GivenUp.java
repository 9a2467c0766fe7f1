package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.StepLags;
import org.HdrHistogram.Histogram;

/**
 * The lower bounds of sentinels that were given up while nobody knew whose fault the silence was:
 * those that hold if it was the replica's, and those that hold in any case. For the observer's
 * thread; of one size however many there are.
 */
final class GivenUp {
  private final Bounds withSilence = new Bounds();
  private final Bounds withoutSilence = new Bounds();
  private long longestStalenessNanos;

  private static final class Bounds {
    final Histogram lower = LagRecorder.histogram();
    final StepLags steps = new StepLags();

    void record(int step, long lowerNanos) {
      lower.recordValue(LagRecorder.clamped(lowerNanos));
      steps.recordUnseen(step, lowerNanos);
    }
  }

  /**
   * One more.
   *
   * @param withSilenceNanos how long it stayed away if the replica itself was silent
   * @param withoutSilenceNanos the same by the replica's answers alone
   * @param stalenessNanos how old it was
   */
  void add(int step, long withSilenceNanos, long withoutSilenceNanos, long stalenessNanos) {
    withSilence.record(step, withSilenceNanos);
    withoutSilence.record(step, withoutSilenceNanos);
    longestStalenessNanos = Math.max(longestStalenessNanos, stalenessNanos);
  }

  long count() {
    return withSilence.lower.getTotalCount();
  }

  /** It is known now; what is recorded is what can be said for certain. */
  void settle(boolean replicasSilence, LagRecorder recorder, ReplicaTally tally) {
    Bounds known = replicasSilence ? withSilence : withoutSilence;
    recorder.recordUnseen(known.lower);
    recorder.steps().addUnseen(known.steps);
    if (replicasSilence) {
      tally.longestStalenessNanos.raiseTo(longestStalenessNanos);
    } else {
      tally.givenUpUnwatched.add(count());
    }
  }
}
