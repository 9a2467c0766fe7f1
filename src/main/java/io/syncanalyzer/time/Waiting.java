package io.syncanalyzer.time;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Says every few seconds what is waited for, and for how long by now; of a short wait nothing. For
 * one thread.
 */
public final class Waiting {
  /** How long a wait lasts before it is worth a word, and then until the next one. */
  public static final Duration EVERY = Duration.ofSeconds(3);

  private final NanoClock clock;
  private final Consumer<String> say;
  private final long since;
  private long lastSaid;

  /** A wait that begins now. */
  public Waiting(NanoClock clock, Consumer<String> say) {
    this(clock, clock.nanoTime(), say);
  }

  /**
   * @param since when the wait began, on the clock
   */
  public Waiting(NanoClock clock, long since, Consumer<String> say) {
    this.clock = Objects.requireNonNull(clock, "clock is null");
    this.say = Objects.requireNonNull(say, "say is null");
    this.since = since;
    this.lastSaid = since;
  }

  /**
   * It goes on; to be called as often as one likes.
   *
   * @param what what is waited for, such as {@code the replica is 17 bytes behind}
   */
  public void on(String what) {
    long now = clock.nanoTime();
    if (now - lastSaid >= EVERY.toNanos()) {
      lastSaid = now;
      say.accept(String.format(Locale.ROOT, "%s, for %.0f s now", what, (now - since) / 1e9));
    }
  }
}
