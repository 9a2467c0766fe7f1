package io.syncanalyzer.probe.figures;

import org.jspecify.annotations.Nullable;

/**
 * What the probe itself cost both servers; shares are of one core, null = unknown.
 *
 * @param budgetPercent what asking might cost the replica; null = no limit
 * @param pollsPerSecond polls made
 * @param spacingP50Nanos how far apart they were while something was outstanding, median of polls:
 *     so much wider are the bounds of a sentinel that each of them asks for
 * @param spacingP99Nanos 99th percentile
 * @param pollNanos what a poll costs the replica
 * @param pollMeasured whether that was measured there; else it is assumed
 * @param askingShare what polls and pushes cost the replica, by that
 * @param appliedShare what applying the sentinels costs it, at most
 * @param writtenShare what writing them costs the source, at most
 * @param sourceCpuShare CPU that the source used in the phase, of everything it did
 */
public record ProbeCost(
    @Nullable Double budgetPercent,
    double pollsPerSecond,
    @Nullable Long spacingP50Nanos,
    @Nullable Long spacingP99Nanos,
    long pollNanos,
    boolean pollMeasured,
    double askingShare,
    @Nullable Double appliedShare,
    @Nullable Double writtenShare,
    @Nullable Double sourceCpuShare) {}
