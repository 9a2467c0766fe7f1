package io.syncanalyzer.report.files;

import io.syncanalyzer.sentinel.RunName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of a run and where each of its files is.
 *
 * @param results the folder of all runs
 * @param runId its name in there
 */
public record RunFolder(Path results, String runId) {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public RunFolder {
    RunName.check(runId);
  }

  /** The name a run started at that moment has unless told otherwise. */
  public static String defaultId(Instant at) {
    return UTC.format(at);
  }

  /**
   * Makes the folder of a new run.
   *
   * @param runId its name; empty = the time, with {@code -2}, {@code -3} … where that is taken
   * @throws IllegalArgumentException if a run of that name exists; it is left as it is
   * @throws ReportFailure if nothing can be written there
   */
  public static RunFolder create(Path results, Optional<String> runId, Clock clock) {
    String id = runId.orElseGet(() -> defaultId(clock.instant()));
    refuseKept(id);
    RunFolder folder = new RunFolder(results, id);
    try {
      Files.createDirectories(results);
    } catch (IOException e) {
      throw unwritable(results, e);
    }
    for (int turn = 2; !folder.make(); turn++) {
      if (runId.isPresent()) {
        throw taken(folder);
      }
      folder = new RunFolder(results, id + "-" + turn);
    }
    return folder;
  }

  /**
   * Looks whether {@link #create} would make the folder; makes nothing.
   *
   * @throws IllegalArgumentException and {@link ReportFailure} as there
   */
  public static void check(Path results, Optional<String> runId) {
    RunFolder folder = new RunFolder(results, runId.orElse("any"));
    refuseKept(folder.runId);
    if (runId.isPresent() && Files.exists(folder.path())) {
      throw taken(folder);
    }
    Path there = results.toAbsolutePath();
    while (FileKind.of(there) == FileKind.ABSENT && there.getParent() != null) {
      there = there.getParent();
    }
    if (FileKind.of(there) != FileKind.FOLDER) {
      throw unwritable(results, new NotDirectoryException(there.toString()));
    }
    if (!Files.isWritable(there)) {
      throw unwritable(results, new AccessDeniedException(there.toString()));
    }
  }

  private static void refuseKept(String id) {
    if (RunName.isKept(id)) {
      throw new IllegalArgumentException(
          "--run-id " + id + " would mix its keys with those of others; take another name");
    }
  }

  private static IllegalArgumentException taken(RunFolder folder) {
    return new IllegalArgumentException(
        "there is a run " + folder.path() + " already; give another --run-id, or none");
  }

  /**
   * The folder of an earlier run.
   *
   * @param results where to look for a name that is no path to a run itself
   * @throws IllegalArgumentException if there is none, naming where it was looked for
   */
  public static RunFolder existing(Path results, String run) {
    for (Path path : new Path[] {Path.of(run), results.resolve(run)}) {
      if (Files.isRegularFile(path.resolve("run.json"))) {
        Path absolute = path.toAbsolutePath().normalize();
        return new RunFolder(
            Objects.requireNonNull(absolute.getParent(), "a run in the root folder"),
            absolute.getFileName().toString());
      }
    }
    throw new IllegalArgumentException(
        "no run.json in " + run + " nor in " + results.resolve(run) + "; name a run or --results");
  }

  private boolean make() {
    try {
      Files.createDirectory(path());
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw unwritable(results, e);
    }
  }

  private static ReportFailure unwritable(Path results, IOException e) {
    return new ReportFailure(
        "cannot write into the results folder "
            + results
            + " ("
            + AtomicFile.reason(e)
            + "); choose another with --results",
        e);
  }

  /** The folder itself. */
  public Path path() {
    return results.resolve(runId);
  }

  /** A file in it. */
  public Path file(String name) {
    return path().resolve(name);
  }

  /** The recorded lag histograms. */
  public Path lagHlog() {
    return file("lag.hlog");
  }

  /** Everything asked, found and decided. */
  public Path runJson() {
    return file("run.json");
  }

  /** {@code mismatches.csv}. */
  public Path mismatchesCsv() {
    return file(Tables.MISMATCHES.file());
  }

  /** {@code capacity.csv}. */
  public Path capacityCsv() {
    return file(Tables.CAPACITY.file());
  }

  /** {@code report.html}. */
  public Path reportHtml() {
    return file("report.html");
  }

  /** The wide row of every run, beside the runs. */
  public Path runsCsv() {
    return results.resolve("runs.csv");
  }
}
