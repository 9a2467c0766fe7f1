package io.syncanalyzer.result.lag;

import io.syncanalyzer.result.figure.Numbers;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A second of a phase (or some seconds of a long one): a row of {@code lag_timeline.csv}; null =
 * unknown, or not told by the version that wrote it.
 *
 * @param second seconds since the measured time began
 * @param phase the phase's word, or once its schedule is over {@code drain}; {@code floor_drain}
 *     and {@code baseline_drain} of these two
 * @param sent sentinels sent in it
 * @param observed measured sentinels seen in it
 * @param outstanding measured sentinels not yet seen at its end
 * @param p50UpperNanos median upper of those observed in it; null below 20
 * @param p99UpperNanos 99th percentile; null below 1000
 * @param maxUpperNanos greatest upper; null where none was observed
 * @param offsetGapBytes source offset − replica offset, read at about the same time; null where
 *     hidden
 * @param loadOpsPerS the load's rate; null where there was none
 * @param replica the replica's address; null where there is but one
 * @param spanS seconds the row stands for, more than 1 only in long runs
 * @param epochMs wall clock at the row's begin, a label to join other timelines by
 * @param ackP99Nanos 99th percentile (nearest rank) of the source's acknowledgement time
 * @param ackMaxNanos the longest of them
 * @param slipMaxNanos how late the latest send was
 * @param linkUp what the replica says of its link
 * @param fullResyncs full resynchronisations begun in it
 * @param pauseMaxNanos the longest pause of the probe's JVM in it
 * @param pollMaxNanos the longest round trip of a poll
 * @param observing whether the probe was connected to the replica throughout
 * @param maxLowerNanos the greatest lower bound: of those seen or given up in it, and of what was
 *     still outstanding at its end; null where there was neither
 * @param step which step of the load's ramp, from 1; null between the steps and without a ramp
 * @param loadWritesPerS of the load's rate, the writes; null where not told apart
 * @param shard the source's node, {@code host:port}; null for all together, and where there is but
 *     one
 * @param source what the source told of itself in it
 * @param itself what the replica told of itself in it
 */
