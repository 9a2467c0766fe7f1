package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.Lags;
import io.syncanalyzer.probe.figures.UnseenLags;

/**
 * The lower bounds of sentinels that were given up while nobody knew whose fault the silence was:
 * those that hold if it was the replica's, and those that hold in any case. For the observer's
 * thread; of one size however many there are.
 */
final class GivenUp {
  private final UnseenLags withSilence = new UnseenLags();
  private final UnseenLags withoutSilence = new UnseenLags();
  private long longestStalenessNanos;

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

  /** It is known now; what is recorded is what can be said for certain. */
  void settle(boolean replicasSilence, Lags lags, ReplicaTally tally) {
    lags.recordUnseen(replicasSilence ? withSilence : withoutSilence);
    if (replicasSilence) {
      tally.longestStalenessNanos.raiseTo(longestStalenessNanos);
    } else {
      tally.givenUpUnwatched.add(withoutSilence.count());
    }
  }
}
