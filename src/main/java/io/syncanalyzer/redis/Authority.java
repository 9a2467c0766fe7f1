package io.syncanalyzer.redis;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between {@code //} and the path of a URI.
 *
 * <p>{@link URI} knows host names by RFC 2396, which has no underscore and no last part that begins
 * with a digit; Compose and Kubernetes make such names, and resolvers take them. What {@link URI}
 * leaves unread is read here.
 *
 * @param login user and password as they were written; null = none
 * @param host name or address, an IPv6 address in brackets
 * @param port as it was written; -1 = none
 */
record Authority(@Nullable String login, String host, int port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<login>.*)@)?(?<host>[A-Za-z0-9_][A-Za-z0-9._-]*)(?::(?<port>\\d{0,9}))?");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException with a part of a sentence that repeats nothing of the URI,
   *     which may hold a password
   */
  static Authority of(URI uri) {
    if (uri.getHost() != null) {
      return new Authority(uri.getRawUserInfo(), uri.getHost(), uri.getPort());
    }
    String text = uri.getRawAuthority();
    Matcher matcher = FORM.matcher(text == null ? "" : text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "it names no host, or one with a character no host name has, or a port that is no number");
    }
    String port = matcher.group("port");
    return new Authority(
        matcher.group("login"),
        matcher.group("host"),
        port == null || port.isEmpty() ? -1 : Integer.parseInt(port));
  }
}
