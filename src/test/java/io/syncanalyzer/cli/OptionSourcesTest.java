package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.words.Asked;
import io.syncanalyzer.cli.words.CommandWords;
import io.syncanalyzer.cli.words.DefaultValues;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where an option's value comes from, for every option of every command as picocli knows them. */
class OptionSourcesTest {
  /** The one whose repetition means something else. */
  private static final Set<String> REPEATABLE = Set.of("--replica", "--node-map");

  private static final Set<String> GENERATORS = Set.of("generate-completion", "gen-manpage", "jmh");

  private static final Map<String, CommandLine> COMMANDS = ofUsers();

  @TempDir Path folder;

  static Stream<Arguments> everyOption() {
    return commands().entrySet().stream()
        .flatMap(
            command ->
                options(command.getValue().getCommandSpec())
                    .map(option -> Arguments.of(command.getKey(), option.longestName())));
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void givenTwiceTheLastOneWinsAndEveryOtherOptionStays(String command, String twice)
      throws Exception {
    List<String> others = new ArrayList<>();
    options(spec(command))
        .filter(option -> !option.longestName().equals(twice))
        .forEach(option -> others.addAll(words(option, 1)));
    List<String> first = words(option(command, twice), 1);
    List<String> last = words(option(command, twice), 2);
    for (List<List<String>> order :
        List.of(
            List.of(first, last, others),
            List.of(first, others, last),
            List.of(others, first, last))) {
      List<String> line = line(command);
      order.forEach(line::addAll);
      Map<String, String> asked = asked(line, Map.of());
      for (OptionSpec option : options(spec(command)).toList()) {
        boolean repeated = option.longestName().equals(twice);
        String expected =
            repeated && REPEATABLE.contains(twice)
                ? "[" + value(option, 1) + ", " + value(option, 2) + "]"
                : shown(option, repeated ? 2 : 1);
        assertThat(asked).describedAs(String.join(" ", line)).containsEntry(name(option), expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("everyOption")
  void theLineWinsOverAFileThatOverTheEnvironmentThatOverTheConfiguration(
      String command, String name) throws Exception {
    OptionSpec option = option(command, name);
    if (name.equals("--config")) {
      return; // What it is for itself: a file cannot name the file.
    }
    Path file = Files.createTempFile(folder, "words", ".txt");
    Files.writeString(file, String.join(" ", words(option, 2)));
    Path config = Files.createTempFile(folder, "config", ".properties");
    Files.writeString(config, name(option) + "=" + value(option, 4) + "\n");
    Map<String, String> environment =
        Map.of(DefaultValues.variable(name(option)), value(option, 3));

    List<String> line = line(command, "--config", config.toString());
    assertThat(asked(line, Map.of())).containsEntry(name(option), shown(option, 4));
    assertThat(asked(line, environment)).containsEntry(name(option), shown(option, 3));
    line.add("@" + file);
    assertThat(asked(line, environment)).containsEntry(name(option), shown(option, 2));
    List<String> after = new ArrayList<>(line);
    after.addAll(words(option, 1));
    assertThat(asked(after, environment)).containsEntry(name(option), shown(option, 1));
    List<String> before = new ArrayList<>(line);
    before.addAll(1, words(option, 1));
    assertThat(asked(before, environment)).containsEntry(name(option), shown(option, 1));
  }

  @Test
  void noOptionButTheReplicaAndTheMapOfNodesGathersValuesAndNoneIsInAGroupThatARepetitionResets() {
    commands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().argGroups()).describedAs(name).isEmpty();
              assertThat(options(command.getCommandSpec()).filter(OptionSpec::isMultiValue))
                  .allMatch(option -> REPEATABLE.contains(option.longestName()));
            });
  }

  @Test
  void ofTwoFilesTheLastWinsAndAFileMayNameTheCommandAndWordsForMemtier() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "load --timeout 1s --run-id a -- -c 7");
    Path two =
        Files.writeString(folder.resolve("two"), "# a comment\n--timeout=2s\n'--junit' \"a b\"");
    CommandWords words = CommandWords.read(List.of("@" + one, "@" + two, "--", "-t", "@" + one));
    assertThat(words.command()).isEqualTo("load");
    assertThat(words.afterDashes()).containsExactly("-c", "7", "-t", "@" + one);
    assertThat(asked(List.of("@" + one, "@" + two), Map.of()))
        .containsEntry("timeout", "2s")
        .containsEntry("run-id", "a")
        .containsEntry("junit", "a b");
  }

