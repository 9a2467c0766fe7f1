package io.syncanalyzer.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

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
   * The endpoint of a URI {@code redis://} or {@code rediss://[user[:password]@]host[:port][/db]},
   * or of a service behind Sentinels, {@code
   * redis-sentinel://[user[:password]@]host[:port][,host[:port]…][/db]#service}, which is at its
   * first Sentinel until it is looked for. A user name without password is taken as the user;
   * {@code :password@} as the default user's password. Percent-encoding is undone.
   *
   * @throws IllegalArgumentException with one line saying what is wrong; it never repeats the URI,
   *     which may hold a password
   */
  public static Endpoint parse(Side side, String text) {
    return EndpointUri.parse(side, text);
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

  /**
   * The URI without its password: what may be printed and written. A service's server has an
   * address of its own once it was looked for.
   */
  public String display() {
    return origin instanceof Origin.Service service && service.sentinels().contains(address())
        ? service(service)
        : (tls.isPresent() ? "rediss://" : "redis://") + login() + address() + path();
  }

  /** What the user named, without a password: the service, where it is one's server. */
  public String named() {
    return origin instanceof Origin.Service service ? service(service) : display();
  }

  private String service(Origin.Service service) {
    return SentinelUri.SCHEME
        + login()
        + String.join(",", service.sentinels())
        + path()
        + "#"
        + service.service();
  }

  private String login() {
    return user.map(name -> password.isPresent() ? name + ":***@" : name + "@")
        .orElse(password.isPresent() ? ":***@" : "");
  }

  private String path() {
    return database == 0 ? "" : "/" + database;
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
    return EndpointUri.databaseNamedIn(uri);
  }
}
