package io.syncanalyzer.run.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.RunWriter;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.markdown.SummaryFiles;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.RunReportBuilder;
import io.syncanalyzer.run.ExitStatusOfFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenRunTest {
  @TempDir Path folder;

  private final RunReportBuilder report = new RunReportBuilder("r", "verify", Instant.EPOCH);
  private final List<String> warnings = new ArrayList<>();
  private Path run;
  private Path junit;
  private SummaryFiles markdown = SummaryFiles.NONE;

  @BeforeEach
  void aRun() throws IOException {
    run = Files.createDirectory(folder.resolve("r"));
    junit = folder.resolve("junit.xml");
    report.finished(Instant.EPOCH, 1);
  }

  @Test
  void allFilesTellHowARunEnded() throws Exception {
    written(false).write(List.of());
    files().areAll(4, "verify");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aResultThatIsLostAfterTheFilesIsInAllOfThem() throws Exception {
    WrittenRun files = written(false);
    files.write(List.of());
    report.failure("nobody got it");
    RunReport told = files.again();
    assertThat(told.verdict().status().code()).isEqualTo(5);
    files().areAll(5, "nobody got it");
  }

  @Test
  void aRunThatWasInterruptedStaysThatWhereItsResultIsLost() throws Exception {
    report.interruptedIn("verify");
    WrittenRun files = written(false);
    files.write(List.of());
    report.failure("nobody got it");
    files.again();
    files().areAll(130, "nterrupted in verify");
  }

  @Test
  void aPageThatIsRefusedIsInTheFilesBeforeAndAfterIt() throws Exception {
    Files.createDirectory(run.resolve("report.html"));
    written(false).write(List.of());
    assertThat(warnings).singleElement().asString().contains("what is in " + run, "report.html");
    Files.delete(run.resolve("report.html"));
    written(false).again();
    files().areAll(5, "report.html");
  }

  @Test
  void aRowThatIsRefusedIsInAllThatWasWrittenBefore() throws Exception {
    Files.createDirectory(folder.resolve("runs.csv"));
    written(false).write(List.of());
    Files.delete(folder.resolve("runs.csv"));
    // It is ours to say so in every other file; the row comes once there is a place for it.
    assertThat(Files.readString(junit)).contains("runs.csv");
    assertThat(Files.readString(run.resolve("report.html"))).contains("exit status 5");
    written(false).again();
    files().areAll(5, "runs.csv");
  }

  @Test
  void aJUnitFileThatIsRefusedIsInAllThatWasWrittenBefore() throws Exception {
    Files.createDirectory(junit);
    written(false).write(List.of());
    ExitStatusOfFiles.of(run, Optional.empty()).areAll(5, "junit.xml is a folder");
  }

  @Test
  void aSummaryTellsHowTheRunEndedAlsoWhereThatIsKnownAfterIt() throws Exception {
    Path summary = folder.resolve("summary.md");
    markdown = new SummaryFiles(Optional.of(summary), Optional.empty());
    WrittenRun files = written(false);
    files.write(List.of());
    assertThat(summary).content().startsWith("## Incomplete · exit status 4\n");
    report.failure("nobody got it");
    files.again();
    assertThat(summary).content().startsWith("## Could not run · exit status 5\n");
    assertThat(warnings).isEmpty();
  }

  @Test
  void aSummaryThatIsRefusedIsInAllThatWasWrittenBefore() throws Exception {
    Path summary = Files.createDirectory(folder.resolve("summary.md"));
    markdown = new SummaryFiles(Optional.of(summary), Optional.empty());
    written(false).write(List.of());
    files().areAll(5, "summary.md is a folder");
  }

  @Test
  void aFolderThatIsKeptAsItWasGetsNothingAndTheJUnitFileAll() throws Exception {
    WrittenRun files = written(true);
    files.write(List.of());
    report.failure("nobody got it");
    files.again();
    assertThat(run).isEmptyDirectory();
    assertThat(folder.resolve("runs.csv")).doesNotExist();
    assertThat(Files.readString(junit)).contains("nobody got it");
  }

  private WrittenRun written(boolean keptAsItWas) {
    return new WrittenRun(
        report,
        new RunWriter(new RunFolder(folder, "r"), Optional.empty()),
        Optional.of(junit),
        markdown,
        keptAsItWas,
        e -> report.failure(String.valueOf(e.getMessage())),
        warnings::add);
  }

  private ExitStatusOfFiles files() throws IOException {
    return ExitStatusOfFiles.of(run, Optional.of(junit));
  }
}