  @Test
  void theLinesReplicasTakeThePlaceOfAFilesAndOfTheEnvironments() throws Exception {
    Path file =
        Files.writeString(folder.resolve("f"), "--replica redis://f:1 --replica redis://f:2");
    Map<String, String> environment = Map.of("ANALYZER_REPLICA", "redis://e:1");
    assertThat(asked(List.of("probe"), environment)).containsEntry("replica", "[redis://e:1]");
    assertThat(asked(List.of("probe", "@" + file), environment))
        .containsEntry("replica", "[redis://f:1, redis://f:2]");
    assertThat(asked(List.of("probe", "--replica=redis://l:1", "@" + file), environment))
        .containsEntry("replica", "[redis://l:1]");
  }

  @Test
  void aWordThatLooksLikeAnOptionButIsAValueIsNone() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "--match --db");
    assertThat(CommandWords.read(List.of("verify", "@" + file, "--match", "x")).all())
        .containsExactly("verify", "--match", "--db", "--match", "x");
    assertThat(asked(List.of("verify", "@" + file, "--match", "x"), Map.of()))
        .containsEntry("match", "x")
        .doesNotContainKey("db");
  }

  private Map<String, String> asked(List<String> line, Map<String, String> environment) {
    CommandWords words = CommandWords.read(line);
    CliContext context = context(environment);
    CommandLine root = AnalyzerCli.commandLine(context, words.command()::equals);
    CommandSpec command = AnalyzerCli.command(root, words);
    AnalyzerCli.withDefaults(root, context, words);
    root.parseArgs(words.effective(command).toArray(String[]::new));
    return Asked.options(command);
  }

  /** A command and what it cannot do without. */
  private static List<String> line(String command, String... more) {
    List<String> line = new ArrayList<>(List.of(command));
    if (command.equals("report") || command.equals("compare")) {
      line.addAll(List.of("one", "two").subList(0, command.equals("report") ? 1 : 2));
    }
    line.addAll(List.of(more));
    return line;
  }

  private List<String> words(OptionSpec option, int which) {
    return option.arity().max() == 0
        ? List.of(option.longestName())
        : List.of(option.longestName(), value(option, which));
  }

  /** One of several values that the option's type takes, none of them its default. */
  private String value(OptionSpec option, int which) {
    if (option.longestName().equals("--config")) {
      return existing("config" + which).toString();
    }
    if (option.arity().max() == 0) {
      return "true";
    }
    Class<?> type = option.type();
    return type == Duration.class
        ? "70" + which + "s"
        : Number.class.isAssignableFrom(type) || type.isPrimitive() ? "70" + which : "v" + which;
  }

  private String shown(OptionSpec option, int which) {
    String value = value(option, which);
    Class<?> type = option.type();
    boolean fraction = type == double.class || type == Double.class;
    return option.isMultiValue() ? "[" + value + "]" : fraction ? value + ".0" : value;
  }

  private Path existing(String name) {
    try {
      return Files.writeString(folder.resolve(name), "");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }

  private static OptionSpec option(String command, String name) {
    return spec(command).findOption(name);
  }

  private static CommandSpec spec(String command) {
    return Objects.requireNonNull(commands().get(command), command).getCommandSpec();
  }

  private static Stream<OptionSpec> options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.usageHelp() && !option.versionHelp());
  }

  private static Map<String, CommandLine> commands() {
    return COMMANDS;
  }

  private static Map<String, CommandLine> ofUsers() {
    Map<String, CommandLine> commands =
        new LinkedHashMap<>(AnalyzerCli.commandLine(context(Map.of())).getSubcommands());
    commands.keySet().removeAll(GENERATORS);
    return commands;
  }

  private static CliContext context(Map<String, String> environment) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new CliContext(nowhere, nowhere, environment, List.of(), List.of());
  }
}
