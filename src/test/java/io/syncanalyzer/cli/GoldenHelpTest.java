package io.syncanalyzer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.golden.Golden;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --help} and {@code --version} say, of every command that there is. */
class GoldenHelpTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theHelpOfEveryCommandIsTheGoldenOne() {
    Map<String, String> helps = new TreeMap<>();
    PrintStream nowhere = new PrintStream(out, true, UTF_8);
    CliContext context = new CliContext(nowhere, nowhere, Map.of(), List.of(), List.of());
    addHelps(AnalyzerCli.commandLine(context), List.of(), helps);
    assertThat(helps).containsKeys("analyzer.txt", "verify.txt", "jmh.txt", "gen-manpage.txt");
    Golden.compare("help", helps);
  }

  @Test
  void theVersionIsALineOfOursAndOneOfJava() {
    assertThat(run(List.of("--version"))).isZero();
    // From class files there is no version; the jar has the build's.
    assertThat(out.toString(UTF_8)).matches("analyzer (unpackaged|\\d\\S*)\\RJava \\d\\S*\\R");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  private void addHelps(CommandLine command, List<String> words, Map<String, String> helps) {
    String name = words.isEmpty() ? "analyzer" : String.join("-", words);
    helps.put(name + ".txt", help(command, words));
    // Names that are aliases are other keys of the same command.
    command.getSubcommands().forEach((sub, line) -> addHelps(line, with(words, sub), helps));
  }

  private String help(CommandLine command, List<String> words) {
    if (words.equals(List.of(JmhCommand.NAME))) {
      // All words after it are JMH's, which knows no --help: this is what the man page is made of.
      return command.getUsageMessage();
    }
    assertThat(run(with(words, "--help"))).describedAs("%s", words).isZero();
    assertThat(err.toString(UTF_8)).describedAs("%s", words).isEmpty();
    return out.toString(UTF_8);
  }

  private int run(List<String> words) {
    out.reset();
    err.reset();
    return AnalyzerCli.run(
        words, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Map.of());
  }

  private static List<String> with(List<String> words, String last) {
    List<String> all = new ArrayList<>(words);
    all.add(last);
    return all;
  }
}
