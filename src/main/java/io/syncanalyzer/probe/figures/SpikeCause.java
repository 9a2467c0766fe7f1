package io.syncanalyzer.probe.figures;

import java.util.Objects;

/**
 * Whose door the largest spike is laid at.
 *
 * @param second when, in seconds since the measured time began
 * @param upperNanos the spike
 * @param cause {@code probe paused}, {@code probe far away}, {@code source slow}, {@code link or
 *     apply behind}, {@code replica stalled}, {@code replica gone} or {@code not known}; of the
 *     floor {@code source gone} too, and none that has to do with a replica
 * @param evidence the figures that say so, in one line
 */
public record SpikeCause(long second, long upperNanos, String cause, String evidence) {
  public SpikeCause {
    Objects.requireNonNull(cause, "cause is null");
    Objects.requireNonNull(evidence, "evidence is null");
  }

  /** The same where the source stood in the replica's place, so that there is no replica. */
  public SpikeCause ofSourceAlone() {
    String whose =
        switch (cause) {
          case "replica gone" -> "source gone";
          case "replica stalled" -> "source slow";
          case "link or apply behind" -> "not known";
          default -> cause;
        };
    return new SpikeCause(second, upperNanos, whose, evidence);
  }
}
