package io.syncanalyzer.insert.fork;

import io.syncanalyzer.insert.fork.ControlMessage.Done;
import io.syncanalyzer.insert.fork.ControlMessage.Failed;
import io.syncanalyzer.insert.fork.ControlMessage.Progress;
import io.syncanalyzer.insert.fork.ControlMessage.Ready;
import io.syncanalyzer.insert.fork.ControlMessage.Result;
import io.syncanalyzer.insert.fork.ControlMessage.Up;
import io.syncanalyzer.insert.fork.JmhFork.Event;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a fork has come, as its events tell: ready, done, result, over; and what went wrong
 * first. For one thread.
 *
 * @param <P> what its work says of itself once a second
 * @param <R> what comes of it
 */
public final class ForkStory<P, R> {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration END_PATIENCE = Duration.ofSeconds(60);

  /** A fork at work tells of each second; one that is silent for so long hangs or is stopped. */
  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final JmhFork fork;
  private final String name;
  private final Class<P> progressType;
  private final Class<R> resultType;
  private final Consumer<P> progress;
  private final NanoClock clock;
  private boolean ready;
  private boolean done;
  private boolean over;
  private long resultAt;
  private boolean telling;
  private long silentNanos;
  private @Nullable R result;
  private @Nullable String failure;

  /**
   * @param name of the fork, as a message begins: {@code the load's JMH fork}
   * @param progress gets what each progress message says
   */
  public ForkStory(
      JmhFork fork,
      String name,
      Class<P> progressType,
      Class<R> resultType,
      Consumer<P> progress,
      NanoClock clock) {
    this.fork = fork;
    this.name = name;
    this.progressType = progressType;
    this.resultType = resultType;
    this.progress = progress;
    this.clock = clock;
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
  public R result() {
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
    long deadline = clock.nanoTime() + timeout.toNanos();
    while (!ready && !over) {
      advance(POLL);
      if (deadline - clock.nanoTime() < 0 && !ready) {
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
    long from = clock.nanoTime();
    Event event = fork.next(timeout);
    // Only what was spent listening counts: what was said meanwhile waits in the queue.
    silentNanos = event == null ? silentNanos + clock.nanoTime() - from : 0;
    if (event instanceof Event.Said said) {
      heard(said.message());
    } else if (event instanceof Event.Ended ended) {
      over = true;
      if (result == null || (ended.failure() != null && failure == null)) {
        fail(name + " broke off: " + fork.lastWords());
      }
    } else if (result != null && clock.nanoTime() - resultAt > END_PATIENCE.toNanos()) {
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

  private void heard(Up message) {
    if (message instanceof Ready) {
      ready = true;
    } else if (message instanceof Progress second) {
      telling = true;
      progress.accept(ControlJson.read(second.work(), progressType));
    } else if (message instanceof Failed failed) {
      fail(failed.why());
    } else if (message instanceof Done) {
      done = true;
    } else if (message instanceof Result handedOver) {
      result = ControlJson.read(handedOver.work(), resultType);
      resultAt = clock.nanoTime();
    }
  }

  private void fail(String why) {
    if (failure == null) {
      failure = why;
    }
  }
}
