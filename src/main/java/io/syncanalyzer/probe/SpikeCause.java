package io.syncanalyzer.probe;

import java.util.Objects;

/**
 * Whose door the largest spike is laid at.
 *
 * @param second when, in seconds since the measured time began
 * @param upperNanos the spike
 * @param cause {@code probe paused}, {@code probe far away}, {@code source slow}, {@code link or
 *     apply behind}, {@code replica stalled}, {@code replica gone} or {@code not known}
 * @param evidence the figures that say so, in one line
 */
public record SpikeCause(long second, long upperNanos, String cause, String evidence) {
  public SpikeCause {
    Objects.requireNonNull(cause, "cause is null");
    Objects.requireNonNull(evidence, "evidence is null");
  }
}
