package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RemovalCount;
import io.syncanalyzer.redis.Side;
import java.util.Optional;

/** Whether either server was flushed since this was made, as far as they tell. */
final class Flushes {
  private final Endpoint source;
  private final Endpoint replica;
  private final long onSource;
  private final long onReplica;

  private Flushes(Endpoint source, Endpoint replica) {
    this.source = source;
    this.replica = replica;
    this.onSource = RemovalCount.of(source).flushes();
    this.onReplica = RemovalCount.of(replica).flushes();
  }

  /** Begins to count at both. */
  static Flushes from(Endpoint source, Endpoint replica) {
    return new Flushes(source, replica);
  }

  /**
   * Says that what was to be compared was flushed.
   *
   * @param sourceLost whether the source has lost keys of those databases, lest the flush was of
   *     another
   * @param replicaLost as {@code sourceLost}
   */
  Optional<String> since(boolean sourceLost, boolean replicaLost) {
    long source = RemovalCount.of(this.source).flushes() - onSource;
    long replica = RemovalCount.of(this.replica).flushes() - onReplica;
    if (source > 0 && sourceLost) {
      return said(Side.SOURCE);
    }
    // A flush of the source arrives as one at the replica.
    return replica > Math.max(0, source) && replicaLost ? said(Side.REPLICA) : Optional.empty();
  }

  private static Optional<String> said(Side side) {
    return Optional.of(
        "the "
            + side.label()
            + " was flushed (FLUSHALL or FLUSHDB) while it was compared: what it held before is not"
            + " all compared; verify again");
  }
}
