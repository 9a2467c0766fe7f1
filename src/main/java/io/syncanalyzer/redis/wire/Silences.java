package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers this process waits for, over whatever connection: so that one who watches over a
 * run can say whom it waits for, wherever in it that is. Safe for use by several threads.
 */
public final class Silences {
  private static final Map<Exchange, Endpoint> OPEN = new ConcurrentHashMap<>();

  private Silences() {}

  static void watch(Endpoint endpoint, Exchange exchange) {
    OPEN.put(exchange, endpoint);
  }

  static void forget(Exchange exchange) {
    OPEN.remove(exchange);
  }

  /**
   * Those that have kept somebody waiting for so long or longer: a line for each server, with the
   * longest wait.
   */
  public static List<String> lines(Duration limit) {
    Map<String, Long> longest = new TreeMap<>();
    OPEN.forEach(
        (exchange, endpoint) -> {
          long waited = exchange.waitedNanos();
          if (waited >= limit.toNanos()) {
            longest.merge(endpoint.toString(), waited, Math::max);
          }
        });
    return longest.entrySet().stream()
        .map(
            server ->
                String.format(
                    Locale.ROOT,
                    "the %s has given no answer for %.0f s",
                    server.getKey(),
                    server.getValue() / 1e9))
        .toList();
  }
}
