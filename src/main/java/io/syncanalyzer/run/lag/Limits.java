package io.syncanalyzer.run.lag;

import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline allows; empty = no limit.
 *
 * @param maxLagP99 for the upper bound of p99
 * @param maxLag for the upper bound of every lag
 * @param maxLost for sentinels never seen
 */
public record Limits(
    Optional<Duration> maxLagP99, Optional<Duration> maxLag, OptionalLong maxLost) {
  public Limits {
    if (maxLost.isPresent() && maxLost.getAsLong() < 0) {
      throw new IllegalArgumentException("is negative; 0 allows none to be lost");
    }
  }

  /** How the lag that was measured stands to each; null = none was. */
  public List<Limit> hold(@Nullable LagReport lag) {
    List<Limit> all = new ArrayList<>();
    maxLagP99.ifPresent(allowed -> all.add(Limit.maxLagP99(allowed, lag)));
    maxLag.ifPresent(allowed -> all.add(Limit.maxLag(allowed, lag)));
    if (maxLost.isPresent()) {
      all.add(Limit.maxLost(maxLost.getAsLong(), lag));
    }
    return all;
  }
}
