package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a comparison would change what a server evicts next: one that evicts what was used least
 * or longest ago takes our reading for a use of every key, unless it is asked not to.
 */
public final class EvictionOrder {
  private EvictionOrder() {}

  /**
   * One line where that is so, and what can be done; empty where nothing is changed, or the server
   * does not say how it evicts.
   *
   * @throws RedisFailure if it cannot be asked
   */
  public static Optional<String> warning(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      if (!(connection.call("CLIENT", "NO-TOUCH", "ON") instanceof Reply.Failed refusal)) {
        return Optional.empty();
      }
      return ServerInfo.readSection(connection, "memory")
          .field("maxmemory_policy")
          .filter(EvictionOrder::goesByUse)
          .map(policy -> warning(endpoint, policy, refusal));
    }
  }

  private static boolean goesByUse(String policy) {
    String lower = policy.toLowerCase(Locale.ROOT);
    return lower.contains("lru") || lower.contains("lfu");
  }

  private static String warning(Endpoint endpoint, String policy, Reply.Failed refusal) {
    return endpoint
        + " evicts by use (maxmemory-policy "
        + policy
        + "), and every key that is compared will count as used just now: "
        + (refusal.code().equals("NOPERM")
            ? "grant the user +client|no-touch, and nothing is changed"
            : "it has no CLIENT NO-TOUCH (Redis 7.2 and later); compare while it is well below its"
                + " maxmemory, a part at a time (--match, --sample), or another replica of it");
  }
}
