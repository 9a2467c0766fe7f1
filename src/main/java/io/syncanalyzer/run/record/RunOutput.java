package io.syncanalyzer.run.record;

import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.CsvForm;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.markdown.SummaryFiles;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a run's results go, and what is written down of how it was asked for.
 *
 * @param results the folder of all runs
 * @param runId this run's name; empty = the UTC time
 * @param group the runs it is one of; empty = it stands alone
 * @param json whether the summary goes to stdout as JSON rather than the screen
 * @param junit where each verdict and limit also goes as a JUnit test case
 * @param markdown where its summary also goes as Markdown
 * @param csv the form that CSV files are to have; empty = as {@link RunWriter} does unasked
 * @param version the analyzer's own
 * @param argv the command line, without secrets
 * @param asked every option and its value, without secrets
 */
public record RunOutput(
    Path results,
    Optional<String> runId,
    Optional<String> group,
    boolean json,
    Optional<Path> junit,
    SummaryFiles markdown,
    Optional<CsvForm> csv,
    String version,
    List<String> argv,
    Map<String, String> asked) {
  public RunOutput {
    Objects.requireNonNull(results, "results is null");
    argv = List.copyOf(argv);
    asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
  }

  /**
   * The folder of a run that is to be gone on with, and keeps its name.
   *
   * @throws IllegalArgumentException if there is none, or the output is to have another name
   */
  public RunFolder goneOnWith(String run) {
    RunFolder folder = RunFolder.existing(results, run);
    runId
        .filter(id -> !id.equals(folder.runId()))
        .ifPresent(
            id -> {
              throw new IllegalArgumentException(
                  "--run-id "
                      + id
                      + ": a run that is gone on with keeps its name, "
                      + folder.runId()
                      + "; leave --run-id out");
            });
    return folder;
  }

  /** As one of several runs of the same. */
  public RunOutput named(String otherRunId, String groupName) {
    return new RunOutput(
        results,
        Optional.of(otherRunId),
        Optional.of(groupName),
        json,
        junit,
        markdown,
        csv,
        version,
        argv,
        asked);
  }
}
