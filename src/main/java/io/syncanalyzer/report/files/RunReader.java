package io.syncanalyzer.report.files;

import io.syncanalyzer.result.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Restores what earlier runs left, failed ones too. */
public final class RunReader {
  private RunReader() {}

  /**
   * The report of a run.
   *
   * @throws ReportFailure if its {@code run.json} cannot be read
   */
  public static RunReport read(RunFolder folder) {
    return RunJson.read(folder.runJson());
  }

  /**
   * The report of a run, or those of the runs that {@code --repeat} made under that name.
   *
   * @param name a run's name in {@code results}, a path to a run, or a group's name
   * @throws IllegalArgumentException if there is none
   */
  public static List<RunReport> runs(Path results, String name) {
    List<RunReport> group = group(results, name);
    return group.isEmpty() ? List.of(read(RunFolder.existing(results, name))) : group;
  }

  private static List<RunReport> group(Path results, String name) {
    List<RunReport> group = new ArrayList<>();
    if (!Files.isDirectory(results)) {
      return group;
    }
    try (Stream<Path> folders = Files.list(results)) {
      for (Path folder : folders.sorted().toList()) {
        // The name of a repeated run begins with its group's, which spares reading all others.
        if (folder.getFileName().toString().startsWith(name)
            && Files.isRegularFile(folder.resolve("run.json"))) {
          RunReport run = RunJson.read(folder.resolve("run.json"));
          if (name.equals(run.group())) {
            group.add(run);
          }
        }
      }
    } catch (IOException e) {
      throw new ReportFailure("cannot read " + results + " (" + AtomicFile.reason(e) + ")", e);
    }
    return group;
  }
}
