package io.syncanalyzer.result.load;

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
    meanNanos = Known.of(meanNanos);
    p50Nanos = Known.of(p50Nanos);
    p90Nanos = Known.of(p90Nanos);
    p99Nanos = Known.of(p99Nanos);
    p999Nanos = Known.of(p999Nanos);
    maxNanos = Known.of(maxNanos);
  }

  /** Only the longest is known. */
  public static Latency ofLongest(@Nullable Double nanos) {
    return new Latency(null, null, null, null, null, nanos);
  }
}
