package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code --markdown} and GitHub's file, of a run that finds no server: nothing listens at port 1.
 */
class MarkdownOptionTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRunThatCouldNotRunSaysSoInBothFilesAndWhatToDo() throws Exception {
    Path step = Files.writeString(folder.resolve("step.md"), "before\n");
    Path named = folder.resolve("named.md");

    assertThat(verify(step, "--markdown", named.toString())).isEqualTo(5);

    String summary = Files.readString(named);
    assertThat(summary)
        .startsWith("## Could not run · exit status 5\n\n**Could not run: nothing listens at the")
        .contains("**What to do:** Mend what is named here, then run the same command again");
    assertThat(step).hasContent("before\n\n" + summary);
  }

  @Test
  void aRunIsReportedAgainAsMarkdownAndIsNotAddedToTheStepAgain() throws Exception {
    Path step = folder.resolve("step.md");
    assertThat(verify(step)).isEqualTo(5);
    String added = Files.readString(step);
    Path named = folder.resolve("named.md");

    assertThat(run(step, "report", "r", "--results", results(), "--markdown", named.toString()))
        .isZero();

    assertThat(added).isEqualTo("\n" + Files.readString(named));
    assertThat(Files.readString(step)).isEqualTo(added);
  }

  @Test
  void aStepsFileThatCannotBeWrittenIsAWarningBesideTheResult() {
    assertThat(verify(folder.resolve("none/step.md"))).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith("error: Could not run: nothing listens"))
        .anySatisfy(line -> assertThat(line).startsWith("warning: GITHUB_STEP_SUMMARY: cannot"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "/", "/dev/null", "/none/x.md"})
  void whatIsNoFileIsRefusedBeforeAnythingIsDone(String file) throws Exception {
    assertThat(verify(folder.resolve("step.md"), "--markdown", file)).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("analyzer: --markdown: ");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private String results() {
    return folder.resolve("results").toString();
  }

  private int verify(Path step, String... more) {
    String[] words = {
      "verify",
      "--source=redis://127.0.0.1:1",
      "--replica=redis://127.0.0.1:2",
      "--quiet",
      "--timeout=1s",
      "--run-id=r",
      "--results=" + results()
    };
    return run(step, Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
  }

  private int run(Path step, String... words) {
    err.reset();
    return AnalyzerCli.run(
        List.of(words),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("GITHUB_STEP_SUMMARY", step.toString()));
  }
}
