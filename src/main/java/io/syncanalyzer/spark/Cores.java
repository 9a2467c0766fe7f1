package io.syncanalyzer.spark;

import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks the executors that are there can carry out at once. */
final class Cores {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Cores() {}

  /** Waits until executors are there and no more come for the moment, a minute at most. */
  static int of(JavaSparkContext spark, NanoClock clock) {
    BackOff pauses = BackOff.steady(clock, STEP_NANOS).within(LONGEST_NANOS);
    int before = 0;
    while (!spark.isLocal() && !Thread.currentThread().isInterrupted()) {
      // The driver is among them. Asked of Scala's tracker, for that of Java has it from 4.0 on.
      int executors = spark.sc().statusTracker().getExecutorInfos().length - 1;
      if (executors > 0 && executors == before) {
        break;
      }
      before = executors;
      if (!pauses.more()) {
        break;
      }
    }
    return Math.max(1, spark.defaultParallelism());
  }
}
