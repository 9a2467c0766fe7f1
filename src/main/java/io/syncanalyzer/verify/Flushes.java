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
  private static final String BEFORE =
      "since the begin (FLUSHALL, or FLUSHDB of any database), or its statistics were reset";
  private static final String MEANWHILE =
      "(FLUSHALL or FLUSHDB) while it was compared: what it held before is not all compared; verify"
          + " again";

  private final Endpoint source;
  private final Endpoint replica;
  private final ServerInfo sourceInfo;
  private final ServerInfo replicaInfo;
  private final Counts begin;

  /**
   * How often a server had been flushed when it was asked.
   *
   * @param source -1 where it does not count
   * @param replica as {@code source}
   */
  record Counts(long source, long replica) {
    /** Asks both. */
    static Counts of(Endpoint source, Endpoint replica) {
      return new Counts(RemovalCount.read(source).flushes(), RemovalCount.read(replica).flushes());
    }

    /**
     * Says who may have been flushed since an earlier count: the servers do not tell which
     * database, and may have begun to count anew. Nobody, where the earlier count is not known.
     */
    Optional<String> since(Counts earlier) {
      if (isOther(earlier.source, source)) {
        return said(Side.SOURCE, BEFORE);
      }
      return isOther(earlier.replica, replica) ? said(Side.REPLICA, BEFORE) : Optional.empty();
    }

    private static boolean isOther(long before, long now) {
      return before >= 0 && before != now;
    }
  }

  /**
   * Begins to count at both.
   *
   * @param sourceInfo what it said of itself before
   * @param replicaInfo as {@code sourceInfo}
   * @throws io.syncanalyzer.redis.RedisFailure if either does not answer
   */
  Flushes(Endpoint source, Endpoint replica, ServerInfo sourceInfo, ServerInfo replicaInfo) {
    this.source = source;
    this.replica = replica;
    this.sourceInfo = sourceInfo;
    this.replicaInfo = replicaInfo;
    this.begin = Counts.of(source, replica);
  }

  /** The counts from when this was made. */
  Counts begin() {
    return begin;
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
    Counts now = Counts.of(source, replica);
    long ofSource = RemovalCount.flushesBetween(begin.source(), now.source());
    long ofReplica = RemovalCount.flushesBetween(begin.replica(), now.replica());
    if (ofSource > 0 && (manyGone || lostMost(sourceInfo, sourceNow, databases))) {
      return said(Side.SOURCE, MEANWHILE);
    }
    // A flush of the source arrives as one at the replica.
    return ofReplica > ofSource && (manyGone || lostMost(replicaInfo, replicaNow, databases))
        ? said(Side.REPLICA, MEANWHILE)
        : Optional.empty();
  }

  private static boolean lostMost(ServerInfo before, ServerInfo now, List<Integer> databases) {
    return databases.stream()
        .anyMatch(
            database ->
                2 * Standing.keys(now, database).orElse(0)
                    < Standing.keys(before, database).orElse(0));
  }

  private static Optional<String> said(Side side, String what) {
    return Optional.of("the " + side.label() + " was flushed " + what);
  }
}
