package io.syncanalyzer.run.verify;

import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.partition.PartitionedVerification;
import io.syncanalyzer.verify.resume.CannotResume;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which runs {@code verify --resume} can go on with. */
public final class Resumption {
  private static final String COMMAND = "verify";

  /** Where a comparison keeps what it needs to go on, in the run's folder. */
  private static final String WORK = "verify";

  private Resumption() {}

  /**
   * How to go on with a run, in one line; empty where there is nothing to go on from.
   *
   * @param run what is recorded of it
   */
  public static Optional<String> hint(RunFolder folder, RunReport run) {
    return run.command().equals(COMMAND) && canGoOn(work(folder))
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
   * @throws IllegalArgumentException if there is no such run, nothing to go on from, the checkpoint
   *     is of another version, or the output is to have another name
   */
  public static RunFolder folder(RunOutput output, String name) {
    RunFolder folder = output.goneOnWith(name);
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
    try {
      allOf(work(folder)).forEach(VerifyPhase::requireUsable);
    } catch (CannotResume notForUs) {
      throw refused(notForUs);
    } catch (VerifyFailure unreadable) {
      // That is told when the servers have been seen, as every fault of the disk.
    }
    boolean cutOff = run.finishedAt() == null || run.interruptedIn() != null;
    if (!canGoOn(work(folder)) && !cutOff) {
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

  /** What is told to whoever asked to go on from a checkpoint that is not for that. */
  static IllegalArgumentException refused(CannotResume why) {
    return new IllegalArgumentException(
        "--resume: " + why.getMessage() + ", or leave out --resume", why);
  }

  /** Whether a comparison that works there, or one of several, was cut off and can go on. */
  public static boolean canGoOn(Path work) {
    return allOf(work).stream().anyMatch(PartitionedVerification::canGoOn);
  }

  /** Where one comparison works, or each of those of several replicas. */
  private static List<Path> allOf(Path work) {
    List<Path> all = new ArrayList<>(List.of(work));
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(work, Files::isDirectory)) {
      inside.forEach(all::add);
      // The folder that holds them says whether they can be gone on with.
      all.removeIf(PartitionedVerification::isOfAPartition);
    } catch (IOException none) {
      // There is no such folder: nothing works there.
    }
    return all;
  }

  /**
   * Refuses to go on with several replicas where one was compared.
   *
   * @param work where the comparisons work
   * @throws IllegalArgumentException if that was cut off and could go on
   */
  static void requireSeveral(Path work, boolean resume) {
    if (resume && PartitionedVerification.canGoOn(work)) {
      throw new IllegalArgumentException(
          "--resume: the run compared one replica; name the same one, or leave out --resume");
    }
  }

  /** As {@link #requireSeveral}, the other way round. */
  static void requireOne(Path work, boolean resume) {
    if (resume && !PartitionedVerification.canGoOn(work) && canGoOn(work)) {
      throw new IllegalArgumentException(
          "--resume: the run compared several replicas; name the same ones, or leave out"
              + " --resume");
    }
  }

  /** Where the comparison of one of several replicas works. */
  static Path workOf(Path work, String replica) {
    return work.resolve("replica-" + replica.replaceAll("[^A-Za-z0-9.-]", "_"));
  }

  /** Where the comparison of that run works. */
  public static Path work(RunFolder folder) {
    return folder.file(WORK);
  }
}
