package io.syncanalyzer.insert.fork;

import com.google.gson.JsonElement;
import io.syncanalyzer.insert.fork.JmhFork.Event;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a fork has come, as its events tell: ready, done, result, over; and what went wrong
 * first. For one thread.
 */
public final class ForkStory {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration END_PATIENCE = Duration.ofSeconds(60);

  /** A fork at work tells of each second; one that is silent for so long hangs or is stopped. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final JmhFork fork;
  private final String name;
  private final Consumer<JsonElement> progress;
  private boolean ready;
  private boolean done;
  private boolean over;
  private long resultAt;
  private boolean telling;
  private long silentNanos;
  private @Nullable JsonElement result;
  private @Nullable String failure;

  /**
   * @param name of the fork, as a message begins: {@code the load's JMH fork}
   * @param progress gets the body of each progress message
   */
  public ForkStory(JmhFork fork, String name, Consumer<JsonElement> progress) {
    this.fork = fork;
    this.name = name;
    this.progress = progress;
  }

  /** Whether the last write is made, or the fork is over without. */
  public boolean isDone() {
    return done || over;
  }

  /** Whether the fork has ended and JMH has written what it had. */
  public boolean isOver() {
    return over;
  }

  /** What was handed over; null = nothing (yet). */
  @Nullable
  public JsonElement result() {
    return result;
  }

  /** The first thing that went wrong, one line; null = nothing did. */
  @Nullable
  public String incomplete() {
    return failure;
  }

  /**
   * Waits for {@code READY}.
   *
   * @throws InsertFailure with the cause, if the fork ends or the time passes before
   */
  public void awaitReady(Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!ready && !over) {
      advance(POLL);
      if (deadline - System.nanoTime() < 0 && !ready) {
        giveUp("it was not ready within " + timeout.toSeconds() + " s");
      }
    }
    if (!ready) {
      throw new InsertFailure(
          failure == null ? name + " ended before it was ready" : failure, null);
    }
  }

  /** Takes in what happens next, if anything does in that time. */
  public void advance(Duration timeout) throws InterruptedException {
    long from = System.nanoTime();
    Event event = fork.next(timeout);
    // Only what was spent listening counts: what was said meanwhile waits in the queue.
    silentNanos = event == null ? silentNanos + System.nanoTime() - from : 0;
    if (event instanceof Event.Said said) {
      heard(said.message());
    } else if (event instanceof Event.Ended ended) {
      over = true;
      if (result == null || (ended.failure() != null && failure == null)) {
        fail(name + " broke off: " + fork.lastWords());
      }
    } else if (result != null && System.nanoTime() - resultAt > END_PATIENCE.toNanos()) {
      giveUp("it did not end within " + END_PATIENCE.toSeconds() + " s of its result");
    } else if (result == null && telling && silentNanos > SILENCE.toNanos()) {
      giveUp("it said nothing for " + SILENCE.toSeconds() + " s, so it was stopped");
    }
  }

  /** Waits no longer. */
  public void giveUp(String why) {
    over = true;
    fail(name + ": " + why);
  }

  private void heard(ControlMessage message) {
    switch (message.kind()) {
      case HELLO -> {}
      case READY -> ready = true;
      case PROGRESS -> {
        telling = true;
        progress.accept(message.requireBody());
      }
      case FAILED -> fail(message.requireBody().getAsString());
      case DONE -> done = true;
      case RESULT -> {
        result = message.requireBody();
        resultAt = System.nanoTime();
      }
      default -> throw new IllegalStateException(message.kind() + " goes the other way");
    }
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
  }
}
