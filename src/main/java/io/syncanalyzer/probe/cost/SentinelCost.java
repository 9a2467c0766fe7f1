package io.syncanalyzer.probe.cost;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What a sentinel costs both servers, in nanoseconds of CPU; null = unknown. Measured on an idle
 * pair, where each wakes the servers by itself: beside a load it is carried along and costs less.
 *
 * @param sourceNanos to be written, and sent on
 * @param replicaNanos to be applied
 */
public record SentinelCost(@Nullable Double sourceNanos, @Nullable Double replicaNanos) {
  /** Nothing is known of it. */
  public static final SentinelCost UNKNOWN = new SentinelCost(null, null);

  static SentinelCost of(OptionalDouble source, OptionalDouble replica) {
    return new SentinelCost(orNull(source), orNull(replica));
  }

  private static @Nullable Double orNull(OptionalDouble nanos) {
    return nanos.isPresent() ? Double.valueOf(nanos.getAsDouble()) : null;
  }

  /** What so many a second take of a core of the source; null = unknown. */
  public @Nullable Double sourceShare(double perSecond) {
    return share(sourceNanos, perSecond);
  }

  /** The same of the replica. */
  public @Nullable Double replicaShare(double perSecond) {
    return share(replicaNanos, perSecond);
  }

  private static @Nullable Double share(@Nullable Double nanos, double perSecond) {
    return nanos == null ? null : Double.valueOf(nanos * perSecond / 1e9);
  }
}
