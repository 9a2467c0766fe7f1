package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Side;

/**
 * How far away both servers are: how long a round trip to each takes, by the shortest that was seen
 * of a few, so never less than the network takes ({@link
 * io.syncanalyzer.redis.wire.RawConnection#roundTripNanos}).
 *
 * @param sourceNanos to the source
 * @param replicaNanos to the replica
 */
public record Distance(long sourceNanos, long replicaNanos) {
  /** Both on this machine. */
  public static final Distance NONE = new Distance(0, 0);

  private static final long FAR_NANOS = 5_000_000;

  public Distance {
    if (sourceNanos < 0 || replicaNanos < 0) {
      throw new IllegalArgumentException("a round trip takes no time back");
    }
  }

  /** To one of them. */
  public long of(Side side) {
    return side == Side.SOURCE ? sourceNanos : replicaNanos;
  }

  /** To the one that is farther away. */
  public long longestNanos() {
    return Math.max(sourceNanos, replicaNanos);
  }

  /** Whether round trips are what takes the time, unless many are under way at once. */
  public boolean isFar() {
    return longestNanos() >= FAR_NANOS;
  }
}
