package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a source dropped a replica during a run because its output buffer for it ran full, or had
 * to send it everything again: to the replica both look like a bad link, and neither is one.
 *
 * <p>Source: <a href="https://redis.io/docs/latest/commands/info/">INFO</a>; the drops are counted
 * from Redis 7.2 on, of clients of every kind.
 */
public final class DroppedReplicas {
  private static final Duration BRIEFLY = Duration.ofSeconds(1);

  private final Endpoint source;
  private final Counts before;

  /**
   * What a source had counted at a moment; empty where it does not count.
   *
   * @param drops clients dropped for their output buffer
   * @param fullSyncs full synchronizations of its replicas
   * @param partialSyncs partial ones that were asked for, granted or not
   */
  record Counts(OptionalLong drops, OptionalLong fullSyncs, OptionalLong partialSyncs) {
    static Counts of(ServerInfo info) {
      OptionalLong granted = info.number("sync_partial_ok");
      OptionalLong refused = info.number("sync_partial_err");
      return new Counts(
          info.number("client_output_buffer_limit_disconnections"),
          info.number("sync_full"),
          granted.isEmpty() || refused.isEmpty()
              ? OptionalLong.empty()
              : OptionalLong.of(granted.getAsLong() + refused.getAsLong()));
    }

    /** A warning of what came since; empty where nothing did. */
    Optional<String> since(Counts earlier, Endpoint source) {
      long dropped = more(earlier.drops, drops);
      long full = more(earlier.fullSyncs, fullSyncs);
      long again = full + more(earlier.partialSyncs, partialSyncs);
      if (dropped > 0 && again > 0) {
        return Optional.of(
            "the "
                + source
                + " dropped connections "
                + times(dropped)
                + " because their output buffer was full, a replica's among them, which had to"
                + " connect again ("
                + times(full)
                + " with a full resync): raise its client-output-buffer-limit replica, or write"
                + " less");
      }
      if (dropped > 0) {
        return Optional.of(
            "the "
                + source
                + " dropped connections "
                + times(dropped)
                + " because their output buffer was full; if a replica stays away since, raise its"
                + " client-output-buffer-limit replica");
      }
      return full == 0
          ? Optional.empty()
          : Optional.of(
              "the "
                  + source
                  + " had to send a replica everything again "
                  + times(full)
                  + " (full resync)"
                  + (drops.isEmpty()
                      ? ": it may have dropped it for its output buffer"
                          + " (client-output-buffer-limit replica), which this version does not"
                          + " count, or its repl-backlog-size was too small for the time without a"
                          + " link"
                      : "; it dropped nobody for an output buffer, so its repl-backlog-size was too"
                          + " small for the time without a link, or a replica is new"));
    }

    private static long more(OptionalLong earlier, OptionalLong later) {
      return earlier.isEmpty() || later.isEmpty()
          ? 0
          : Math.max(0, later.getAsLong() - earlier.getAsLong());
    }

    private static String times(long count) {
      return count == 1 ? "once" : count + " times";
    }
  }

  private DroppedReplicas(Endpoint source, Counts before) {
    this.source = source.withTimeouts(BRIEFLY, BRIEFLY);
    this.before = before;
  }

  /** Begins to count; empty where the source does not answer, as whoever needs it will say. */
  public static Optional<DroppedReplicas> from(Endpoint source) {
    return counts(source).map(counts -> new DroppedReplicas(source, counts));
  }

  /** What happened since, in one line. */
  public Optional<String> warning() {
    return counts(source).flatMap(now -> now.since(before, source));
  }

  private static Optional<Counts> counts(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return Optional.of(Counts.of(ServerInfo.readSection(connection, "stats")));
    } catch (RedisFailure notToBeAsked) {
      return Optional.empty();
    }
  }
}
