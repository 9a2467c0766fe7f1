package io.syncanalyzer.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URI {@code redis-sentinel://[user[:password]@]host[:port][,host[:port]…][/db]
 * #service}: several hosts are none of what {@link java.net.URI} reads.
 *
 * @param login user and password of the servers as they were written; null = none
 * @param sentinels {@code host:port} of each, an IPv6 address in brackets
 * @param path what follows the hosts, from the slash on; null = none
 * @param service the service's name as it was written
 */
record SentinelUri(
    @Nullable String login, List<String> sentinels, @Nullable String path, String service) {
  static final String SCHEME = "redis-sentinel://";

  private static final int DEFAULT_PORT = 26379;
  private static final Pattern FORM =
      Pattern.compile(
          SCHEME
              + "(?:(?<login>[^/?#]*)@)?(?<hosts>[^/?#@]*)(?<path>/[^?#]*)?(?<query>\\?[^#]*)?"
              + "(?:#(?<service>.*))?",
          Pattern.DOTALL);
  private static final Pattern HOST =
      Pattern.compile(
          "(?<host>\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9_][A-Za-z0-9._-]*)(?::(?<port>\\d{1,6}))?");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a part of a sentence that repeats nothing of the URI,
   *     which may hold a password
   */
  static SentinelUri of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("it is not a URI of Sentinels");
    }
    if (matcher.group("query") != null) {
      throw new IllegalArgumentException("a query (?…) means nothing here");
    }
    String service = matcher.group("service");
    if (service == null || service.isBlank()) {
      throw new IllegalArgumentException("it names no service (#…)");
    }
    List<String> sentinels = new ArrayList<>();
    for (String host : matcher.group("hosts").split(",", -1)) {
      sentinels.add(address(host));
    }
    return new SentinelUri(
        matcher.group("login"), List.copyOf(sentinels), matcher.group("path"), service);
  }

  private static String address(String text) {
    Matcher matcher = HOST.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "it names no host, or one with a character no host name has, or a port that is no"
              + " number");
    }
    String digits = matcher.group("port");
    int port = digits == null ? DEFAULT_PORT : Integer.parseInt(digits);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
    return matcher.group("host") + ":" + port;
  }
}
