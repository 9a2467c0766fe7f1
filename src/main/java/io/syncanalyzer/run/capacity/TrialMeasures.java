package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.run.load.Metered;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * All that a trial measured.
 *
 * @param number of the trial, from 1
 * @param askedPerS commands per second asked for
 * @param lag of its measured time
 * @param seconds the same second by second
 * @param written what was written in it
 * @param failure what went wrong with the generator, one line
 * @param back when each was back at the baseline
 */
record TrialMeasures(
    int number,
    long askedPerS,
    LagSummary lag,
    TrialSeconds seconds,
    Written written,
    Optional<String> failure,
    BackAtBaseline.Found back) {

  /**
   * What was written in the measured time.
   *
   * @param metered what the servers counted
   * @param sentinels those of the probe that left meanwhile: the source counted them too
   * @param claimedPerS what the generator itself says; empty where it does not
   * @param reads whether the load reads too, so that the source's reads are its own
   */
  record Written(Metered metered, long sentinels, OptionalDouble claimedPerS, boolean reads) {
    /**
     * Commands per second of the load: what the source counted without the sentinels, for whoever
     * may have sent them, and no more than the generator claims. Null where the source hides its
     * counts, or they prove nothing.
     */
    @Nullable Double achievedPerS() {
      Long writes = metered.writes();
      Long read = metered.reads();
      if (writes == null || metered.loss().isPresent()) {
        return null;
      }
      long commands = writes - sentinels + (reads && read != null ? read : 0);
      double counted = Math.max(0, commands) / metered.seconds();
      return claimedPerS.isPresent() ? Math.min(counted, claimedPerS.getAsDouble()) : counted;
    }
  }
}
