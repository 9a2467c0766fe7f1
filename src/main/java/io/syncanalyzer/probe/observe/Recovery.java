package io.syncanalyzer.probe.observe;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a replica took to come back below a limit: from the first second whose p99 was above it
 * to the next one at or below. A second in which sentinels were outstanding and none was seen is
 * above.
 */
public final class Recovery {
  private final Optional<Long> limitNanos;
  private boolean wasAbove;
  private boolean done;
  private long aboveSince;
  private @Nullable Long recoveryNanos;

  public Recovery(Optional<Duration> limit) {
    limitNanos = limit.map(Duration::toNanos);
  }

  /**
   * Takes the next second.
   *
   * @param p99Nanos the second's p99 by nearest rank; of no meaning when none was observed
   */
  public void second(long second, long observed, long outstanding, long p99Nanos) {
    if (limitNanos.isEmpty() || done || (observed == 0 && outstanding == 0)) {
      return;
    }
    boolean above = observed == 0 || p99Nanos > limitNanos.get();
    if (above && !wasAbove) {
      wasAbove = true;
      aboveSince = second;
    } else if (!above && wasAbove) {
      recoveryNanos = (second - aboveSince) * 1_000_000_000L;
      done = true;
    }
  }

  @Nullable
  public Long nanos() {
    return recoveryNanos;
  }

  @Nullable
  public Boolean recovered() {
    return limitNanos.isEmpty() ? null : Boolean.valueOf(!wasAbove || done);
  }
}
