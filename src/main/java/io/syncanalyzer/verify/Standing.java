package io.syncanalyzer.verify;

import io.syncanalyzer.redis.ServerInfo;
import java.util.OptionalLong;

/**
 * How many keys a database held on either side at one moment, and how often either server had been
 * written to.
 *
 * @param sourceKeys as INFO has it, -1 where hidden
 * @param replicaKeys as {@code sourceKeys}
 * @param sourceChanges {@code rdb_changes_since_last_save}, empty where hidden
 * @param replicaChanges as {@code sourceChanges}
 * @param fenceWrites how many of the changes are the fence's own
 */
record Standing(
    long sourceKeys,
    long replicaKeys,
    OptionalLong sourceChanges,
    OptionalLong replicaChanges,
    long fenceWrites) {
  static Standing of(ServerInfo source, ServerInfo replica, int database, long fenceWrites) {
    return new Standing(
        keys(source, database).orElse(-1),
        keys(replica, database).orElse(-1),
        source.number("rdb_changes_since_last_save"),
        replica.number("rdb_changes_since_last_save"),
        fenceWrites);
  }

  /** Whether nobody but the fence has written to either since. */
  boolean isQuietSince(Standing earlier) {
    return isQuiet(earlier.sourceChanges, sourceChanges, fenceWrites - earlier.fenceWrites)
        && isQuiet(earlier.replicaChanges, replicaChanges, fenceWrites - earlier.fenceWrites);
  }

  private static boolean isQuiet(OptionalLong before, OptionalLong after, long own) {
    return before.isPresent() && after.isPresent() && after.getAsLong() - before.getAsLong() == own;
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
