package io.syncanalyzer.spark;

import java.util.List;
import java.util.ServiceLoader;

/**
 * The verification on Apache Spark, as {@code spark-submit --class io.syncanalyzer.spark.VerifyJob
 * analyzer.jar <verify's own options>} starts it, in the driver.
 */
public final class VerifyJob {
  private static final int COULD_NOT_RUN = 5;

  private VerifyJob() {}

  /** Runs the job, and exits with the status that {@code verify} has. */
  public static void main(String[] arguments) {
    JobEntry entry =
        ServiceLoader.load(JobEntry.class, VerifyJob.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the jar is not whole: no JobEntry"));
    int status = COULD_NOT_RUN;
    try (SparkJob job = new SparkJob()) {
      status = entry.run(List.of(arguments), job);
    }
    // A cluster manager that runs the driver takes any exit of its own for a failure, 0 as well.
    if (status != 0) {
      entry.exit(status);
    }
  }
}
