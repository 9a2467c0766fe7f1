package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a watched replica: which process is at its other end, since when there has been
 * none, and what was last said against us. The observer makes and loses it, on one thread; {@link
 * #close} and what others ask is for any.
 */
final class ReplicaLink {
  private final Whereabouts replica;
  private final SessionClockwork clockwork;
  private volatile @Nullable RedisConnection connection;
  private volatile boolean connected = true;
  private volatile long lostAt;
  private volatile long silentSince;
  private volatile @Nullable String trouble;
  private Optional<String> process = Optional.empty();

  ReplicaLink(Whereabouts replica, SessionClockwork clockwork) {
    this.replica = replica;
    this.clockwork = clockwork;
  }

  Endpoint replica() {
    return replica.first();
  }

  Whereabouts where() {
    return replica;
  }

  /** Asks where the replica is by now, if it may be elsewhere. */
  boolean askAgain() {
    return replica.askAgain();
  }

  /** Lets go of a replica that has become the source of what is written. */
  void leaveIfTaken() {
    if (replica.isTaken()) {
      close();
    }
  }

  /**
   * Makes the connection; it counts as connected again only by {@link #settled}.
   *
   * @throws RedisFailure if none can be made
   */
  void open() {
    RedisConnection open = RedisConnection.open(replica.require());
    if (replica.isTaken()) {
      open.close(); // It became the source meanwhile.
      throw new RedisFailure(
          RedisFailure.Kind.REFUSED, open.endpoint(), open.endpoint() + " is no replica now", null);
    }
    connection = open;
    process = processOf(open);
  }

  /** What names the server's process, where it may be asked. */
  private static Optional<String> processOf(RedisConnection open) {
    try {
      return ServerInfo.readSection(open, "server").runId();
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /** What names the process at the other end; empty where it may not be asked. */
  Optional<String> process() {
    return process;
  }

  boolean isOpen() {
    return connection != null;
  }

  /**
   * The connection there is.
   *
   * @throws IllegalStateException if there is none
   */
  RedisConnection require() {
    RedisConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("polled without a connection");
    }
    return open;
  }

  /** Sees to it that the connection is there, where it has been idle. */
  void keepAwake() {
    RedisConnection open = connection;
    if (open != null) {
      int before = open.renewals();
      open.keepAwake();
      if (open.renewals() != before) {
        process = processOf(open);
      }
    }
  }

  /**
   * The connection failed.
   *
   * @return when it was last known to be there: it was out of reach from its last answer on, not
   *     only from when we gave up waiting
   */
  long failed(RedisFailure failure) {
    lostAt = clockwork.now();
    long lost = lostAt - failure.silentNanos();
    silentSince = lost;
    return lost;
  }

  /** It counts as lost from now on, and what was left of it is closed. */
  void lost() {
    connected = false;
    drop();
  }

  /** It counts as connected again, if it is. */
  void settled() {
    connected = connection != null;
  }

  boolean isConnected() {
    return connected;
  }

  /** How long it has been without an answer, having lost its connection; 0 where it has one. */
  long lostNanos() {
    return connected ? 0 : clockwork.now() - silentSince;
  }

  /** Whether it has been without a connection for longer than the replica's timeout. */
  boolean isLostForGood() {
    return !connected && clockwork.now() - lostAt > replica.first().timeout().toNanos();
  }

  /** Keeps what the replica, or the way to it, said against us last. */
  void trouble(@Nullable String said) {
    trouble = said;
  }

  /** What was said against us last, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** Closes it and forgets it. */
  void drop() {
    RedisConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }

  /** Ends what is under way over it; for any thread. */
  void close() {
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }
}
