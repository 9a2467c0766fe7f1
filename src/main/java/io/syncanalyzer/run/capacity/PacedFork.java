package io.syncanalyzer.run.capacity;

import io.syncanalyzer.insert.InsertLoad;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.load.memtier.LoadFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The built-in engine: one JVM for all trials, which stands still between them. */
final class PacedFork implements TrialLoad {
  private static final Duration READY = Duration.ofSeconds(90);

  /** Takes in what it has said meanwhile: it is there, and waits in a queue. */
  private static final Duration SAID = Duration.ofMillis(20);

  /** How long a write that has left may take until it is answered, once nothing more leaves. */
  private static final Duration LAST_REPLIES = Duration.ofMillis(50);

  private final InsertLoad fork;
  private @Nullable JmhLoadProgress before;
  private @Nullable JmhLoadProgress beforeLast;
  private @Nullable JmhLoadProgress last;
  private @Nullable JmhLoadProgress first;
  private final boolean reads;
  private int trial;

  /**
   * Starts it, and waits until it is connected.
   *
   * @param reads whether its commands read too
   * @param starting starts a fork that waits for its pace, its progress told to the one given
   */
  PacedFork(boolean reads, Function<Consumer<JmhLoadProgress>, InsertLoad> starting)
      throws InterruptedException {
    this.reads = reads;
    fork = starting.apply(this::heard);
    try {
      fork.awaitReady(READY);
      fork.go();
    } catch (RuntimeException | InterruptedException e) {
      fork.close();
      throw e;
    }
  }

  private void heard(JmhLoadProgress second) {
    beforeLast = last;
    last = second;
    if (first == null && second.pace().step() == trial && second.pace().perSecond() > 0) {
      first = second;
    }
  }

  @Override
  public void begin(int number, long writesPerS) throws InterruptedException {
    fork.listen(SAID);
    if (fork.failure().isPresent()) {
      throw new LoadFailure(fork.failure().get(), null);
    }
    trial = number;
    before = last;
    first = null;
    fork.pace(number, writesPerS);
  }

  @Override
  public OptionalDouble claimedPerS() {
    // A pause at the last tick is made up for by the next one: the better of two is not spoilt.
    OptionalDouble byLast = claimed(last);
    OptionalDouble byBefore = claimed(beforeLast);
    return byBefore.orElse(0) > byLast.orElse(0) ? byBefore : byLast;
  }

  private OptionalDouble claimed(@Nullable JmhLoadProgress to) {
    JmhLoadProgress from = first;
    if (from == null || to == null || to.pace().step() != trial) {
      return OptionalDouble.empty();
    }
    long nanos = to.pace().nanos() - from.pace().nanos();
    return nanos <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((to.pace().commands() - from.pace().commands()) * 1e9 / nanos);
  }

  @Override
  public boolean reads() {
    return reads;
  }

  @Override
  public void heed(Duration time) throws InterruptedException {
    fork.listen(time);
  }

  @Override
  public Optional<String> failure() {
    Optional<String> broken = fork.failure();
    if (broken.isPresent()) {
      return broken;
    }
    long errors = since(JmhLoadProgress::errorReplies);
    long lost = since(JmhLoadProgress::connectionErrors);
    if (errors > 0) {
      return Optional.of("the source refused " + errors + " of its commands");
    }
    return lost > 0
        ? Optional.of(lost + " of its connections were lost or could not be made")
        : Optional.empty();
  }

  private long since(Function<JmhLoadProgress, Long> count) {
    JmhLoadProgress now = last;
    JmhLoadProgress then = before;
    return now == null ? 0 : count.apply(now) - (then == null ? 0 : count.apply(then));
  }

  @Override
  public void end() {
    fork.pace(trial, 0);
    try {
      fork.listen(LAST_REPLIES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      if (fork.failure().isEmpty()) {
        fork.stop();
        fork.await();
      }
    } finally {
      fork.close();
    }
  }
}
