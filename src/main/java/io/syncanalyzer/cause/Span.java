package io.syncanalyzer.cause;

import io.syncanalyzer.result.lag.LagSecond;
import org.jspecify.annotations.Nullable;

/**
 * An episode, before anybody is asked for its cause.
 *
 * @param from the first second outside the band
 * @param to the second in which it was back, or the end of the rows
 * @param maxUpperNanos the largest upper bound; null where none was seen
 * @param maxLowerNanos the greatest lower bound; null where there is none
 * @param peak the second of the largest lag
 * @param open whether it was not back at the end of the rows
 */
public record Span(
    long from,
    long to,
    @Nullable Long maxUpperNanos,
    @Nullable Long maxLowerNanos,
    long peak,
    boolean open) {
  /** The greater of both bounds. */
  public long heightNanos() {
    return Math.max(LagSecond.orZero(maxUpperNanos), LagSecond.orZero(maxLowerNanos));
  }
}
