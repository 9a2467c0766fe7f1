package io.syncanalyzer.verify.partition;

import io.syncanalyzer.verify.server.WriteCount;
import org.jspecify.annotations.Nullable;

/**
 * How often the two nodes of a partition had been written to by others than us.
 *
 * @param source null where unknown
 * @param replica as {@code source}
 */
record Writes(@Nullable WriteCount source, @Nullable WriteCount replica) {
  static final Writes UNKNOWN = new Writes(null, null);

  /** Whether it is certain that nobody else has written to either until then. */
  boolean areAllUntil(Writes later) {
    return same(source, later.source) && same(replica, later.replica);
  }

  private static boolean same(@Nullable WriteCount before, @Nullable WriteCount after) {
    return before != null && after != null && before.isFollowedBy(after, 0);
  }
}
