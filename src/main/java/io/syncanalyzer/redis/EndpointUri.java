package io.syncanalyzer.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the URIs that users write, as {@link Endpoint#parse} says. */
final class EndpointUri {
  private static final int DEFAULT_PORT = 6379;

  /** What follows the host; a user's or password's own slash is percent-encoded. */
  private static final Pattern NAMED_DATABASE =
      Pattern.compile("[^/]*//[^/?#]*/(\\d{1,9})(?:#.*)?");

  private EndpointUri() {}

  static Endpoint parse(Side side, String text) {
    if (text.startsWith(SentinelUri.SCHEME)) {
      return ofService(side, text);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw badUri(side, "it is not a URI (" + e.getReason() + ")");
    }
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw badUri(side, "it does not begin with redis://, rediss:// or redis-sentinel://");
    }
    Authority authority;
    try {
      authority = Authority.of(uri);
    } catch (IllegalArgumentException e) {
      throw badUri(side, String.valueOf(e.getMessage()));
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw badUri(side, "a query (?…) or fragment (#…) means nothing here");
    }
    int port = authority.port() < 0 ? DEFAULT_PORT : authority.port();
    if (port < 1 || port > 65535) {
      throw badUri(side, "port " + port + " is not in 1..65535");
    }
    Login login = login(side, authority.login());
    return new Endpoint(
        side,
        authority.host(),
        port,
        database(side, uri.getRawPath()),
        login.user(),
        login.password(),
        scheme.equals("rediss") ? Optional.of(TlsOptions.DEFAULT) : Optional.empty(),
        Endpoint.DEFAULT_CONNECT_TIMEOUT,
        Endpoint.DEFAULT_TIMEOUT,
        Origin.GIVEN);
  }

  private static Endpoint ofService(Side side, String text) {
    SentinelUri uri;
    try {
      uri = SentinelUri.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--"
              + side.label()
              + ": "
              + e.getMessage()
              + "; expected"
              + " redis-sentinel://[user[:password]@]host[:port][,host[:port]…][/db]#service",
          e);
    }
    Login login = login(side, uri.login());
    String first = uri.sentinels().get(0);
    int colon = first.lastIndexOf(':');
    return new Endpoint(
        side,
        first.substring(0, colon),
        Integer.parseInt(first.substring(colon + 1)),
        database(side, uri.path()),
        login.user(),
        login.password(),
        Optional.empty(),
        Endpoint.DEFAULT_CONNECT_TIMEOUT,
        Endpoint.DEFAULT_TIMEOUT,
        new Origin.Service(
            uri.sentinels(),
            decode(side, uri.service()),
            Optional.empty(),
            Optional.empty(),
            NodeMap.NONE));
  }

  /** Who is to log in, as a URI says. */
  private record Login(Optional<String> user, Optional<Secret> password) {}

  private static Login login(Side side, @Nullable String info) {
    if (info == null) {
      return new Login(Optional.empty(), Optional.empty());
    }
    int colon = info.indexOf(':');
    String name = decode(side, colon < 0 ? info : info.substring(0, colon));
    return new Login(
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        colon < 0
            ? Optional.empty()
            : Optional.of(new Secret(decode(side, info.substring(colon + 1)))));
  }

  /** As {@link Endpoint#databaseNamedIn}. */
  static OptionalInt databaseNamedIn(String uri) {
    Matcher named = NAMED_DATABASE.matcher(uri);
    return named.matches() ? OptionalInt.of(Integer.parseInt(named.group(1))) : OptionalInt.empty();
  }

  private static int database(Side side, @Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    String digits = path.substring(1);
    if (!digits.matches("\\d{1,9}")) {
      throw badUri(side, "the part after the port is not a database number");
    }
    return Integer.parseInt(digits);
  }

  private static String decode(Side side, String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw badUri(side, "its user or password has a broken percent-encoding");
    }
  }

  private static IllegalArgumentException badUri(Side side, String why) {
    return new IllegalArgumentException(
        "--"
            + side.label()
            + ": "
            + why
            + "; expected redis://[user[:password]@]host[:port][/db], or rediss:// for TLS");
  }
}
