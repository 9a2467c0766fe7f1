package io.syncanalyzer.insert.load;

/**
 * A second of the load.
 *
 * @param second since its start, from 0
 * @param opsPerS commands answered without error, per second of the time it really covers
 * @param avgMs mean latency, milliseconds; {@code NaN} where nothing was answered
 * @param p99Ms 99th percentile, as {@code avgMs}
 * @param partial whether the load ended within it
 * @param writesPerS of these commands, those that change data
 */
public record JmhLoadSecond(
    long second, double opsPerS, double avgMs, double p99Ms, boolean partial, double writesPerS) {}
