package io.syncanalyzer.report.markdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.report.SampleRuns;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.result.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryFilesTest {
  private static final int MIB = 1024 * 1024;

  @TempDir Path folder;
  private Path file = Path.of("none");
  private final RunReport run = SampleRuns.whole("r").build();

  @BeforeEach
  void name() {
    file = folder.resolve("summary.md");
  }

  @Test
  void theOptionsFileIsReplacedAndTheStepsIsAddedTo() throws Exception {
    Path step = Files.writeString(folder.resolve("step.md"), "before\n");
    Files.writeString(file, "old");
    SummaryFiles both = of(Optional.of(file), step.toString());

    both.write(run, runFolder());
    assertThat(both.addToStep(run, runFolder())).isEmpty();
    assertThat(both.addToStep(run, runFolder())).isEmpty();

    String summary = Summary.of(run, runFolder());
    assertThat(file).hasContent(summary);
    assertThat(step).hasContent("before\n\n" + summary + "\n" + summary);
  }

  @Test
  void whereBothNameOneFileWhatIsThereIsKept() throws Exception {
    Files.writeString(file, "before\n");
    SummaryFiles both = of(Optional.of(folder.resolve("x/../summary.md")), file.toString());

    both.write(run, runFolder());
    assertThat(both.addToStep(run, runFolder())).isEmpty();

    assertThat(file).hasContent("before\n\n" + Summary.of(run, runFolder()));
  }

  @Test
  void anEmptyNameInTheEnvironmentIsNone() {
    assertThat(of(Optional.empty(), " ")).isEqualTo(SummaryFiles.NONE);
    assertThat(SummaryFiles.of(Optional.empty(), Map.of(), folder)).isEqualTo(SummaryFiles.NONE);
  }

  @Test
  void wrongFilesAreRefusedBeforeAnythingIsDone() {
    assertThatThrownBy(() -> of(Optional.of(Path.of("-")), ""))
        .hasMessageStartingWith("--markdown: - is no file");
    assertThatThrownBy(() -> of(Optional.of(folder), ""))
        .hasMessage("--markdown: " + folder + " is a folder; name a file in it");
    assertThatThrownBy(() -> of(Optional.of(folder.resolve("no/such.md")), ""))
        .hasMessageStartingWith("--markdown: there is no folder " + folder.resolve("no"));
  }

  @Test
  void aStepThatIsNearlyFullGetsTheVerdictAlone() throws Exception {
    Path step = filled(MIB - 1_200);

    assertThat(of(Optional.empty(), step.toString()).addToStep(run, runFolder())).isEmpty();

    assertThat(Files.size(step)).isLessThanOrEqualTo(MIB);
    assertThat(Files.readString(step)).contains("## Passed").doesNotContain("### Lag");
  }

  @Test
  void aStepThatIsFullStaysAsItIsAndThatIsSaid() throws Exception {
    Path step = filled(MIB - 10);

    assertThat(of(Optional.empty(), step.toString()).addToStep(run, runFolder()).orElseThrow())
        .contains("it holds 1048566 bytes", "1 MiB");
    assertThat(Files.size(step)).isEqualTo(MIB - 10);
  }

  @Test
  void aStepsFileThatIsNotThereIsMadeAndOneThatCannotBeIsSaid() throws Exception {
    Path step = folder.resolve("new.md");
    assertThat(of(Optional.empty(), step.toString()).addToStep(run, runFolder())).isEmpty();
    assertThat(Files.readString(step)).contains("## Passed");

    assertThat(of(Optional.empty(), folder.toString()).addToStep(run, runFolder()).orElseThrow())
        .startsWith("GITHUB_STEP_SUMMARY: cannot add the summary to " + folder);
  }

  @Test
  void aLinkToTheStepsFileIsThatFile() throws Exception {
    Path step = Files.writeString(folder.resolve("step.md"), "earlier\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.md"), step.getFileName());
    SummaryFiles files = of(Optional.of(link), step.toString());
    files.write(run, runFolder());

    assertThat(files.addToStep(run, runFolder())).isEmpty();
    assertThat(Files.readString(step)).startsWith("earlier\n").containsOnlyOnce("## Passed");
  }

  private Path filled(int bytes) throws Exception {
    return Files.writeString(folder.resolve("step.md"), "x".repeat(bytes));
  }

  private RunFolder runFolder() {
    return new RunFolder(folder.resolve("results"), "r");
  }

  private SummaryFiles of(Optional<Path> option, String step) {
    return SummaryFiles.of(option, Map.of("GITHUB_STEP_SUMMARY", step), folder.resolve("results"));
  }
}
