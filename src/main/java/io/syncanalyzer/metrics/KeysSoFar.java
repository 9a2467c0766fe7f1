package io.syncanalyzer.metrics;

import io.syncanalyzer.result.verify.KeyVerdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a comparison has come.
 *
 * @param scanned keys that the pass has passed over
 * @param expected keys that it has to pass over; null where nobody knows
 * @param compared keys that were looked at on both sides
 * @param suspects keys that differed at first sight and are not settled
 * @param unequal how many have each verdict but {@code EQUAL}; what nothing has may be left out
 */
public record KeysSoFar(
    long scanned,
    @Nullable Long expected,
    long compared,
    long suspects,
    Map<KeyVerdict, Long> unequal) {
  public KeysSoFar {
    unequal = Map.copyOf(unequal);
  }
}
