package io.syncanalyzer.redis.server;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a replica's clock is ahead of its source's.
 *
 * <p>Each is asked its time; when within the round trip it answered is not known, so half of either
 * round trip is the bound. Expiries are moments on a server's own clock: where the clocks differ, a
 * key expires for the readers of the one before it does for those of the other.
 *
 * @param aheadMicros of the replica; negative = it is behind
 * @param boundMicros how far that may be off
 */
public record ClockSkew(long aheadMicros, long boundMicros) {
  /** No difference known. */
  public static final ClockSkew NONE = new ClockSkew(0, 0);

  /** The quickest of so many answers is taken; of fewer, where those take long. */
  private static final int TRIES = 5;

  /** No more are asked for from here on: a far server's answers differ little in their time. */
  private static final long LONG_NANOS = 150_000_000;

  /** From here on it is worth a warning: expiries are compared to a second. */
  private static final Duration WORTH_SAYING = Duration.ofSeconds(1);

  /**
   * Asks both, at once.
   *
   * @param clock our own clock
   * @return empty where either tells no time
   * @throws RedisFailure if either cannot be reached
   */
  public static Optional<ClockSkew> between(Endpoint source, Endpoint replica, NanoClock clock) {
    return AtOnce.both(
        () -> Reading.of(source, clock),
        () -> Reading.of(replica, clock),
        (mine, other) -> mine.flatMap(here -> other.map(there -> of(here, there))));
  }

  static ClockSkew of(Reading source, Reading replica) {
    return new ClockSkew(
        replica.aheadMicros() - source.aheadMicros(), replica.boundMicros() + source.boundMicros());
  }

  /** In whole milliseconds. */
  public long aheadMillis() {
    return Math.round(aheadMicros / 1000.0);
  }

  /** The most that the replica can be ahead, in milliseconds; 0 where it is behind. */
  public long mostAheadMillis() {
    return Math.max(0, (aheadMicros + boundMicros + 999) / 1000);
  }

  /** Whether they certainly differ by more than a second. */
  public boolean isWorthSaying() {
    return Math.abs(aheadMicros) - boundMicros > WORTH_SAYING.toNanos() / 1000;
  }

  /** {@code 5.00 s ahead of}, or behind, the source's. */
  public String words() {
    return String.format(
        Locale.ROOT,
        "%.2f s %s the source's",
        Math.abs(aheadMicros) / 1e6,
        aheadMicros < 0 ? "behind" : "ahead of");
  }

  /**
   * A server's clock beside ours.
   *
   * @param aheadMicros its time less our own monotonic one: of use only beside another reading
   */
  record Reading(long aheadMicros, long boundMicros) {
    static Optional<Reading> of(Endpoint endpoint, NanoClock clock) {
      try (RedisConnection connection = RedisConnection.open(endpoint)) {
        Optional<Reading> best = Optional.empty();
        long begun = clock.nanoTime();
        for (int i = 0; i < TRIES && clock.nanoTime() - begun < LONG_NANOS; i++) {
          long asked = clock.nanoTime();
          OptionalLong time = time(connection);
          long answered = clock.nanoTime();
          if (time.isEmpty()) {
            return best;
          }
          Reading reading = of(time.getAsLong(), asked, answered);
          if (best.isEmpty() || reading.boundMicros() < best.get().boundMicros()) {
            best = Optional.of(reading);
          }
        }
        return best;
      }
    }

    static Reading of(long serverMicros, long askedNanos, long answeredNanos) {
      long half = (answeredNanos - askedNanos) / 2;
      return new Reading(serverMicros - (askedNanos + half) / 1000, half / 1000 + 1);
    }

    private static OptionalLong time(RedisConnection connection) {
      if (connection.call("TIME") instanceof Reply.Items parts && parts.list().size() == 2) {
        OptionalLong seconds = number(parts.list().get(0));
        OptionalLong micros = number(parts.list().get(1));
        if (seconds.isPresent() && micros.isPresent()) {
          return OptionalLong.of(seconds.getAsLong() * 1_000_000 + micros.getAsLong());
        }
      }
      // Where TIME is not allowed INFO tells it as well, from Redis 6.2 on.
      return connection.call("INFO", "server") instanceof Reply.Text text
          ? ServerInfo.parse(text.bytes().asUtf8()).number("server_time_usec")
          : OptionalLong.empty();
    }

    private static OptionalLong number(Reply part) {
      return part instanceof Reply.Text text && text.bytes().asUtf8().matches("\\d{1,12}")
          ? OptionalLong.of(Long.parseLong(text.bytes().asUtf8()))
          : OptionalLong.empty();
    }
  }
}
