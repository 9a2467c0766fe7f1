package io.syncanalyzer.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server to talk to, with all that a connection to it needs.
 *
 * <p>Prints without its password ({@link #display}).
 *
 * @param side which end of the replication it is
 * @param host name or address
 * @param port 1 to 65535
 * @param database logical database, 0 or more
 * @param user ACL user; empty = the default user
 * @param password empty = none
 * @param tls how to trust it; empty = plain TCP
 * @param connectTimeout how long a connection may take to be made
 * @param timeout how long a reply may take
 * @param origin how it came to be known, and is found again where it has moved
 */
public record Endpoint(
    Side side,
    String host,
    int port,
    int database,
    Optional<String> user,
    Optional<Secret> password,
    Optional<TlsOptions> tls,
    Duration connectTimeout,
    Duration timeout,
    Origin origin) {
  /** How long to wait for a connection unless told otherwise. */
  public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long to wait for a reply unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final int DEFAULT_PORT = 6379;

  /** What follows the host; a user's or password's own slash is percent-encoded. */
  private static final Pattern NAMED_DATABASE = Pattern.compile("[^/]*//[^/?#]*/(\\d{1,9})");

  public Endpoint {
    Objects.requireNonNull(side, "side is null");
    Objects.requireNonNull(origin, "origin is null");
    if (host.isBlank()) {
      throw new IllegalArgumentException("host is empty");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
    if (database < 0) {
      throw new IllegalArgumentException("database " + database + " is negative");
    }
  }

  /**
   * The endpoint of a URI {@code redis://} or {@code rediss://[user[:password]@]host[:port][/db]}.
   * A user name without password is taken as the user; {@code :password@} as the default user's
   * password. Percent-encoding is undone.
   *
   * @throws IllegalArgumentException with one line saying what is wrong; it never repeats the URI,
   *     which may hold a password
   */
  public static Endpoint parse(Side side, String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw badUri(side, "it is not a URI (" + e.getReason() + ")");
    }
    String scheme = uri.getScheme();
    if (!"redis".equals(scheme) && !"rediss".equals(scheme)) {
      throw badUri(side, "it does not begin with redis:// or rediss://");
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
    Optional<String> user = Optional.empty();
    Optional<Secret> password = Optional.empty();
    String info = authority.login();
    if (info != null) {
      int colon = info.indexOf(':');
      String name = decode(side, colon < 0 ? info : info.substring(0, colon));
      user = name.isEmpty() ? Optional.empty() : Optional.of(name);
      password =
          colon < 0
              ? Optional.empty()
              : Optional.of(new Secret(decode(side, info.substring(colon + 1))));
    }
    return new Endpoint(
        side,
        authority.host(),
        port,
        database(side, uri.getRawPath()),
        user,
        password,
        scheme.equals("rediss") ? Optional.of(TlsOptions.DEFAULT) : Optional.empty(),
        DEFAULT_CONNECT_TIMEOUT,
        DEFAULT_TIMEOUT,
        Origin.GIVEN);
  }

  /** This endpoint with other credentials; an empty one leaves what the URI gave. */
  public Endpoint withCredentials(Optional<String> otherUser, Optional<Secret> otherPassword) {
    return new Endpoint(
        side,
        host,
        port,
        database,
        otherUser.or(() -> user),
        otherPassword.or(() -> password),
        tls,
        connectTimeout,
        timeout,
        origin);
  }

  /** This endpoint without credentials. */
  public Endpoint anonymous() {
    return new Endpoint(
        side,
        host,
        port,
        database,
        Optional.empty(),
        Optional.empty(),
        tls,
        connectTimeout,
        timeout,
        origin);
  }

  /** This endpoint with other timeouts. */
  public Endpoint withTimeouts(Duration otherConnectTimeout, Duration otherTimeout) {
    return new Endpoint(
        side, host, port, database, user, password, tls, otherConnectTimeout, otherTimeout, origin);
  }

  /** This endpoint with these TLS options where it speaks TLS; unchanged where it does not. */
  public Endpoint withTls(TlsOptions options) {
    return tls.isEmpty()
        ? this
        : new Endpoint(
            side,
            host,
            port,
            database,
            user,
            password,
            Optional.of(options),
            connectTimeout,
            timeout,
            origin);
  }

  /** This endpoint with another database. */
  public Endpoint withDatabase(int otherDatabase) {
    return new Endpoint(
        side, host, port, otherDatabase, user, password, tls, connectTimeout, timeout, origin);
  }

  /** This endpoint as seen at another address, for instance on a free port. */
  public Endpoint at(String otherHost, int otherPort) {
    return new Endpoint(
        side, otherHost, otherPort, database, user, password, tls, connectTimeout, timeout, origin);
  }

  /** The same server in the other's place, as the probe's floor needs. */
  public Endpoint as(Side otherSide) {
    return new Endpoint(
        otherSide, host, port, database, user, password, tls, connectTimeout, timeout, origin);
  }

  /** This endpoint, known otherwise. */
  public Endpoint from(Origin otherOrigin) {
    return new Endpoint(
        side, host, port, database, user, password, tls, connectTimeout, timeout, otherOrigin);
  }

  /** Whether it is a node of a Redis Cluster, where a command's keys must be of one slot. */
  public boolean isInCluster() {
    return origin instanceof Origin.Node;
  }

  /** Whether it is a cluster's replica, which answers for its keys only once asked to. */
  public boolean isClusterReplica() {
    return origin instanceof Origin.Node node && node.part() == Origin.Part.REPLICA;
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  public String address() {
    return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The URI without its password: what may be printed and written. */
  public String display() {
    String login =
        user.map(name -> password.isPresent() ? name + ":***@" : name + "@")
            .orElse(password.isPresent() ? ":***@" : "");
    return (tls.isPresent() ? "rediss://" : "redis://")
        + login
        + address()
        + (database == 0 ? "" : "/" + database);
  }

  @Override
  public String toString() {
    return side.label() + " " + display();
  }

  /**
   * The database that a URI names, {@code /0} too; empty where it leaves that open, or is none.
   * {@link #database} is 0 then, which is where single keys are written.
   */
  public static OptionalInt databaseNamedIn(String uri) {
    Matcher named = NAMED_DATABASE.matcher(uri);
    return named.matches() ? OptionalInt.of(Integer.parseInt(named.group(1))) : OptionalInt.empty();
  }

  private static int database(Side side, String path) {
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
