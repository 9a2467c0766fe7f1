package io.syncanalyzer.run.capacity;

import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.run.load.LoadJob;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * memtier_benchmark: a process for each trial, as its rate is fixed when it starts. Each has a
 * folder of its own in the run's, {@code trial-N}.
 */
final class MemtierTrials implements TrialLoad {
  private final boolean reads;
  private final Starting starting;
  private @Nullable LoadJob job;
  private @Nullable String failure;

  /** Starts a process that writes for long enough, unless it is ended before. */
  @FunctionalInterface
  interface Starting {
    /** Starts it; its own start-up may still go on when this returns. */
    LoadJob start(int trial, long writesPerS);
  }

  /**
   * @param reads whether its commands may read too
   */
  MemtierTrials(boolean reads, Starting starting) {
    this.reads = reads;
    this.starting = starting;
  }

  @Override
  public void begin(int trial, long writesPerS) throws InterruptedException {
    close();
    failure = null;
    LoadJob started = starting.start(trial, writesPerS);
    job = started;
    started.awaitWriting();
    if (started.isOver()) {
      throw new LoadFailure(
          Objects.requireNonNullElse(
              ended(started, true), "memtier_benchmark ended as soon as it began"),
          null);
    }
  }

  @Override
  public OptionalDouble claimedPerS() {
    return OptionalDouble.empty();
  }

  @Override
  public boolean reads() {
    return reads;
  }

  @Override
  public void heed(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }

  @Override
  public Optional<String> failure() {
    LoadJob running = job;
    if (failure == null && running != null && running.isOver()) {
      failure = ended(running, true);
    }
    return Optional.ofNullable(failure);
  }

  @Override
  public void end() {
    LoadJob running = job;
    if (running != null && failure == null) {
      boolean early = running.isOver();
      running.stop();
      failure = ended(running, early);
    }
    close();
  }

  /** What was wrong with it; null where nothing was. */
  private static @Nullable String ended(LoadJob running, boolean early) {
    try {
      LoadReport report = running.await();
      LoadRow totals = report.totals();
      Long errors = totals == null ? null : totals.errors().replies();
      if (errors != null && errors > 0) {
        return "the source refused " + errors + " of its commands";
      }
      if (early) {
        return "memtier_benchmark ended before the trial did"
            + (report.incomplete() == null ? "" : ": " + report.incomplete());
      }
      return null;
    } catch (LoadFailure | RedisFailure | IllegalArgumentException e) {
      return Objects.requireNonNullElse(e.getMessage(), "memtier_benchmark could not write");
    }
  }

  @Override
  public void close() {
    LoadJob running = job;
    job = null;
    if (running != null) {
      running.close();
    }
  }
}
