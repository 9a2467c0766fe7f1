package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.server.ServerInfo;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How often a server has been written to since it last saved its data. Two are comparable only if
 * no save came between them, for a save begins the count anew.
 *
 * @param changes {@code rdb_changes_since_last_save}
 * @param savedAt {@code rdb_last_save_time}, in seconds
 * @param saves how many saves there were; null where the server does not tell
 * @param certain whether a save that follows would show: none goes on, and the last was not in this
 *     very second
 */
public record WriteCount(long changes, long savedAt, @Nullable Long saves, boolean certain) {
  private static final long MICROS = 1_000_000;

  /** Empty where the server hides it. */
  public static Optional<WriteCount> of(ServerInfo info) {
    OptionalLong changes = info.number("rdb_changes_since_last_save");
    OptionalLong savedAt = info.number("rdb_last_save_time");
    if (changes.isEmpty() || savedAt.isEmpty()) {
      return Optional.empty();
    }
    long now = info.number("server_time_usec").orElse(Long.MAX_VALUE) / MICROS;
    OptionalLong saves = info.number("rdb_saves");
    boolean saving = info.number("rdb_bgsave_in_progress").orElse(0) > 0;
    return Optional.of(
        new WriteCount(
            changes.getAsLong(),
            savedAt.getAsLong(),
            saves.isPresent() ? saves.getAsLong() : null,
            !saving && savedAt.getAsLong() < now));
  }

  /** Whether it is certain that just so many writes lie between this count and a later one. */
  public boolean isFollowedBy(WriteCount later, long writes) {
    return certain
        && later.certain
        && savedAt == later.savedAt
        && Objects.equals(saves, later.saves)
        && later.changes - changes == writes;
  }
}
