package io.syncanalyzer.load.memtier;

import java.time.Duration;

/**
 * How long memtier is waited for before it is stopped.
 *
 * @param start until its first operation
 * @param stall without any further operation
 * @param end past the duration it was given
 * @param grace after each of SIGINT and SIGTERM, until the next harder signal
 */
public record LoadLimits(Duration start, Duration stall, Duration end, Duration grace) {
  /** 15 s to start, 10 s without progress, 15 s past its end, 5 s after a signal. */
  public static final LoadLimits DEFAULT =
      new LoadLimits(
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(15),
          Duration.ofSeconds(5));

  public LoadLimits {
    for (Duration limit : new Duration[] {start, stall, end, grace}) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("a limit of " + limit + " leaves no time at all");
      }
    }
  }
}
