package io.syncanalyzer.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which servers this process waits for, over whatever connection: so that one who watches over a
 * run can say whom it waits for, wherever in it that is. Safe for use by several threads.
 */
public final class Silences {
  private static final Map<Exchange, Endpoint> OPEN = new ConcurrentHashMap<>();

  private Silences() {}

  /**
   * A server that is waited for.
   *
   * @param endpoint the server
   * @param waited how long by now
   */
  public record Silence(Endpoint endpoint, Duration waited) {}

  static void watch(Endpoint endpoint, Exchange exchange) {
    OPEN.put(exchange, endpoint);
  }

  static void forget(Exchange exchange) {
    OPEN.remove(exchange);
  }

  /** Those that have kept somebody waiting for so long or longer; a server may come twice. */
  public static List<Silence> longerThan(Duration limit) {
    List<Silence> found = new ArrayList<>();
    OPEN.forEach(
        (exchange, endpoint) -> {
          Duration waited = Duration.ofNanos(exchange.waitedNanos());
          if (waited.compareTo(limit) >= 0) {
            found.add(new Silence(endpoint, waited));
          }
        });
    return List.copyOf(found);
  }
}
