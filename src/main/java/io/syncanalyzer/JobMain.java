package io.syncanalyzer;

import io.syncanalyzer.spark.Job;
import io.syncanalyzer.spark.JobEntry;
import java.util.List;

/** The entry where {@code verify} runs as a job: found by the job as a service of the jar. */
public final class JobMain implements JobEntry {
  @Override
  public int run(List<String> arguments, Job job) {
    return Main.runAsJob(arguments, job);
  }

  @Override
  public void exit(int status) {
    Main.exit(status);
  }
}
