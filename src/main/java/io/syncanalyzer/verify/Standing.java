package io.syncanalyzer.verify;

import io.syncanalyzer.redis.ServerInfo;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How many keys a database held on either side at one moment, and how often either server had been
 * written to.
 *
 * @param sourceKeys as INFO has it, -1 where hidden
 * @param replicaKeys as {@code sourceKeys}
 * @param sourceWrites empty where hidden
 * @param replicaWrites as {@code sourceWrites}
 * @param fenceWrites how many of the writes are the fence's own
 */
record Standing(
    long sourceKeys,
    long replicaKeys,
    Optional<WriteCount> sourceWrites,
    Optional<WriteCount> replicaWrites,
    long fenceWrites) {
  static Standing of(ServerInfo source, ServerInfo replica, int database, long fenceWrites) {
    return new Standing(
        keys(source, database).orElse(-1),
        keys(replica, database).orElse(-1),
        WriteCount.of(source),
        WriteCount.of(replica),
        fenceWrites);
  }

  /** Whether nobody but the fence has written to either since. */
  boolean isQuietSince(Standing earlier) {
    long own = fenceWrites - earlier.fenceWrites;
    return isQuiet(earlier.sourceWrites, sourceWrites, own)
        && isQuiet(earlier.replicaWrites, replicaWrites, own);
  }

  private static boolean isQuiet(
      Optional<WriteCount> before, Optional<WriteCount> after, long own) {
    return before.isPresent() && after.isPresent() && before.get().isFollowedBy(after.get(), own);
  }

  /** How many keys a database holds; empty where INFO hides that, which is not the same as none. */
  static OptionalLong keys(ServerInfo info, int database) {
    if (info.keyspaces().isEmpty() && info.number("rdb_changes_since_last_save").isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        info.keyspaces().stream()
            .filter(keyspace -> keyspace.database() == database)
            .mapToLong(ServerInfo.Keyspace::keys)
            .sum());
  }
}
