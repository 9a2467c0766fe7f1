package io.syncanalyzer.insert.fork;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import java.util.Locale;
import java.util.Optional;

/**
 * Endpoints of a benchmark that runs by itself ({@code analyzer jmh …}): the URI by parameter, user
 * and password by {@code ANALYZER_SOURCE_USER}, {@code …_PASSWORD} and the same for the replica.
 */
public final class StandaloneEndpoints {
  private StandaloneEndpoints() {}

  public static Endpoint of(Side side, String uri) {
    String prefix = "ANALYZER_" + side.label().toUpperCase(Locale.ROOT);
    return Endpoint.parse(side, uri)
        .withCredentials(
            Optional.ofNullable(System.getenv(prefix + "_USER")),
            Optional.ofNullable(System.getenv(prefix + "_PASSWORD")).map(Secret::new));
  }
}
