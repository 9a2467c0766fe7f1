package io.syncanalyzer.redis;

import io.syncanalyzer.redis.RedisFailure.Kind;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** Tells from an exception or an error reply what is wrong, in one line for the user. */
public final class FailureCauses {
  private FailureCauses() {}

  /** Why no connection came about. */
  public static RedisFailure ofConnecting(Endpoint endpoint, RuntimeException e) {
    if (e instanceof RedisFailure known && !saysMoreOnConnecting(known)) {
      return known;
    }
    JedisDataException refused = find(e, JedisDataException.class);
    if (refused != null) {
      return ofReply(endpoint, "the login", new Reply.Failed(String.valueOf(refused.getMessage())));
    }
    String side = endpoint.side().label();
    if (find(e, UnknownHostException.class) != null) {
      return failure(
          Kind.UNKNOWN_HOST,
          endpoint,
          "no such host: " + endpoint.host() + " (" + side + "); check the name in --" + side,
          e);
    }
    if (find(e, SSLException.class) != null) {
      return failure(Kind.TLS, endpoint, tlsLine(endpoint, e), e);
    }
    if (isUnfinished(e)) {
      return unfinished(endpoint, e);
    }
    if (find(e, SocketTimeoutException.class) != null) {
      boolean connecting = String.valueOf(root(e).getMessage()).contains("onnect timed out");
      return failure(
          Kind.CONNECT_TIMEOUT,
          endpoint,
          endpoint
              + (connecting
                  ? " did not accept a connection within "
                      + endpoint.connectTimeout().toMillis()
                      + " ms; check the address, or raise --connect-timeout"
                  : " accepted the connection but did not answer within "
                      + endpoint.timeout().toMillis()
                      + " ms; "
                      + (endpoint.tls().isEmpty()
                          ? "if it speaks TLS use rediss://, else raise --timeout"
                          : "if it speaks no TLS use redis://, else raise --timeout")),
          e);
    }
    if (find(e, ConnectException.class) != null) {
      return failure(
          Kind.REFUSED,
          endpoint,
          "nothing listens at the "
              + endpoint
              + (endpoint.isInCluster()
                  ? ", a node of its cluster; start it, or where it is not there from here say"
                      + " where: --node-map "
                      + endpoint.address()
                      + "=HOST:PORT"
                  : "; start the server, point --" + side + " at it, or try --embedded"),
          e);
    }
    return failure(
        Kind.DISCONNECTED,
        endpoint,
        endpoint
            + " ended the connection at once ("
            + oneLine(root(e))
            + "); "
            + (endpoint.tls().isEmpty()
                ? "if it speaks TLS use rediss://"
                : "if it speaks no TLS use redis://"),
        e);
  }

  /** Whether it came of reading, while what matters is that it came at the very beginning. */
  private static boolean saysMoreOnConnecting(RedisFailure known) {
    return known.getCause() != null
        && (known.kind() == Kind.DISCONNECTED
            || (known.kind() == Kind.TIMEOUT && !isUnfinished(known)));
  }

  private static boolean isUnfinished(RuntimeException e) {
    return root(e) instanceof UnfinishedReply;
  }

  private static RedisFailure unfinished(Endpoint endpoint, RuntimeException e) {
    return failure(
        Kind.TIMEOUT,
        endpoint,
        endpoint
            + " answers too slowly: "
            + oneLine(root(e))
            + " and "
            + endpoint.timeout().toMillis()
            + " ms; it may be stalled, or raise --timeout",
        e);
  }

  /** Why a connection that worked does no more, and for how long nothing had come of it. */
  public static RedisFailure ofUsing(Endpoint endpoint, long silentNanos, RuntimeException e) {
    return ofUsing(endpoint, e).silentFor(silentNanos);
  }

  private static RedisFailure ofUsing(Endpoint endpoint, RuntimeException e) {
    if (isUnfinished(e)) {
      return unfinished(endpoint, e);
    }
    if (find(e, SocketTimeoutException.class) != null) {
      return failure(
          Kind.TIMEOUT,
          endpoint,
          endpoint
              + " did not answer within "
              + endpoint.timeout().toMillis()
              + " ms; it may be stalled, or raise --timeout",
          e);
    }
    return failure(
        Kind.DISCONNECTED,
        endpoint,
        "lost the connection to the " + endpoint + " (" + oneLine(root(e)) + ")",
        e);
  }

  /** Why no other connection took the place of one that was lost: it was there before. */
  public static RedisFailure ofRenewing(Endpoint endpoint, RedisFailure connecting) {
    String why =
        switch (connecting.kind()) {
          case REFUSED -> "nothing listens there any more";
          case CONNECT_TIMEOUT ->
              "it accepts no other within " + endpoint.connectTimeout().toMillis() + " ms";
          case TIMEOUT ->
              "it does not answer within "
                  + endpoint.timeout().toMillis()
                  + " ms; it may be stalled, or raise --timeout";
          case DISCONNECTED -> "it ends every other at once";
          default -> "";
        };
    return why.isEmpty()
        ? connecting
        : failure(
            connecting.kind(),
            endpoint,
            "lost the connection to the " + endpoint + " (" + why + ")",
            connecting);
  }