public record LagSecond(
    long second,
    String phase,
    long sent,
    long observed,
    @Nullable Long outstanding,
    @Nullable Long p50UpperNanos,
    @Nullable Long p99UpperNanos,
    @Nullable Long maxUpperNanos,
    @Nullable Long offsetGapBytes,
    @Nullable Double loadOpsPerS,
    @Nullable String replica,
    @Nullable Integer spanS,
    @Nullable Long epochMs,
    @Nullable Long ackP99Nanos,
    @Nullable Long ackMaxNanos,
    @Nullable Long slipMaxNanos,
    @Nullable Boolean linkUp,
    @Nullable Long fullResyncs,
    @Nullable Long pauseMaxNanos,
    @Nullable Long pollMaxNanos,
    @Nullable Boolean observing,
    @Nullable Long maxLowerNanos,
    @Nullable Integer step,
    @Nullable Double loadWritesPerS,
    @Nullable String shard,
    @Nullable Signs source,
    @Nullable Signs itself) {
  public LagSecond {
    Objects.requireNonNull(phase, "phase is null");
    loadOpsPerS = Numbers.known(loadOpsPerS);
    loadWritesPerS = Numbers.known(loadWritesPerS);
  }

  /** Of all shards together. */
  public LagSecond(
      long second,
      String phase,
      long sent,
      long observed,
      @Nullable Long outstanding,
      @Nullable Long p50UpperNanos,
      @Nullable Long p99UpperNanos,
      @Nullable Long maxUpperNanos,
      @Nullable Long offsetGapBytes,
      @Nullable Double loadOpsPerS,
      @Nullable String replica,
      @Nullable Integer spanS,
      @Nullable Long epochMs,
      @Nullable Long ackP99Nanos,
      @Nullable Long ackMaxNanos,
      @Nullable Long slipMaxNanos,
      @Nullable Boolean linkUp,
      @Nullable Long fullResyncs,
      @Nullable Long pauseMaxNanos,
      @Nullable Long pollMaxNanos,
      @Nullable Boolean observing,
      @Nullable Long maxLowerNanos,
      @Nullable Integer step,
      @Nullable Double loadWritesPerS) {
    this(
        second,
        phase,
        sent,
        observed,
        outstanding,
        p50UpperNanos,
        p99UpperNanos,
        maxUpperNanos,
        offsetGapBytes,
        loadOpsPerS,
        replica,
        spanS,
        epochMs,
        ackP99Nanos,
        ackMaxNanos,
        slipMaxNanos,
        linkUp,
        fullResyncs,
        pauseMaxNanos,
        pollMaxNanos,
        observing,
        maxLowerNanos,
        step,
        loadWritesPerS,
        null,
        null,
        null);
  }

  /** The same, of one shard alone. */
  public LagSecond ofShard(@Nullable String address) {
    return new LagSecond(
        second,
        phase,
        sent,
        observed,
        outstanding,
        p50UpperNanos,
        p99UpperNanos,
        maxUpperNanos,
        offsetGapBytes,
        loadOpsPerS,
        replica,
        spanS,
        epochMs,
        ackP99Nanos,
        ackMaxNanos,
        slipMaxNanos,
        linkUp,
        fullResyncs,
        pauseMaxNanos,
        pollMaxNanos,
        observing,
        maxLowerNanos,
        step,
        loadWritesPerS,
        address,
        source,
        itself);
  }

  /** The same with what the load did beside it. */
  public LagSecond besides(
      @Nullable Double opsPerS, @Nullable Integer stepOfRamp, @Nullable Double writesPerS) {
    return new LagSecond(
        second,
        phase,
        sent,
        observed,
        outstanding,
        p50UpperNanos,
        p99UpperNanos,
        maxUpperNanos,
        offsetGapBytes,
        opsPerS,
        replica,
        spanS,
        epochMs,
        ackP99Nanos,
        ackMaxNanos,
        slipMaxNanos,
        linkUp,
        fullResyncs,
        pauseMaxNanos,
        pollMaxNanos,
        observing,
        maxLowerNanos,
        stepOfRamp,
        writesPerS,
        shard,
        source,
        itself);
  }

  /** The same with what both servers told of themselves in it. */
  public LagSecond telling(@Nullable Signs ofSource, @Nullable Signs ofReplica) {
    return new LagSecond(
        second,
        phase,
        sent,
        observed,
        outstanding,
        p50UpperNanos,
        p99UpperNanos,
        maxUpperNanos,
        offsetGapBytes,
        loadOpsPerS,
        replica,
        spanS,
        epochMs,
        ackP99Nanos,
        ackMaxNanos,
        slipMaxNanos,
        linkUp,
        fullResyncs,
        pauseMaxNanos,
        pollMaxNanos,
        observing,
        maxLowerNanos,
        step,
        loadWritesPerS,
        shard,
        ofSource,
        ofReplica);
  }

  /**
   * This row and the one after it as one: counts add up, of figures the greatest is kept, and it
   * was connected, or its link up, where both were.
   */
  public LagSecond and(LagSecond next) {
    return new LagSecond(
        second,
        next.phase,
        sent + next.sent,
        observed + next.observed,
        next.outstanding,
        Known.greater(p50UpperNanos, next.p50UpperNanos),
        Known.greater(p99UpperNanos, next.p99UpperNanos),
        Known.greater(maxUpperNanos, next.maxUpperNanos),
        Known.greater(offsetGapBytes, next.offsetGapBytes),
        null,
        replica,
        span() + next.span(),
        epochMs,
        Known.greater(ackP99Nanos, next.ackP99Nanos),
        Known.greater(ackMaxNanos, next.ackMaxNanos),
        Known.greater(slipMaxNanos, next.slipMaxNanos),
        Known.both(linkUp, next.linkUp),
        resyncs() + next.resyncs(),
        Known.greater(pauseMaxNanos, next.pauseMaxNanos),
        Known.greater(pollMaxNanos, next.pollMaxNanos),
        Known.both(observing, next.observing),
        Known.greater(maxLowerNanos, next.maxLowerNanos),
        null,
        null,
        shard,
        and(source, next.source),
        and(itself, next.itself));
  }

  private static @Nullable Signs and(@Nullable Signs a, @Nullable Signs b) {
    return a == null || b == null ? (a == null ? b : a) : a.and(b);
  }

  /** How many seconds it stands for. */
  public int span() {
    return spanS == null ? 1 : spanS;
  }

  /** The full resynchronisations that are known of. */
  public long resyncs() {
    return orZero(fullResyncs);
  }

  /**
   * Of the rate that was asked of the load in this second, which part it came to; null = unknown.
   *
   * @param askedByStep the rate asked of the load, by its ramp's step, 0 where it has none
   */
  public @Nullable Double loadShare(Map<Integer, Long> askedByStep) {
    Long asked = askedByStep.get(step == null ? 0 : step);
    return asked == null || loadOpsPerS == null ? null : Double.valueOf(loadOpsPerS / asked);
  }

  /** How many are outstanding at its end, as far as is known. */
  public long outstandingOrZero() {
    return orZero(outstanding);
  }

  /** A figure, 0 where it is not known. */
  public static long orZero(@Nullable Long figure) {
    return figure == null ? 0 : figure;
  }
}
