package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for a server that was lost on the way, asking again after growing pauses. */
public final class Comeback {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private Comeback() {}

  /**
   * Whether it answers again, its data loaded, within its own timeout from now on.
   *
   * @param givenUp asked before each attempt; true ends the wait
   * @param waiting told every few seconds who is waited for, and since when
   */
  public static boolean of(
      RedisFailure loss, NanoClock clock, BooleanSupplier givenUp, Consumer<String> waiting) {
    Endpoint endpoint = loss.endpoint();
    long start = clock.nanoTime();
    Waiting wait = new Waiting(clock, start - loss.silentNanos(), waiting);
    long limit = endpoint.timeout().toNanos();
    long pause = FIRST_PAUSE_NANOS;
    for (long left = limit; left > 0; left = limit - (clock.nanoTime() - start)) {
      if (givenUp.getAsBoolean()) {
        return false;
      }
      wait.on("the " + endpoint + " is gone");
      if (answers(endpoint, left)) {
        return true;
      }
      LockSupport.parkNanos(Math.min(pause, left));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
    return false;
  }

  /** The loss, and that it was for good. */
  public static RedisFailure failed(RedisFailure loss) {
    return new RedisFailure(
        loss.kind(),
        loss.endpoint(),
        loss.getMessage()
            + "; it did not come back within "
            + loss.endpoint().timeout().toMillis()
            + " ms",
        loss);
  }

  private static boolean answers(Endpoint endpoint, long leftNanos) {
    Duration left = Duration.ofMillis(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos)));
    Duration connect =
        left.compareTo(endpoint.connectTimeout()) < 0 ? left : endpoint.connectTimeout();
    try (RedisConnection connection = RedisConnection.open(endpoint.withTimeouts(connect, left))) {
      return !ServerInfo.read(connection, false).isLoading();
    } catch (RedisFailure e) {
      // One that refuses INFO is back all the same; what it refuses will be told where it matters.
      return !e.isConnectionLoss();
    }
  }
}
