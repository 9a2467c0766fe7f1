package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.AtOnce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a comparison would change what a server evicts next: one that evicts what was used least
 * or longest ago takes our reading for a use of every key, unless it is asked not to.
 */
public final class EvictionOrder {
  private EvictionOrder() {}

  /** A server that evicts by use and may not be asked not to; {@code words} say the rest. */
  private record Touched(Endpoint endpoint, String words) {
    String others(long count) {
      return endpoint
          + (count == 0 ? "" : ", like " + count + " more of its cluster,")
          + " evicts by use "
          + words;
    }
  }

  /**
   * One line where that is so, and what can be done; none where nothing is changed, or a server
   * does not say how it evicts. Servers of a cluster that are alike are told together.
   *
   * @throws RedisFailure if one cannot be asked
   */
  public static List<String> warnings(List<Endpoint> endpoints) {
    Map<String, List<Touched>> alike = new LinkedHashMap<>();
    List<Optional<Touched>> answers = AtOnce.each(endpoints, EvictionOrder::touched);
    for (int i = 0; i < endpoints.size(); i++) {
      Endpoint endpoint = endpoints.get(i);
      answers
          .get(i)
          .ifPresent(
              touched ->
                  alike
                      .computeIfAbsent(
                          endpoint.isInCluster()
                              ? endpoint.side().label() + touched.words()
                              : endpoint.toString(),
                          same -> new ArrayList<>())
                      .add(touched));
    }
    return alike.values().stream().map(same -> same.get(0).others(same.size() - 1)).toList();
  }

  private static Optional<Touched> touched(Endpoint endpoint) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      if (!(connection.call("CLIENT", "NO-TOUCH", "ON") instanceof Reply.Failed refusal)) {
        return Optional.empty();
      }
      return ServerInfo.readSection(connection, "memory")
          .field("maxmemory_policy")
          .filter(EvictionOrder::goesByUse)
          .map(policy -> new Touched(endpoint, words(policy, refusal)));
    }
  }

  private static boolean goesByUse(String policy) {
    String lower = policy.toLowerCase(Locale.ROOT);
    return lower.contains("lru") || lower.contains("lfu");
  }

  private static String words(String policy, Reply.Failed refusal) {
    return "(maxmemory-policy "
        + policy
        + "), and every key that is compared will count as used just now: "
        + (refusal.code().equals("NOPERM")
            ? "grant the user +client|no-touch, and nothing is changed"
            : "it has no CLIENT NO-TOUCH (Redis 7.2 and later); compare while it is well below its"
                + " maxmemory, a part at a time (--match, --sample), or another replica of it");
  }
}
