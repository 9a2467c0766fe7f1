package io.syncanalyzer.probe.figures;

import org.jspecify.annotations.Nullable;

/**
 * A second of a phase (or {@code span} seconds of a long one: see {@code LagTimeline}); null =
 * unknown.
 *
 * @param second seconds since the measured time began
 * @param span how many seconds the row stands for, 1 unless the run is long
 * @param phase the phase's word, or {@code drain} once the schedule is over
 * @param epochMillis wall clock at the row's begin, a label to join other timelines by
 * @param sent sentinels sent in it
 * @param observed measured sentinels seen in it
 * @param outstanding measured sentinels not yet seen at its end
 * @param p50UpperNanos median upper of those observed in it; null below 20
 * @param p99UpperNanos 99th percentile; null below 1000
 * @param maxUpperNanos greatest upper; null where none was observed
 * @param offsetGapBytes source offset − replica offset, read at about the same time; null where
 *     hidden
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
 */
public record LagSecond(
    long second,
    int span,
    String phase,
    long epochMillis,
    long sent,
    long observed,
    long outstanding,
    @Nullable Long p50UpperNanos,
    @Nullable Long p99UpperNanos,
    @Nullable Long maxUpperNanos,
    @Nullable Long offsetGapBytes,
    @Nullable Long ackP99Nanos,
    @Nullable Long ackMaxNanos,
    @Nullable Long slipMaxNanos,
    @Nullable Boolean linkUp,
    long fullResyncs,
    long pauseMaxNanos,
    @Nullable Long pollMaxNanos,
    boolean observing,
    @Nullable Long maxLowerNanos) {}
