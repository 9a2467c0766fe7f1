package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What a real bash offers with the script that is printed. */
class CompletionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify --fence|auto offset sentinel none",
        "load-and-verify --fence|auto offset sentinel none",
        "load-and-verify --observer|poll tracking notify auto",
        "load-and-verify --initial-verify|full counts off",
        "load --load-engine|auto memtier jmh none",
        "probe --types|string hash list set zset stream",
        "load --memtier-profile|strings all-types mixed-read-write large-values expiring hot-keys",
      })
  void theValuesOfAnOptionAreOffered(String typed, String offered) throws Exception {
    assertThat(completed(typed + " ")).containsExactly(offered.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "report, r1 r2",
    "report r2, r2",
    "compare, r1 r2",
    "compare r1, r1",
    "verify --resume, r1 r2",
    "report --results there, other",
  })
  void theRunsThatAreThereAreOffered(String typed, String offered) throws Exception {
    for (String run : List.of("results/r1", "results/r2", "there/other")) {
      Files.writeString(Files.createDirectories(folder.resolve(run)).resolve("run.json"), "{}");
    }
    Files.createDirectories(folder.resolve("results/none"));
    boolean word = typed.matches(".* r\\d");
    assertThat(completed(word ? typed : typed + " ")).containsExactly(offered.split(" "));
  }

  @Test
  void withoutRunsNoneIsOffered() throws Exception {
    assertThat(completed("report ")).containsExactly("");
  }

  @Test
  void optionsThatTakeOtherWordsHaveOtherLabelsForTheScriptNamesItsListsByThem() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    CliContext context = new CliContext(nowhere, nowhere, Map.of(), List.of(), List.of());
    for (CommandLine command : AnalyzerCli.commandLine(context).getSubcommands().values()) {
      Map<String, List<String>> byLabel = new HashMap<>();
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (option.completionCandidates() != null) {
          List<String> words = new java.util.ArrayList<>();
          option.completionCandidates().forEach(words::add);
          assertThat(byLabel.computeIfAbsent(option.paramLabel(), label -> words))
              .describedAs(command.getCommandName() + " " + option.longestName())
              .isEqualTo(words);
        }
      }
    }
  }

  private List<String> completed(String typed) throws Exception {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(script, true, StandardCharsets.UTF_8);
    assertThat(AnalyzerCli.run(List.of("generate-completion"), out, out, Map.of())).isZero();
    Path file = folder.resolve("completion.sh");
    Files.write(file, script.toByteArray());
    List<String> words = List.of(("analyzer " + typed).split(" ", -1));
    String ask =
        "compopt() { :; }; source completion.sh; COMP_WORDS=(\"$@\"); COMP_CWORD=$(( $# - 1 ));"
            + " _complete_analyzer; printf '%s\\n' \"${COMPREPLY[@]}\"";
    List<String> command = new java.util.ArrayList<>(List.of("bash", "-c", ask, "bash"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("ANALYZER_RESULTS");
    Process bash = builder.redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).describedAs(said).isZero();
    return said.lines().toList();
  }
}
