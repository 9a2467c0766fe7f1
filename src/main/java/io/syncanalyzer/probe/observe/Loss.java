package io.syncanalyzer.probe.observe;

import io.syncanalyzer.redis.RedisFailure;
import java.util.Optional;

/**
 * Whose fault it was that a connection to the replica was lost: the connection's alone where the
 * very same process is found at the other end and it kept nobody waiting for an answer, else the
 * replica's. For one thread.
 */
final class Loss {
  private final Optional<String> process;
  private boolean answered;
  private boolean denied;
  private boolean everDenied;

  /**
   * @param failure that told of it
   * @param process what named the server's process before; empty where it may not be asked
   */
  Loss(RedisFailure failure, Optional<String> process) {
    this.process = process;
    this.answered = failure.kind() == RedisFailure.Kind.DISCONNECTED;
  }

  /** An attempt to connect anew failed. */
  void failed(RedisFailure failure) {
    answered &= !keptWaiting(failure);
    denied = isDenial(failure);
    everDenied |= denied;
  }

  /** Whether, as far as is known, the replica may be there: then its silence proves nothing. */
  boolean mayBeOurs() {
    return answered || everDenied;
  }

  /**
   * Whether it is known by now that the replica itself was silent. One that never came back is, as
   * far as anybody can tell, unless it turned us away.
   *
   * @param connected whether there is a connection again
   * @param found the process at its other end
   */
  boolean isReplicasSilence(boolean connected, Optional<String> found) {
    boolean another = process.isPresent() && found.isPresent() && !process.equals(found);
    return !everDenied && (!connected || !answered || another);
  }

  /** Whether it was the connection's alone. */
  boolean isOurs(boolean connected, Optional<String> found) {
    boolean same = process.isPresent() && process.equals(found);
    return answered && (connected ? same : denied);
  }

  private static boolean keptWaiting(RedisFailure e) {
    return e.kind() == RedisFailure.Kind.CONNECT_TIMEOUT || e.kind() == RedisFailure.Kind.TIMEOUT;
  }

  /** Whether a server is there, and it is us whom it does not let in: it serves others. */
  private static boolean isDenial(RedisFailure e) {
    return switch (e.kind()) {
      case WRONG_PASSWORD, NO_PERMISSION, OTHER_REPLY, DATABASE_RANGE, TLS -> true;
      default -> false;
    };
  }
}
