package io.syncanalyzer.verify.server;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what a server that is there does not serve for the moment ({@link
 * RedisFailure#isPassing}), for as long as its own timeout allows, says so meanwhile, and keeps for
 * how long it was. Safe for use by several threads.
 */
public final class ServerRetries {
  private static final long BETWEEN_NANOS = 100_000_000;

  private final Consumer<String> waiting;
  private final NanoClock clock;
  private final BooleanSupplier stopping;
  private final Map<String, Long> waited = new TreeMap<>();

  /**
   * @param waiting told, again and again, what is waited for
   * @param stopping whether to wait no longer
   */
  public ServerRetries(Consumer<String> waiting, NanoClock clock, BooleanSupplier stopping) {
    this.waiting = waiting;
    this.clock = clock;
    this.stopping = stopping;
  }

  /**
   * Gives what {@code attempt} gives. An attempt must change nothing before it can fail, and open
   * anew what a failed one has left in the middle of a reply.
   *
   * @throws RedisFailure the server's own, at once where waiting cannot help, else when the time is
   *     over
   */
  public <T> T insist(Supplier<T> attempt) {
    @Nullable BackOff backOff = null;
    @Nullable String why = null;
    while (true) {
      try {
        T result = attempt.get();
        if (why != null && backOff != null) {
          note(why, backOff.elapsedNanos());
        }
        return result;
      } catch (RedisFailure e) {
        if (!e.isPassing() || stopping.getAsBoolean()) {
          throw e;
        }
        if (backOff == null) {
          backOff = BackOff.steady(clock, BETWEEN_NANOS);
        }
        String reason = e.endpoint().side().label() + " is " + reason(e.kind());
        if (why != null && !why.equals(reason)) {
          note(why, backOff.elapsedNanos());
        }
        why = reason;
        Duration limit = e.endpoint().timeout();
        if (backOff.elapsedNanos() >= limit.toNanos()) {
          throw new RedisFailure(
              e.kind(),
              e.endpoint(),
              e.getMessage() + "; waited " + limit.toMillis() + " ms for it (--timeout)",
              e);
        }
        waiting.accept("the " + why);
        backOff.more();
      }
    }
  }

  /** As the other, of an attempt that gives nothing. */
  public void insist(Runnable attempt) {
    insist(
        () -> {
          attempt.run();
          return true;
        });
  }

  /** Whether nothing is to be waited for any longer. */
  public boolean isOver() {
    return stopping.getAsBoolean();
  }

  private static String reason(RedisFailure.Kind kind) {
    return switch (kind) {
      case BUSY -> "busy running a script";
      case LOADING -> "loading its data";
      case CLUSTER_DOWN -> "a node of a cluster that is down";
      default -> "without its link and serves nothing stale";
    };
  }

  private synchronized void note(String why, long nanos) {
    waited.merge(why, nanos, Math::max);
  }

  /** What was waited for, a line each, with the longest time. */
  public synchronized List<String> notes() {
    return waited.entrySet().stream()
        .map(
            entry ->
                String.format(
                    Locale.ROOT,
                    "waited up to %.1f s: the %s",
                    entry.getValue() / 1e9,
                    entry.getKey()))
        .toList();
  }
}
