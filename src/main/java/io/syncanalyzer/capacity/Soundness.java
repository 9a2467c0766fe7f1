package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.load.RateKept;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a trial was one of the replica, and not of the source, the generator or the probe. */
final class Soundness {
  /** Of the rate asked for, of writes and of sentinels alike. */
  static final double RATE_SHARE = RateKept.ENOUGH;

  /** Writes that fall to either side of where the measured time begins and ends. */
  static final int WRITES_AT_THE_ENDS = 2;

  /** More than that of the rate asked for is another trial than the one that was asked for. */
  static final double RATE_EXCEEDED = 1.01;

  /** Of the measured time that the probe may pause at once, longer than the limit. */
  static final double PAUSE_SHARE = 0.01;

  private static final double MICRO = 1e3;
  private static final double SECOND = 1e9;

  private Soundness() {}

  /** Why the pair is the limit, whatever the lag was; empty where it is not known to be. */
  static List<String> sourceOrLink(TrialMeasured trial) {
    List<String> reasons = new ArrayList<>();
    if (trial.link().fullResyncs() > 0) {
      reasons.add(Numbers.count(trial.link().fullResyncs(), "full resync"));
    }
    if (trial.link().lost()) {
      reasons.add("the replica lost its link to the source");
    }
    Double cpu = trial.rate().sourceCpuShare();
    if (isMissed(trial) && cpu != null && cpu >= TrialRules.SATURATED_SHARE) {
      reasons.add(
          String.format(
              Locale.ROOT,
              "the source carried out %s at %.0f %% of a core: it is the limit",
              reached(trial.rate()),
              cpu * 100));
    }
    return reasons;
  }

  /** Why the trial says nothing of the pair; empty where it does. */
  static List<String> generatorOrProbe(TrialRules rules, TrialMeasured trial) {
    List<String> reasons = new ArrayList<>();
    TrialMeasured.Probe probe = trial.probe();
    if (probe.sent() < probe.scheduled() * RATE_SHARE) {
      reasons.add(
          "the probe sent "
              + Numbers.words(probe.sent())
              + " of "
              + Numbers.count(probe.scheduled(), "sentinel"));
    }
    String pause = pause(rules, trial);
    if (pause != null) {
      reasons.add(pause);
    }
    if (trial.lag().samples() < fewest(rules)) {
      reasons.add(
          Numbers.count(trial.lag().samples(), "sentinel")
              + ", and it takes "
              + Numbers.words(fewest(rules))
              + ": use a longer --trial or a higher --sentinel-rate");
    }
    if (trial.rate().achievedPerS() == null) {
      reasons.add("how many writes the source carried out is not known");
    } else if (isMissed(trial)) {
      reasons.add(
          "the generator reached "
              + reached(trial.rate())
              + ": use another machine or more --load-threads");
    }
    return reasons;
  }

  /**
   * Why what did not hold may hold at the rate that was asked for: more than that was written. A
   * generator that was held up in the warm-up sends what is due all at once, and so in the measured
   * time; or others write too. Empty where it was not so. What holds at more holds at less.
   */
  static List<String> tooMuch(TrialMeasured trial) {
    Double achieved = trial.rate().achievedPerS();
    double asked = trial.rate().askedPerS();
    boolean exceeded =
        achieved != null
            && achieved > asked * RATE_EXCEEDED
            && (achieved - asked) * (trial.measuredNanos() / SECOND) > WRITES_AT_THE_ENDS;
    return exceeded
        ? List.of(
            "more was written than was asked for, "
                + reached(trial.rate())
                + ": what had been held up before, or by others, so that it is not known whether it"
                + " was too much")
        : List.of();
  }

  private static long fewest(TrialRules rules) {
    return rules.maxLagP99Nanos() == null ? 1 : TrialRules.FEWEST_SAMPLES;
  }

  /**
   * How the probe's own pauses spoil what it saw: a sentinel that came while it did not look is
   * seen after, and no lag can be shown to be shorter than the pause.
   */
  @Nullable
  private static String pause(TrialRules rules, TrialMeasured trial) {
    long limit = rules.lagLimitNanos();
    Long p99 = trial.probe().pauseP99Nanos();
    if (p99 != null && p99 > limit) {
      return "the probe itself paused for "
          + Bound.upper(p99 / MICRO, limit / MICRO)
          + " at p99, above "
          + Bound.limit(limit / MICRO);
    }
    Long max = trial.probe().pauseMaxNanos();
    if (max == null) {
      return null;
    }
    boolean tooMuch = max > limit && max > trial.measuredNanos() * PAUSE_SHARE;
    Long largest = rules.maxLagNanos();
    boolean spoilsTheLargest =
        largest != null && max > largest && LagLimits.isAbove(trial.lag().maxUpperNanos(), largest);
    return tooMuch || spoilsTheLargest
        ? "the probe itself paused for "
            + Bound.upper(max / MICRO)
            + ", so that no lag could be seen"
        : null;
  }

  private static boolean isMissed(TrialMeasured trial) {
    Double achieved = trial.rate().achievedPerS();
    double asked = trial.rate().askedPerS();
    return achieved != null
        && achieved < asked * RATE_SHARE
        && Math.round((asked - achieved) * (trial.measuredNanos() / SECOND)) > WRITES_AT_THE_ENDS;
  }

  private static String reached(Trial.Rate rate) {
    Double achieved = rate.achievedPerS();
    return (achieved == null ? "none" : Numbers.words(achieved))
        + " of "
        + Numbers.words(rate.askedPerS())
        + " writes/s";
  }
}
