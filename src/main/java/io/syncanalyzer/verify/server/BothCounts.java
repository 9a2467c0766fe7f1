package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * How many keys the databases held on either side at one moment, and how often either server had
 * been written to.
 *
 * @param sourceWrites null where hidden
 * @param replicaWrites as {@code sourceWrites}
 * @param fenceWrites how many of the writes are the fence's own
 */
public record BothCounts(
    KeyCounts source,
    KeyCounts replica,
    @Nullable WriteCount sourceWrites,
    @Nullable WriteCount replicaWrites,
    long fenceWrites) {
  public static BothCounts of(ServerInfo source, ServerInfo replica, long fenceWrites) {
    return new BothCounts(
        KeyCounts.of(source),
        KeyCounts.of(replica),
        WriteCount.of(source).orElse(null),
        WriteCount.of(replica).orElse(null),
        fenceWrites);
  }

  /** The same, the keys counted otherwise. */
  public BothCounts with(KeyCounts onSource, KeyCounts onReplica) {
    return new BothCounts(onSource, onReplica, sourceWrites, replicaWrites, fenceWrites);
  }

  /** The keys of one of the two. */
  public KeyCounts of(Side side) {
    return side == Side.SOURCE ? source : replica;
  }

  /** Whether nobody but the fence has written to either since. */
  public boolean isQuietSince(BothCounts earlier) {
    long own = fenceWrites - earlier.fenceWrites;
    return isQuiet(earlier.sourceWrites, sourceWrites, own)
        && isQuiet(earlier.replicaWrites, replicaWrites, own);
  }

  /** Whether any key of a database may have an expiry on either side. */
  public boolean mayExpire(int database) {
    return source.mayExpire(database) || replica.mayExpire(database);
  }

  private static boolean isQuiet(
      @Nullable WriteCount before, @Nullable WriteCount after, long own) {
    return before != null && after != null && before.isFollowedBy(after, own);
  }
}
