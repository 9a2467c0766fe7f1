package io.syncanalyzer.insert.fork;

import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.util.Optional;

/**
 * Endpoints of a benchmark that runs by itself ({@code analyzer jmh …}): the URI by parameter, user
 * and password by {@code ANALYZER_SOURCE_USER}, {@code …_PASSWORD} and the same for the replica, or
 * by the file that {@code ANALYZER_SECRETS_FILE} names.
 */
public final class StandaloneEndpoints {
  private StandaloneEndpoints() {}

  /**
   * The endpoint, complete.
   *
   * @throws IllegalArgumentException with one line if the URI or the file is wrong
   */
  public static Endpoint of(Side side, String uri) {
    return Credentials.of(System.getenv(), Optional.empty()).apply(Endpoint.parse(side, uri));
  }
}
