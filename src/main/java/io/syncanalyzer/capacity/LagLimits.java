package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a trial's lag stands to its limits. */
final class LagLimits {
  private static final double MICRO = 1e3;

  private LagLimits() {}

  /** The limits that are broken, each as a reason. */
  static List<String> broken(TrialRules rules, TrialMeasured trial) {
    Trial.Lag lag = trial.lag();
    List<String> reasons = new ArrayList<>();
    add(reasons, "p99 lag", lag.p99UpperNanos(), lag.p99LowerNanos(), rules.maxLagP99Nanos());
    add(reasons, "largest lag", lag.maxUpperNanos(), lag.maxLowerNanos(), rules.maxLagNanos());
    if (lag.censored() > rules.maxLost()) {
      reasons.add(Numbers.count(lag.censored(), "sentinel") + " never seen");
    }
    return reasons;
  }

  /** The limits of which it is not known whether they are broken, each as a reason. */
  static List<String> unknown(TrialRules rules, TrialMeasured trial) {
    Trial.Lag lag = trial.lag();
    List<String> reasons = new ArrayList<>();
    if (rules.maxLagP99Nanos() != null && lag.p99UpperNanos() == null) {
      reasons.add("the p99 lag is open: among it are sentinels never seen");
    }
    if (rules.maxLagNanos() != null && lag.maxUpperNanos() == null) {
      reasons.add("the largest lag is open: sentinels were never seen");
    }
    return reasons;
  }

  static String notRecovered(TrialRules rules) {
    return "the lag was not back at the baseline within "
        + Bound.limit(rules.recoverWithinNanos() / MICRO)
        + " after the load";
  }

  static boolean isAbove(@Nullable Long nanos, long limit) {
    return nanos != null && nanos > limit;
  }

  private static void add(
      List<String> reasons,
      String what,
      @Nullable Long upper,
      @Nullable Long lower,
      @Nullable Long limit) {
    if (limit == null) {
      return;
    }
    if (upper != null && upper > limit) {
      reasons.add(
          what
              + " "
              + Bound.upper(upper / MICRO, limit / MICRO)
              + ", above "
              + Bound.limit(limit / MICRO));
    } else if (upper == null && lower != null && lower > limit) {
      reasons.add(
          what
              + " >= "
              + Bound.lower(lower / MICRO, limit / MICRO)
              + ", above "
              + Bound.limit(limit / MICRO));
    }
  }
}
