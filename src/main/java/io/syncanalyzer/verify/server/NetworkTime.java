package io.syncanalyzer.verify.server;

import org.jspecify.annotations.Nullable;

/**
 * What the network cost a verification. Null is unknown.
 *
 * @param waitNanos for how long it could not go on for the network: its leading thread waited for
 *     an answer that needs a round trip to come, or for its workers, of whose time the share counts
 *     that they themselves waited so ({@link io.syncanalyzer.time.NetworkWait})
 * @param sourceTripNanos a round trip to the source
 * @param replicaTripNanos a round trip to the replica
 */
public record NetworkTime(
    @Nullable Long waitNanos, @Nullable Long sourceTripNanos, @Nullable Long replicaTripNanos) {
  /** Nothing is known. */
  public static final NetworkTime UNKNOWN = new NetworkTime(null, null, null);

  /** Over a known distance. */
  public static NetworkTime of(long waitNanos, Distance distance) {
    return new NetworkTime(
        Math.max(0, waitNanos), known(distance.sourceNanos()), known(distance.replicaNanos()));
  }

  private static @Nullable Long known(long tripNanos) {
    return tripNanos == Long.MAX_VALUE ? null : Long.valueOf(tripNanos);
  }
}
