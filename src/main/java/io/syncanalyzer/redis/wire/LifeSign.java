package io.syncanalyzer.redis.wire;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import java.util.concurrent.TimeUnit;

/**
 * Asks a connection that owes no reply whether its server is still there. How long the answer is
 * waited for goes by how far the server is, but never beyond the endpoint's timeout. For one
 * thread.
 */
final class LifeSign {
  /** An answer to a PING is waited for at least so long, and as long as many round trips. */
  private static final int LEAST_PONG_MILLIS = 250;

  private static final int MOST_PONG_MILLIS = 1000;
  private static final int ROUND_TRIPS = 10;

  private final int timeoutMillis;
  private int pongMillis = MOST_PONG_MILLIS;

  LifeSign(Endpoint endpoint) {
    this.timeoutMillis = EndpointSockets.millis(endpoint.timeout());
  }

  /** A login took so long, which is one round trip or more. */
  void loginTook(long nanos) {
    long took = TimeUnit.NANOSECONDS.toMillis(nanos);
    pongMillis = (int) Math.max(LEAST_PONG_MILLIS, Math.min(MOST_PONG_MILLIS, ROUND_TRIPS * took));
  }

  /**
   * Asks, and says whether something came back in time.
   *
   * @param replyMillis how long the socket waits for a reply afterwards
   */
  boolean comes(RawOutput out, RawInput in, PatientSocket socket, int replyMillis) {
    socket.firstByteMillis(Math.min(pongMillis, timeoutMillis));
    try {
      out.ahead("PING");
      // Whatever it says, it is there; unless it has forgotten who we are.
      return !(in.reply() instanceof Reply.Failed failed && failed.code().equals("NOAUTH"));
    } catch (RedisFailure gone) {
      return false;
    } finally {
      socket.firstByteMillis(replyMillis);
    }
  }
}
