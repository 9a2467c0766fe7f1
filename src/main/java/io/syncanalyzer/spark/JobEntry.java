package io.syncanalyzer.spark;

import java.util.List;

/**
 * The command line behind the job: from words to an exit status. It lies above this room, which
 * finds it as a service of the jar.
 */
public interface JobEntry {
  /**
   * Runs {@code verify} to its end on the calling thread.
   *
   * @param arguments its own options, as given to {@code spark-submit}
   * @return the exit status
   */
  int run(List<String> arguments, Job job);

  /** Ends the JVM with that status. */
  void exit(int status);
}
