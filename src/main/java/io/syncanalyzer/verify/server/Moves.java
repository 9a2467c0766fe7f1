package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.AtOnce;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often either server was told to make what a key holds of another key: by its name, so that
 * the replica took what it had there itself. A key that differs and was not looked at yet can so
 * get a name that was, and no scan of names tells. Counted are calls since a server's start or
 * since {@code CONFIG RESETSTAT}; null where it does not count them.
 *
 * @param source calls at the source
 * @param replica calls at the replica, those that came from its source included
 * @param sourceMaybe calls at the source of what only reads unless told to store
 * @param replicaMaybe as {@code sourceMaybe}; of them only those that store come from the source
 */
public record Moves(
    @Nullable Long source,
    @Nullable Long replica,
    @Nullable Long sourceMaybe,
    @Nullable Long replicaMaybe) {
  /** Nothing, of servers that count. */
  static final Moves NONE = new Moves(0L, 0L, 0L, 0L);

  private static final Set<String> ALWAYS =
      Set.of(
          "rename",
          "renamenx",
          "move",
          "copy",
          "smove",
          "lmove",
          "blmove",
          "rpoplpush",
          "brpoplpush",
          "sunionstore",
          "sinterstore",
          "sdiffstore",
          "zunionstore",
          "zinterstore",
          "zdiffstore",
          "zrangestore",
          "geosearchstore",
          "bitop",
          "pfmerge");
  private static final Set<String> MAYBE = Set.of("sort", "georadius", "georadiusbymember");

  /** The counts of both servers now. */
  public static Moves of(Endpoint source, Endpoint replica) {
    return AtOnce.both(
        () -> calls(source),
        () -> calls(replica),
        (mine, others) ->
            new Moves(
                sum(mine, ALWAYS), sum(others, ALWAYS), sum(mine, MAYBE), sum(others, MAYBE)));
  }

  private static Map<String, Long> calls(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return ServerInfo.readSection(connection, "commandstats").commandCalls();
    }
  }

  private static @Nullable Long sum(Map<String, Long> calls, Set<String> names) {
    return calls.isEmpty()
        ? null
        : Long.valueOf(names.stream().mapToLong(name -> calls.getOrDefault(name, 0L)).sum());
  }

  /**
   * How many there may have been since an earlier count: one made at the source is counted at the
   * replica too. 0 as far as either does not count.
   */
  public long since(Moves earlier) {
    return Math.max(between(earlier.source, source), between(earlier.replica, replica))
        + Math.min(
            between(earlier.sourceMaybe, sourceMaybe), between(earlier.replicaMaybe, replicaMaybe));
  }

  /** A count that is lower than before began anew, and nobody knows what it had come to. */
  private static long between(@Nullable Long before, @Nullable Long now) {
    return before == null || now == null ? 0 : now < before ? now + 1 : now - before;
  }
}
