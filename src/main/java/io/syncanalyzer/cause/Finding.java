package io.syncanalyzer.cause;

import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.LagCause;

/** What a rule says of one cause. */
sealed interface Finding {
  /** The cause that it is of. */
  LagCause cause();

  /** Why it says so, in words. */
  String words();

  /** It was seen. */
  record Fits(LagCause cause, Certainty certainty, String words) implements Finding {
    /** Whether it is more than possible. */
    boolean isStrong() {
      return certainty.compareTo(Certainty.LIKELY) <= 0;
    }
  }

  /** It was looked for, and was not there, or is too small. */
  record Against(LagCause cause, String words) implements Finding {}

  /** Nobody tells. */
  record Untold(LagCause cause, String words) implements Finding {}

  /**
   * That something took so long: certain where it is nearly all of the lag, likely from half of it
   * on.
   *
   * @param nanos how long it took
   * @param words the same in words
   */
  static Finding byLength(LagCause cause, Evidence evidence, long nanos, String words) {
    if (evidence.isMost(nanos)) {
      return new Fits(cause, Certainty.CERTAIN, words);
    }
    return evidence.isHalf(nanos)
        ? new Fits(cause, Certainty.LIKELY, words)
        : new Against(cause, words);
  }
}
