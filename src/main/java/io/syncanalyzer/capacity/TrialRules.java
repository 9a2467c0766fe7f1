package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trial must hold to count as sustained, and what it says where it does not. The first that
 * applies:
 *
 * <ol>
 *   <li>The load broke off or is not proved: invalid, for nothing was tried.
 *   <li>A full resync, a lost link: refuted. Before it is asked whether the generator reached its
 *       rate: a source that forks for a snapshot takes fewer writes, and what is too much at less
 *       than was asked is too much at what was asked.
 *   <li>The rate was missed, and the source was at its limit: refuted. Before it is asked whether
 *       the sentinels kept their rate: a source at its limit holds them up too.
 *   <li>The generator or the probe was the limit: invalid ({@link Soundness}).
 *   <li>More was written than was asked for, and it was not sustained: invalid.
 *   <li>A limit of the lag, the sentinels lost, growth, recovery: refuted, with every reason.
 *   <li>What should be known is not, or its limits straddle the bound: undecided.
 *   <li>Else sustained.
 * </ol>
 *
 * <p>Percentiles are judged by their upper bounds, as the limit is for what may have been; one that
 * is open by its lower bound, and where that is within the limit nothing is known.
 *
 * @param maxLagP99Nanos allowed for p99; null = any
 * @param maxLagNanos allowed for the largest; null = any
 * @param maxLost sentinels that may never be seen
 * @param recoverWithinNanos how long the lag may take to be back at the baseline
 */
public record TrialRules(
    @Nullable Long maxLagP99Nanos,
    @Nullable Long maxLagNanos,
    long maxLost,
    long recoverWithinNanos) {
  /** Of a core: a server that uses so much of the one that it has is at its limit. */
  public static final double SATURATED_SHARE = 0.9;

  /** As many sentinels as a p99 takes: ten beyond it. */
  public static final int FEWEST_SAMPLES = 1_000;

  /**
   * @throws IllegalArgumentException if there is no limit of the lag: what growth is too much
   *     follows from it
   */
  public TrialRules {
    if (maxLagP99Nanos == null && maxLagNanos == null) {
      throw new IllegalArgumentException("a limit of the lag is needed, of p99 or of the largest");
    }
    if ((maxLagP99Nanos != null && maxLagP99Nanos <= 0)
        || (maxLagNanos != null && maxLagNanos <= 0)
        || maxLost < 0
        || recoverWithinNanos <= 0) {
      throw new IllegalArgumentException("a limit that nothing can be within");
    }
  }

  /** The limit that other bounds follow from: of p99, else of the largest. */
  long lagLimitNanos() {
    Long limit = maxLagP99Nanos == null ? maxLagNanos : maxLagP99Nanos;
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** What the trial says of its rate. */
  public TrialVerdict judge(TrialMeasured trial) {
    return judge(
        trial, trial.recoveredNanos() != null && trial.recoveredNanos() <= recoverWithinNanos);
  }

  /**
   * Whether a longer trial may tell what this one does not: all else is within its limits, and the
   * limits of a growth straddle its bound, or there were too few seconds for them. Asked while the
   * load goes on, so that of the recovery nothing is known yet.
   */
  public boolean worthProlonging(TrialMeasured trial) {
    return judge(trial, true).outcome() == TrialOutcome.UNDECIDED
        && LagLimits.unknown(this, trial).isEmpty();
  }

  private TrialVerdict judge(TrialMeasured trial, boolean recovered) {
    if (trial.loadFailure() != null) {
      return TrialVerdict.of(TrialOutcome.INVALID, List.of(trial.loadFailure()));
    }
    List<String> broken = Soundness.sourceOrLink(trial);
    if (!broken.isEmpty()) {
      return TrialVerdict.of(TrialOutcome.REFUTED, broken);
    }
    List<String> unsound = Soundness.generatorOrProbe(this, trial);
    if (!unsound.isEmpty()) {
      return TrialVerdict.of(TrialOutcome.INVALID, unsound);
    }
    Growing growing = new Growing(this, trial);
    List<String> refuted = new ArrayList<>(LagLimits.broken(this, trial));
    refuted.addAll(growing.above());
    if (!recovered) {
      refuted.add(LagLimits.notRecovered(this));
    }
    List<String> tooMuch = Soundness.tooMuch(trial);
    if (!refuted.isEmpty() && !tooMuch.isEmpty()) {
      return TrialVerdict.of(TrialOutcome.INVALID, tooMuch);
    }
    if (!refuted.isEmpty()) {
      return TrialVerdict.of(TrialOutcome.REFUTED, refuted);
    }
    List<String> unknown = new ArrayList<>(LagLimits.unknown(this, trial));
    unknown.addAll(growing.unsure());
    return unknown.isEmpty()
        ? TrialVerdict.of(TrialOutcome.SUSTAINED, List.of())
        : TrialVerdict.of(TrialOutcome.UNDECIDED, unknown);
  }
}
