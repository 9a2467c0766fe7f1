package io.syncanalyzer.result.load;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * A second of the load, a row of {@code load_timeline.csv}; null is unknown.
 *
 * @param second whole seconds since the load began, the first is 0
 * @param opsPerS commands answered, per second
 * @param meanNanos their mean latency
 * @param p99Nanos their 99th percentile; unknown where several processes wrote at once
 * @param partial whether it is not a whole second, as the last one mostly is, so that its count is
 *     no rate
 * @param step which step of a ramp, from 1; null without a ramp
 * @param writesPerS of {@code opsPerS}, the writes; null where not told apart
 * @param readsPerS of {@code opsPerS}, the reads
 */
public record LoadSecond(
    long second,
    @Nullable Double opsPerS,
    @Nullable Double meanNanos,
    @Nullable Double p99Nanos,
    boolean partial,
    @Nullable Integer step,
    @Nullable Double writesPerS,
    @Nullable Double readsPerS) {
  public LoadSecond {
    opsPerS = Numbers.known(opsPerS);
    meanNanos = Numbers.known(meanNanos);
    p99Nanos = Numbers.known(p99Nanos);
    writesPerS = Numbers.known(writesPerS);
    readsPerS = Numbers.known(readsPerS);
  }

  /** This second, its commands told apart. */
  public LoadSecond of(double writes, double reads) {
    return new LoadSecond(second, opsPerS, meanNanos, p99Nanos, partial, step, writes, reads);
  }
}
