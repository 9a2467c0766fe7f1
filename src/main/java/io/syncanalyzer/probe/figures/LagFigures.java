package io.syncanalyzer.probe.figures;

import io.syncanalyzer.result.lag.LagValue;
import org.jspecify.annotations.Nullable;

/**
 * What else a phase tells; null = unknown or nothing to tell.
 *
 * @param wantedPerSecond the rate of the schedule
 * @param sentPerSecond the rate kept, from the first of the schedule to the last that was sent
 * @param slipP99Nanos send − intended, 99th percentile
 * @param slipMaxNanos the latest send
 * @param ackP50Nanos the source's acknowledgement time, median
 * @param ackP99Nanos 99th percentile
 * @param ackMaxNanos the longest
 * @param widthP50 median width of the interval (upper − lower)
 * @param widthP99 its 99th percentile
 * @param drainNanos from the end of the schedule to the last arrival; 0 = all were there
 * @param recoveryNanos from the first second above the limit to the first back below it; null =
 *     never above, or never recovered (see {@code recovered})
 * @param recovered whether it came back below, or was never above, the limit; null = no limit asked
 * @param longestOutageNanos the longest time with sentinels outstanding and none seen
 * @param longestStalenessNanos the greatest age of the newest sentinel the replica showed while a
 *     newer one was due to arrive
 * @param fullResyncs full resynchronisations of the replica
 * @param missingAfterResync of all sentinels on the source, those not on the replica at the end,
 *     after a full resync in the phase; null = there was none, or it could not be counted
 * @param probeOutages times the probe lost its connection to a replica that was there all the time
 * @param probeOutageNanos how long it was without, in all
 * @param replicaOutages times the replica itself was gone, or gave no answer
 * @param replicaOutageNanos how long, in all
 * @param pauseMaxNanos the longest pause of the probe's own JVM
 * @param pauseP99Nanos their 99th percentile
 * @param pollCommandsPerSecond what the poll asked of the replica
 * @param pollRoundTripP50Nanos median round trip of a poll
 * @param replicaCpuShare CPU the replica used in the phase, 1 = one core; of everything it did
 * @param maxOffsetGapBytes the greatest offset gap of any second
 * @param distance the round trip to each side, before the phase began
 * @param cost what the probe cost both
 */
public record LagFigures(
    double wantedPerSecond,
    double sentPerSecond,
    long slipP99Nanos,
    long slipMaxNanos,
    @Nullable Long ackP50Nanos,
    @Nullable Long ackP99Nanos,
    @Nullable Long ackMaxNanos,
    LagValue widthP50,
    LagValue widthP99,
    long drainNanos,
    @Nullable Long recoveryNanos,
    @Nullable Boolean recovered,
    long longestOutageNanos,
    long longestStalenessNanos,
    long fullResyncs,
    @Nullable Long missingAfterResync,
    long probeOutages,
    long probeOutageNanos,
    long replicaOutages,
    long replicaOutageNanos,
    long pauseMaxNanos,
    long pauseP99Nanos,
    double pollCommandsPerSecond,
    @Nullable Long pollRoundTripP50Nanos,
    @Nullable Double replicaCpuShare,
    @Nullable Long maxOffsetGapBytes,
    Distance distance,
    ProbeCost cost) {}
