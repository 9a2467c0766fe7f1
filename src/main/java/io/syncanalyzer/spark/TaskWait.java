package io.syncanalyzer.spark;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.jspecify.annotations.Nullable;

/** Waits for what Spark was asked for, and says whether anybody is at it. For one thread. */
final class TaskWait {
  private static final long STEP_MILLIS = 500;

  private final JavaSparkContext spark;
  private final Consumer<VerifyProgress> progress;
  private final NanoClock clock;
  private final long start;

  TaskWait(JavaSparkContext spark, Consumer<VerifyProgress> progress, NanoClock clock) {
    this.spark = Objects.requireNonNull(spark, "spark is null");
    this.progress = Objects.requireNonNull(progress, "progress is null");
    this.clock = Objects.requireNonNull(clock, "clock is null");
    this.start = clock.nanoTime();
  }

  /**
   * Everything that was asked for.
   *
   * @throws VerifyFailure of kind {@code EXECUTOR} if Spark gave it up, or {@code INTERRUPTED}, the
   *     interrupt flag set: whoever is at it is told to end
   */
  <T> List<T> forAll(JavaFutureAction<List<T>> asked) {
    while (true) {
      try {
        return asked.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException goesOn) {
        tell(isRunning(asked) ? null : "an executor of Spark's");
      } catch (InterruptedException e) {
        asked.cancel(true);
        Thread.currentThread().interrupt();
        throw new VerifyFailure(VerifyFailure.Kind.INTERRUPTED, "interrupted", e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new VerifyFailure(
            VerifyFailure.Kind.EXECUTOR,
            "Spark gave up a part of the verification: " + SparkWords.of(cause),
            cause);
      }
    }
  }

  private boolean isRunning(JavaFutureAction<?> asked) {
    JavaSparkStatusTracker tracker = spark.statusTracker();
    for (int job : asked.jobIds()) {
      SparkJobInfo info = tracker.getJobInfo(job);
      for (int stage : info == null ? new int[0] : info.stageIds()) {
        SparkStageInfo one = tracker.getStageInfo(stage);
        if (one != null && one.numActiveTasks() + one.numCompletedTasks() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  private void tell(@Nullable String waitingFor) {
    progress.accept(
        new VerifyProgress(
            "verify",
            waitingFor,
            0,
            0,
            null,
            0,
            Map.of(),
            null,
            Duration.ofNanos(clock.nanoTime() - start)));
  }
}
