package io.syncanalyzer.redis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that could not be used: not reached, not trusted, not allowed, or gone.
 *
 * <p>Its message is one line for the user: which endpoint, what happened, what to do. An error
 * reply to a single command is not a failure but a {@link Reply.Failed}; it becomes one only where
 * the caller cannot go on without the answer.
 */
public final class RedisFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, for those who must react rather than print. */
  public enum Kind {
    UNKNOWN_HOST,
    REFUSED,
    CONNECT_TIMEOUT,
    TLS,
    WRONG_PASSWORD,
    NO_PERMISSION,
    DATABASE_RANGE,
    READ_ONLY,
    OUT_OF_MEMORY,
    LOADING,
    BUSY,
    LINK_DOWN,
    /** It is there, and not one server of keys. */
    TOPOLOGY,
    /** A slot is another node's by now, or on its way there: the topology is to be read again. */
    SLOT_MOVED,
    /** The cluster serves nothing: slots have no owner, or too few nodes are there. */
    CLUSTER_DOWN,
    TIMEOUT,
    DISCONNECTED,
    PROTOCOL,
    OTHER_REPLY
  }

  private final Kind kind;
  private final transient Endpoint endpoint;
  private final long silentNanos;

  public RedisFailure(Kind kind, Endpoint endpoint, String message, @Nullable Throwable cause) {
    this(kind, endpoint, message, cause, 0);
  }

  private RedisFailure(
      Kind kind, Endpoint endpoint, String message, @Nullable Throwable cause, long silentNanos) {
    super(Objects.requireNonNull(message, "message is null"), cause);
    this.kind = Objects.requireNonNull(kind, "kind is null");
    this.endpoint = Objects.requireNonNull(endpoint, "endpoint is null");
    this.silentNanos = silentNanos;
  }

  /** The same, of a server that had been silent for so long. */
  public RedisFailure silentFor(long nanos) {
    return new RedisFailure(kind, endpoint, String.valueOf(getMessage()), getCause(), nanos);
  }

  /** What went wrong. */
  public Kind kind() {
    return kind;
  }

  /** The server that it happened with. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * How long the server had not answered when this was found out: an outage begins with its last
   * answer, or with the first question that it left unanswered; 0 where nothing was waited for.
   */
  public long silentNanos() {
    return silentNanos;
  }

  /**
   * Whether the server is there but does not serve for the moment, which it leaves by itself: it
   * runs a script, loads its data, or has lost its source and serves nothing stale.
   */
  public boolean isPassing() {
    return switch (kind) {
      case BUSY, LOADING, LINK_DOWN, CLUSTER_DOWN -> true;
      default -> false;
    };
  }

  /** Whether the server could not be reached or was lost, so that a new connection might do. */
  public boolean isConnectionLoss() {
    return switch (kind) {
      case REFUSED, CONNECT_TIMEOUT, TIMEOUT, DISCONNECTED, LOADING -> true;
      default -> false;
    };
  }
}
