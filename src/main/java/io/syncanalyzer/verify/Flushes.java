package io.syncanalyzer.verify;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RemovalCount;
import io.syncanalyzer.redis.ServerInfo;
import io.syncanalyzer.redis.Side;
import java.util.List;
import java.util.Optional;

/** Whether what is compared was flushed since this was made, as far as the servers tell. */
final class Flushes {
  private static final long SLACK = 100;

  private final Endpoint source;
  private final Endpoint replica;
  private final ServerInfo sourceInfo;
  private final ServerInfo replicaInfo;
  private final Optional<RemovalCount> onSource;
  private final Optional<RemovalCount> onReplica;

  /** Begins to count at both, whose INFO was just read. */
  Flushes(Endpoint source, Endpoint replica, ServerInfo sourceInfo, ServerInfo replicaInfo) {
    this.source = source;
    this.replica = replica;
    this.sourceInfo = sourceInfo;
    this.replicaInfo = replicaInfo;
    this.onSource = RemovalCount.of(source);
    this.onReplica = RemovalCount.of(replica);
  }

  /**
   * Says that what was to be compared was flushed. The servers count a flush of any database, so
   * that keys must also have gone by the many from those that are compared.
   *
   * @param gone keys that were on neither side any more when they were looked at
   */
  Optional<String> since(
      ServerInfo sourceNow, ServerInfo replicaNow, List<Integer> databases, long gone) {
    boolean manyGone =
        gone > SLACK + Servers.keysIn(sourceInfo, databases).orElse(Long.MAX_VALUE / 2) / 100;
    long source = RemovalCount.between(onSource, RemovalCount.of(this.source)).flushes();
    long replica = RemovalCount.between(onReplica, RemovalCount.of(this.replica)).flushes();
    if (source > 0 && (manyGone || lostMost(sourceInfo, sourceNow, databases))) {
      return said(Side.SOURCE);
    }
    // A flush of the source arrives as one at the replica.
    return replica > source && (manyGone || lostMost(replicaInfo, replicaNow, databases))
        ? said(Side.REPLICA)
        : Optional.empty();
  }

  private static boolean lostMost(ServerInfo before, ServerInfo now, List<Integer> databases) {
    return databases.stream()
        .anyMatch(
            database ->
                2 * Standing.keys(now, database).orElse(0)
                    < Standing.keys(before, database).orElse(0));
  }

  private static Optional<String> said(Side side) {
    return Optional.of(
        "the "
            + side.label()
            + " was flushed (FLUSHALL or FLUSHDB) while it was compared: what it held before is not"
            + " all compared; verify again");
  }
}
