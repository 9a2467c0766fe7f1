package io.syncanalyzer.load;

import java.util.OptionalInt;

/**
 * A second of the load: a row of {@code load_timeline.csv}. Unknown is {@code NaN}.
 *
 * @param second whole seconds since the load's first operation
 * @param opsPerS operations done in that second
 * @param avgMs mean latency, milliseconds
 * @param p99Ms 99th percentile, milliseconds; unknown where several processes wrote at once
 * @param partial whether the load ran for only a part of this second, so that its count is no rate
 * @param step which step of the ramp, from 1; empty without a ramp
 * @param writesPerS of these operations, the writes; unknown where a command's kind or its own
 *     seconds are
 * @param readsPerS the reads, likewise
 */
public record LoadSecond(
    long second,
    double opsPerS,
    double avgMs,
    double p99Ms,
    boolean partial,
    OptionalInt step,
    double writesPerS,
    double readsPerS) {

  /** This second, its operations told apart. */
  LoadSecond toldApart(double writes, double reads) {
    return new LoadSecond(second, opsPerS, avgMs, p99Ms, partial, step, writes, reads);
  }
}
