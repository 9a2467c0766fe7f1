package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Slope;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether lag or offset gap grew in a trial: by more than a bound where the lower limit of the
 * slope lies above it, not where the upper limit lies below it, and between them it is not known.
 *
 * <p>That no growth is seen does not show that there is none, so the upper limit is held to a
 * bound, which must be above nothing for a trial of some seconds to be able to show it:
 *
 * <ul>
 *   <li>of the lag, its limit a minute: a lag that grows by all that is allowed within {@link
 *       #GROWS_BY_ITS_LIMIT_S} s breaks the limit in any load that lasts, and one that grows much
 *       more slowly is not told from the drifting of a machine. For 50 ms it is 0.83 ms a second,
 *       12.5 ms in 15 s.
 *   <li>of the gap the same share: a replica that is behind by one second more has one second's
 *       stream more to get. But the two offsets are read a moment apart, on two connections, and
 *       what the source wrote in between is gap as well: {@link #READ_APART_S} s of the stream.
 *       What that moves from the first to the last second of the trial is no growth.
 * </ul>
 */
final class Growing {
  /** Seconds within which a lag may not grow by its limit. */
  static final double GROWS_BY_ITS_LIMIT_S = 60;

  /** How far apart, in seconds, the offsets of two servers may have been read. */
  static final double READ_APART_S = 0.010;

  private static final double SECOND = 1e9;
  private static final double MICRO = 1e3;

  private final List<String> above = new ArrayList<>();
  private final List<String> unsure = new ArrayList<>();

  Growing(TrialRules rules, TrialMeasured trial) {
    judge(
        "the lag",
        trial.growth().lag(),
        lagBound(rules),
        perSecond -> Numbers.words(perSecond / MICRO) + " us/s");
    if (trial.stream().offsetsShown()) {
      Double stream = trial.stream().bytesPerS();
      judge(
          "the offset gap",
          stream == null ? null : trial.growth().gap(),
          stream == null ? 0 : gapBound(rules, stream, trial.measuredNanos() / SECOND),
          perSecond -> Numbers.words(perSecond) + " bytes/s");
    }
  }

  /** How fast the lag may grow, nanoseconds a second. */
  static double lagBound(TrialRules rules) {
    return rules.lagLimitNanos() / GROWS_BY_ITS_LIMIT_S;
  }

  /** How fast the offset gap may grow, bytes a second. */
  static double gapBound(TrialRules rules, double streamBytesPerS, double seconds) {
    double share = rules.lagLimitNanos() / SECOND / GROWS_BY_ITS_LIMIT_S;
    return streamBytesPerS * Math.max(share, READ_APART_S / seconds);
  }

  /** How a slope is written. */
  private interface Words {
    String of(double perSecond);
  }

  private void judge(String what, @Nullable Slope slope, double bound, Words words) {
    if (slope == null) {
      unsure.add("whether " + what + " grew could not be told: too few seconds");
    } else if (slope.low() > bound) {
      above.add(what + " grew by " + words.of(slope.low()) + " at least, above " + words.of(bound));
    } else if (!(slope.high() < bound)) {
      unsure.add(
          what
              + " grew by "
              + words.of(slope.low())
              + " to "
              + words.of(slope.high())
              + ", about "
              + words.of(bound));
    }
  }

  /** What grew, each as a reason. */
  List<String> above() {
    return above;
  }

  /** Of what it is not known, each as a reason. */
  List<String> unsure() {
    return unsure;
  }
}
