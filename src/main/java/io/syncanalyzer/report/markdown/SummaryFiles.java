package io.syncanalyzer.report.markdown;

import io.syncanalyzer.report.files.NamedFile;
import io.syncanalyzer.report.files.ReportFailure;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.RunReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * Where a run's summary goes: the file that an option names, which it replaces, and the one that
 * GitHub names in the environment, to which it is added, for steps before may have written there.
 *
 * @param named the option's; empty = none
 * @param step GitHub's; empty = none
 */
public record SummaryFiles(Optional<Path> named, Optional<Path> step) {
  public static final SummaryFiles NONE = new SummaryFiles(Optional.empty(), Optional.empty());

  private static final String OPTION = "--markdown";

  /** In the environment of a workflow's step. */
  private static final String STEP = "GITHUB_STEP_SUMMARY";

  /** GitHub shows nothing of a step whose summary is larger. */
  private static final long MOST_BYTES = 1024 * 1024;

  /**
   * The files, the option's looked at: nothing has been done yet.
   *
   * @param option what it names; empty = it was not given
   * @param environment the process's, where GitHub names its file
   * @param toCome a folder that will have been made by the time of writing
   * @throws IllegalArgumentException if it names nothing that could be written
   * @throws ReportFailure if it may not be written
   */
  public static SummaryFiles of(
      Optional<Path> option, Map<String, String> environment, Path toCome) {
    Optional<Path> step =
        Optional.ofNullable(environment.get(STEP)).filter(file -> !file.isBlank()).map(Path::of);
    option.ifPresent(file -> check(file, toCome));
    // Named by both it is GitHub's: what is there is kept.
    return new SummaryFiles(option.filter(file -> !isSame(file, step)), step);
  }

  private static void check(Path file, Path toCome) {
    if (file.toString().equals("-")) {
      throw new IllegalArgumentException(
          OPTION + ": - is no file, as the console's result goes to standard output; name a file");
    }
    NamedFile.check(OPTION, file, toCome);
  }

  private static boolean isSame(Path file, Optional<Path> step) {
    return step.filter(other -> isSame(file, other)).isPresent();
  }

  private static boolean isSame(Path file, Path other) {
    try {
      return Files.isSameFile(file, other); // Through links too.
    } catch (IOException oneIsNotThere) {
      return file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }

  /**
   * Writes the option's file.
   *
   * @throws ReportFailure if it cannot all be written
   */
  public void write(RunReport run, RunFolder folder) {
    named.ifPresent(
        file -> NamedFile.write(file, Summary.of(run, folder).getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes it again, where what was written before is replaced by that. */
  public void writeAgain(RunReport run, RunFolder folder) {
    if (named.filter(NamedFile::canBeWrittenAgain).isPresent()) {
      write(run, folder);
    }
  }

  /**
   * Adds to GitHub's file, once, when nothing changes any more.
   *
   * @return why that could not be done; empty = it was, or there is none
   */
  public Optional<String> addToStep(RunReport run, RunFolder folder) {
    return step.flatMap(file -> add(file, run, folder));
  }

  private static Optional<String> add(Path file, RunReport run, RunFolder folder) {
    String refused = STEP + ": cannot add the summary to " + file + ": ";
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return Optional.of(refused + "it is no regular file");
    }
    try {
      long there = Files.exists(file) ? Files.size(file) : 0;
      byte[] all = bytes(Summary.of(run, folder));
      byte[] fitting = there + all.length <= MOST_BYTES ? all : bytes(Summary.brief(run, folder));
      if (there + fitting.length > MOST_BYTES) {
        return Optional.of(
            refused + "it holds " + there + " bytes, and GitHub shows no more than 1 MiB a step");
      }
      Files.write(file, fitting, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(refused + NamedFile.reason(e));
    }
  }

  private static byte[] bytes(String text) {
    return ("\n" + text).getBytes(StandardCharsets.UTF_8);
  }
}
