package io.syncanalyzer.run;

import io.syncanalyzer.report.RunFolder;
import io.syncanalyzer.report.RunReader;
import io.syncanalyzer.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which runs {@code verify --resume} can go on with. */
public final class Resumption {
  private static final String COMMAND = "verify";

  /** Where a comparison keeps what it needs to go on, in the run's folder. */
  private static final String WORK = "verify";

  /** As the comparison names it; it is there from the first checkpoint until the end. */
  private static final String CHECKPOINT = "verify-checkpoint.json";

  private Resumption() {}

  /**
   * How to go on with a run, in one line; empty where there is nothing to go on from.
   *
   * @param run what is recorded of it
   */
  public static Optional<String> hint(RunFolder folder, RunReport run) {
    return run.command().equals(COMMAND) && hasCheckpoint(folder)
        ? Optional.of(
            "the verification can go on from its last checkpoint: verify --resume "
                + folder.runId()
                + " with the same options")
        : Optional.empty();
  }

  /**
   * The folder of a run that can be gone on with; nothing in it is changed. One that was cut off
   * before its first checkpoint is gone on with at its begin.
   *
   * @throws IllegalArgumentException if there is no such run, or nothing to go on from
   */
  static RunFolder folder(Path results, String name) {
    RunFolder folder = RunFolder.existing(results, name);
    RunReport run = RunReader.read(folder);
    String anew = "; to compare anew, leave out --resume";
    if (!run.command().equals(COMMAND)) {
      throw new IllegalArgumentException(
          "--resume: "
              + folder.path()
              + " is a run of "
              + run.command()
              + ", and only one of verify can be gone on with"
              + anew);
    }
    if (run.verdict().complete()) {
      throw new IllegalArgumentException("--resume: " + folder.path() + " is complete" + anew);
    }
    boolean cutOff = run.finishedAt() == null || run.interruptedIn() != null;
    if (!hasCheckpoint(folder) && !cutOff) {
      throw new IllegalArgumentException(
          "--resume: "
              + folder.path()
              + " has no checkpoint to go on from ("
              + run.verdict().why()
              + ")"
              + anew);
    }
    return folder;
  }

  /** Where the comparison of that run works. */
  static Path work(RunFolder folder) {
    return folder.file(WORK);
  }

  private static boolean hasCheckpoint(RunFolder folder) {
    return Files.isRegularFile(work(folder).resolve(CHECKPOINT));
  }
}