  /** That what answers in the place of a server is another process, which may hold other data. */
  public static RedisFailure ofRestart(Endpoint endpoint) {
    return failure(
        Kind.DISCONNECTED,
        endpoint,
        "lost the connection to the "
            + endpoint
            + " (it was restarted, or another server has taken its place)",
        null);
  }

  /** What an error reply means for one who needed the answer. */
  public static RedisFailure ofReply(Endpoint endpoint, String command, Reply.Failed failed) {
    String side = endpoint.side().label();
    String said = Printable.of(failed.message());
    String env = "ANALYZER_" + side.toUpperCase(Locale.ROOT) + "_USER/_PASSWORD";
    return switch (failed.code()) {
      case "WRONGPASS", "NOAUTH" ->
          failure(
              Kind.WRONG_PASSWORD,
              endpoint,
              endpoint
                  + (failed.code().equals("NOAUTH")
                      ? " asks for a password; give it in "
                      : " refused the user or password; check ")
                  + env
                  + " or the --"
                  + side
                  + " URI",
              null);
      case "NOPERM" ->
          failure(
              Kind.NO_PERMISSION,
              endpoint,
              endpoint
                  + " does not let "
                  + endpoint.user().map(u -> "user " + u).orElse("the default user")
                  + (said.contains(" access database")
                      ? " into database "
                          + endpoint.database()
                          + "; name one that it may use in the URI (…/N), or grant this one with"
                          + " ACL SETUSER: alldbs, or its number too in db="
                      : " run " + command + "; grant it with ACL SETUSER")
                  + " ("
                  + said
                  + ")",
              null);
      case "READONLY" ->
          failure(
              Kind.READ_ONLY,
              endpoint,
              endpoint
                  + " takes no writes, it is a read-only replica; point --source at its source",
              null);
      case "OOM" ->
          failure(
              Kind.OUT_OF_MEMORY,
              endpoint,
              endpoint + " is at its maxmemory and refuses writes; raise maxmemory or free keys",
              null);
      case "LOADING" ->
          failure(
              Kind.LOADING,
              endpoint,
              endpoint + " is still loading its data; try again when it is done",
              null);
      case "BUSY" ->
          failure(
              Kind.BUSY,
              endpoint,
              endpoint + " is busy running a script; try again, or SCRIPT KILL it",
              null);
      case "MASTERDOWN" ->
          failure(
              Kind.LINK_DOWN,
              endpoint,
              endpoint
                  + " has lost its link to its source and serves no stale data meanwhile"
                  + " (replica-serve-stale-data no); restore the link",
              null);
      case "MOVED", "ASK", "TRYAGAIN" ->
          failure(
              Kind.SLOT_MOVED,
              endpoint,
              endpoint
                  + " does not hold all of a slot that was asked for: it is being moved, or has"
                  + " been ("
                  + said
                  + ")",
              null);
      case "CLUSTERDOWN" ->
          failure(
              Kind.CLUSTER_DOWN,
              endpoint,
              "the cluster of the "
                  + endpoint
                  + " is down ("
                  + said
                  + "); see CLUSTER INFO and CLUSTER SHARDS there",
              null);
      default -> {
        if (said.contains("DB index is out of range")) {
          yield failure(
              Kind.DATABASE_RANGE,
              endpoint,
              endpoint
                  + " has no database "
                  + endpoint.database()
                  + "; see its `databases` setting",
              null);
        }
        yield failure(
            Kind.OTHER_REPLY, endpoint, endpoint + " answered " + command + " with: " + said, null);
      }
    };
  }

  /** An exception's message, or its kind where it has none, without line breaks. */
  public static String oneLine(Throwable e) {
    String message = e.getMessage();
    return Printable.of(message == null ? e.getClass().getSimpleName() : message);
  }

  private static String tlsLine(Endpoint endpoint, RuntimeException e) {
    SSLException ssl = find(e, SSLException.class);
    String said = oneLine(ssl == null ? e : ssl);
    if (said.contains("plaintext connection") || said.contains("Unsupported or unrecognized")) {
      return speaksNoTls(endpoint);
    }
    return "no TLS with the "
        + endpoint
        + ": "
        + said
        + "; if it speaks no TLS use redis://, else check --tls-ca, --tls-cert and --tls-key";
  }

  /** That a port is the wrong one for TLS. */
  public static String speaksNoTls(Endpoint endpoint) {
    return endpoint + " speaks no TLS on this port; use redis:// or its TLS port";
  }

  private static RedisFailure failure(
      Kind kind, Endpoint endpoint, String message, @Nullable Throwable cause) {
    return new RedisFailure(kind, endpoint, message, cause);
  }

  public static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      for (Throwable other : at.getSuppressed()) {
        if (type.isInstance(other)) {
          return type.cast(other);
        }
      }
    }
    return null;
  }

  public static Throwable root(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
