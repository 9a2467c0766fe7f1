package io.syncanalyzer.cause;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all of a measurement.
 *
 * @param sourceTripNanos the least round trip to the source
 * @param replicaTripNanos to the replica
 * @param farWidthNanos how wide bounds are for the distance alone; 0 where both are near
 * @param replicaWentAway whether it was the replica itself that was gone, or gave no answer, each
 *     time that the probe lost it; null where that holds for some of these times only
 * @param sourceAlone whether the source stood in the replica's place, so that there is no replica
 * @param askedByStep the rate asked of the load, by its ramp's step, 0 where it has none
 */
public record Circumstances(
    long sourceTripNanos,
    long replicaTripNanos,
    long farWidthNanos,
    @Nullable Boolean replicaWentAway,
    boolean sourceAlone,
    Map<Integer, Long> askedByStep) {
  public Circumstances {
    askedByStep = Map.copyOf(askedByStep);
  }
}
