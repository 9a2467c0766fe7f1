package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
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
    return of(loss, clock, givenUp, waiting, Comeback::answers);
  }

  /**
   * As the other.
   *
   * @param answers whether a server answers within a time
   */
  static boolean of(
      RedisFailure loss,
      NanoClock clock,
      BooleanSupplier givenUp,
      Consumer<String> waiting,
      BiPredicate<Endpoint, Duration> answers) {
    Endpoint endpoint = loss.endpoint();
    Waiting wait = new Waiting(clock, clock.nanoTime() - loss.silentNanos(), waiting);
    BackOff backOff =
        BackOff.growing(clock, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)
            .within(endpoint.timeout().toNanos());
    while (backOff.leftNanos() > 0) {
      if (givenUp.getAsBoolean()) {
        return false;
      }
      wait.on("the " + endpoint + " is gone");
      if (answers.test(endpoint, Duration.ofNanos(backOff.leftNanos()))) {
        return true;
      }
      backOff.more();
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

  private static boolean answers(Endpoint endpoint, Duration within) {
    Duration left = Duration.ofMillis(Math.max(1, within.toMillis()));
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
