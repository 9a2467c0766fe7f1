package io.syncanalyzer.result.load;

import io.syncanalyzer.result.figure.Numbers;
import org.jspecify.annotations.Nullable;

/** How long calls took, in nanoseconds; null is unknown. */
public record Latency(
    @Nullable Double meanNanos,
    @Nullable Double p50Nanos,
    @Nullable Double p90Nanos,
    @Nullable Double p99Nanos,
    @Nullable Double p999Nanos,
    @Nullable Double maxNanos) {
  /** Nothing is known. */
  public static final Latency UNKNOWN = new Latency(null, null, null, null, null, null);

  public Latency {
    meanNanos = Numbers.known(meanNanos);
    p50Nanos = Numbers.known(p50Nanos);
    p90Nanos = Numbers.known(p90Nanos);
    p99Nanos = Numbers.known(p99Nanos);
    p999Nanos = Numbers.known(p999Nanos);
    maxNanos = Numbers.known(maxNanos);
  }

  /** Only the longest is known. */
  public static Latency ofLongest(@Nullable Double nanos) {
    return new Latency(null, null, null, null, null, nanos);
  }
}
