package io.syncanalyzer.probe.figures;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;

/** How far a server is: the least time that it took to answer, which is the way there and back. */
public final class RoundTrip {
  private static final int MOST_TRIES = 20;
  private static final int LEAST_TRIES = 3;

  /** Of a server that is far, or slow to answer, a few answers must do. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private RoundTrip() {}

  /**
   * Asks a server some times. One that refuses to answer has answered.
   *
   * @throws io.syncanalyzer.redis.RedisFailure if it cannot be reached
   */
  public static long to(Endpoint endpoint, NanoClock clock) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      return least(clock, () -> connection.call("PING"));
    }
  }

  /** The least time that something takes, at least 1 ns. */
  static long least(NanoClock clock, Runnable asking) {
    long begin = clock.nanoTime();
    long least = Long.MAX_VALUE;
    long asked = begin;
    for (int tries = 0;
        tries < LEAST_TRIES || (tries < MOST_TRIES && asked - begin < PATIENCE_NANOS);
        tries++) {
      asking.run();
      long answered = clock.nanoTime();
      least = Math.min(least, answered - asked);
      asked = answered;
    }
    return Math.max(1, least);
  }
}
