package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.FailureCauses;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.tls.TlsCauses;
import io.syncanalyzer.redis.tls.TlsTalk;
import io.syncanalyzer.time.WallClock;
import java.util.Optional;

/** Whether a server that was reached takes us, and why it does not. */
final class Admission {
  private Admission() {}

  /**
   * Takes the answer to a PING that was sent because no login tells whether a server is there that
   * takes us.
   *
   * @throws RedisFailure if it turns us away
   */
  static void greeted(Endpoint endpoint, RawInput in) {
    if (in.reply() instanceof Reply.Failed failed && isTurnedAway(failed)) {
      throw FailureCauses.ofReply(endpoint, "the greeting", failed);
    }
  }

  /**
   * Takes the answer to READONLY, by which a cluster's replica is asked to answer for its keys,
   * which it does for this connection alone.
   *
   * <p>Source: <a href="https://redis.io/docs/latest/commands/readonly/">READONLY</a>.
   *
   * @throws RedisFailure if it does not
   */
  static void readOnly(Endpoint endpoint, RawInput in) {
    if (in.reply() instanceof Reply.Failed failed) {
      throw FailureCauses.ofReply(endpoint, "READONLY", failed);
    }
  }

  /** One who is loading, busy, or forbids the PING alone is there all the same. */
  private static boolean isTurnedAway(Reply.Failed failed) {
    return switch (failed.code()) {
      case "NOAUTH", "DENIED" -> true;
      case "ERR" -> !failed.message().contains("unknown command");
      default -> false;
    };
  }

  /**
   * What the failure of a login means on a connection that was made: it may be that of TLS.
   *
   * @param talk what was said while TLS was made; empty for plain TCP
   */
  static RedisFailure refusal(Endpoint endpoint, Optional<TlsTalk> talk, RedisFailure failure) {
    if (talk.isPresent()) {
      return TlsCauses.atLogin(endpoint, talk.get(), failure, WallClock.SYSTEM.instant());
    }
    return failure.kind() == RedisFailure.Kind.DISCONNECTED && PortSpeech.isTls(endpoint)
        ? new RedisFailure(
            RedisFailure.Kind.TLS,
            endpoint,
            endpoint + " speaks TLS on this port; use rediss:// or its plain port",
            failure)
        : failure;
  }
}
