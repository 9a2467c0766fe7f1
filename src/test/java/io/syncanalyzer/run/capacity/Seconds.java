package io.syncanalyzer.run.capacity;

import io.syncanalyzer.result.lag.LagSecond;
import org.jspecify.annotations.Nullable;

/** Seconds of a trial for tests. */
final class Seconds {
  private Seconds() {}

  static LagSecond of(long second, @Nullable Long p50Nanos, @Nullable Long gap) {
    return of(second, p50Nanos, gap, null, null);
  }

  static LagSecond of(
      long second,
      @Nullable Long p50Nanos,
      @Nullable Long gap,
      @Nullable String replica,
      @Nullable String shard) {
    return new LagSecond(
            second,
            "load",
            1000,
            p50Nanos == null ? 0 : 1000,
            5L,
            p50Nanos,
            null,
            p50Nanos,
            gap,
            null,
            replica,
            1,
            null,
            null,
            null,
            null,
            true,
            0L,
            null,
            null,
            true,
            900_000_000L,
            null,
            null)
        .ofShard(shard);
  }
}
