package io.syncanalyzer.result.capacity;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trial, as one replica took it: a row of {@code capacity.csv}.
 *
 * @param trial its number, from 1, in the order tried; also the {@code step} of its rows in the
 *     lag's files
 * @param purpose why this rate was tried, in a word or two
 * @param rate what was asked of the generator, and what came of it
 * @param measuredNanos how long it was measured, after its warm-up
 * @param lag the sentinels of that time
 * @param growth whether lag and offset gap grew
 * @param recoveredNanos from the end of the load until the lag was back at the baseline; null where
 *     it was not within the time allowed, or was not asked
 * @param outcome what it says of its rate
 * @param reason one line why it was not sustained; empty where it was
 * @param replica the replica's address; null where there is but one
 * @param shard the shard that decided, the source's node {@code host:port}; null where there is but
 *     one
 * @param startedEpochMs wall clock at the begin of its measured time, a label
 */
public record Trial(
    int trial,
    String purpose,
    Rate rate,
    long measuredNanos,
    Lag lag,
    Growth growth,
    @Nullable Long recoveredNanos,
    TrialOutcome outcome,
    String reason,
    @Nullable String replica,
    @Nullable String shard,
    @Nullable Long startedEpochMs) {

  /**
   * The load of a trial.
   *
   * @param askedPerS writes per second asked for
   * @param achievedPerS writes per second that the source carried out, by its own counter
   * @param sourceCpuShare CPU of the source meanwhile, 1 = one core; of a cluster its busiest
   *     node's
   * @param replicaCpuShare the same of the replica
   */
  public record Rate(
      long askedPerS,
      @Nullable Double achievedPerS,
      @Nullable Double sourceCpuShare,
      @Nullable Double replicaCpuShare) {
    public Rate {
      if (askedPerS < 1) {
        throw new IllegalArgumentException("a trial at no rate: " + askedPerS);
      }
    }
  }

  /**
   * The lag of a trial. An upper bound that is null beside a lower one is open: never seen.
   *
   * @param samples sentinels that it is of
   * @param censored of them, those never seen
   */
  public record Lag(
      @Nullable Long p50UpperNanos,
      @Nullable Long p50LowerNanos,
      @Nullable Long p99UpperNanos,
      @Nullable Long p99LowerNanos,
      @Nullable Long maxUpperNanos,
      @Nullable Long maxLowerNanos,
      long samples,
      long censored) {
    /** Nothing is known. */
    public static final Lag UNKNOWN = new Lag(null, null, null, null, null, null, 0, 0);
  }

  /**
   * Whether lag and offset gap grew.
   *
   * @param lag of the seconds' medians, nanoseconds a second; null where it could not be had
   * @param gap of the offset gap, bytes a second; null where no offsets are shown
   */
  public record Growth(@Nullable Slope lag, @Nullable Slope gap) {
    /** Nothing is known. */
    public static final Growth UNKNOWN = new Growth(null, null);
  }

  public Trial {
    Objects.requireNonNull(purpose, "purpose is null");
    Objects.requireNonNull(rate, "rate is null");
    Objects.requireNonNull(lag, "lag is null");
    Objects.requireNonNull(growth, "growth is null");
    Objects.requireNonNull(outcome, "outcome is null");
    Objects.requireNonNull(reason, "reason is null");
    if (trial < 1) {
      throw new IllegalArgumentException("trials are counted from 1: " + trial);
    }
    if (outcome != TrialOutcome.SUSTAINED && reason.isBlank()) {
      throw new IllegalArgumentException("a trial that was not sustained says why");
    }
  }
}
