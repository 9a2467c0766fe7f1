package io.syncanalyzer.cli;

import io.syncanalyzer.cli.words.CommandWords;
import io.syncanalyzer.cli.words.DefaultValues;
import io.syncanalyzer.cli.words.DurationConverter;
import io.syncanalyzer.cli.words.EnvironmentNames;
import io.syncanalyzer.cli.words.HelpSections;
import io.syncanalyzer.cli.words.OneLineErrors;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.report.HeadStart;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.spark.Job;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/** The command line as a whole: from words to an exit status. */
public final class AnalyzerCli {
  private static final int WIDTH = 100;

  private AnalyzerCli() {}

  /**
   * Runs one command to its end on the calling thread. Interrupting that thread ends the command in
   * order, keeping what it has.
   *
   * @param arguments the words after {@code analyzer.jar}
   * @param out where results go
   * @param err where progress and diagnostics go
   * @param environment credentials and option defaults ({@code ANALYZER_…})
   * @return the exit status
   */
  public static int run(
      List<String> arguments, PrintStream out, PrintStream err, Map<String, String> environment) {
    return run(arguments, out, err, environment, Optional.empty());
  }

  /**
   * Runs {@code verify} as the other, its partitions compared by a job.
   *
   * @param arguments its own options, without the command's name
   */
  public static int runAsJob(
      List<String> arguments,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Job job) {
    List<String> words = new ArrayList<>(List.of("verify"));
    words.addAll(arguments);
    return run(words, out, err, environment, Optional.of(job));
  }

  private static int run(
      List<String> arguments,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Optional<Job> job) {
    int status = ran(arguments, out, err, environment, job);
    boolean toldWhy =
        status == ExitStatus.COULD_NOT_RUN.code()
            || status == ExitStatus.INTERRUPTED.code()
            || status == ExitStatus.USAGE.code();
    if (out.checkError() && !toldWhy) {
      err.println(
          "analyzer: the result could not be written to standard output: it is closed, or its disk"
              + " is full");
      return ExitStatus.COULD_NOT_RUN.code();
    }
    return status;
  }

  private static int ran(
      List<String> arguments,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Optional<Job> job) {
    if (!arguments.isEmpty() && arguments.get(0).equals(JmhCommand.NAME)) {
      // Everything after it is JMH's own, -h and @… included.
      return JmhCommand.pass(arguments.subList(1, arguments.size()), err);
    }
    if (!arguments.isEmpty() && !arguments.get(0).startsWith("-")) {
      HeadStart.begin();
    }
    try {
      CommandWords words = CommandWords.read(arguments);
      return run(words, new CliContext(out, err, environment, arguments, words.afterDashes(), job));
    } catch (IllegalArgumentException e) {
      err.println("analyzer: " + OneLineErrors.oneLine(e));
      return ExitStatus.USAGE.code();
    }
  }

  private static int run(CommandWords words, CliContext context) {
    CommandLine root = commandLine(context, words.command()::equals);
    CommandSpec command = command(root, words);
    DefaultValues defaults = withDefaults(root, context, words);
    if (words.given(command).contains("--debug") || Boolean.parseBoolean(defaults.value("debug"))) {
      // Read by the logger when it is first used, which is after this.
      System.setProperty("org.slf4j.simpleLogger.log.io.syncanalyzer", "debug");
    }
    return root.execute(words.effective(command).toArray(String[]::new));
  }

  /** The command that the words name, or the root. */
  static CommandSpec command(CommandLine root, CommandWords words) {
    return root.getSubcommands().getOrDefault(words.command(), root).getCommandSpec();
  }

  /** The command tree, for running and for generating man pages and completion. */
  static CommandLine commandLine(CliContext context) {
    return commandLine(context, name -> false);
  }

  /**
   * The command tree with one of its commands alone, where one is picked: building all takes
   * picocli a while, which is a good part of a short run.
   */
  static CommandLine commandLine(CliContext context, Predicate<String> only) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("load-and-verify", () -> new LoadAndVerifyCommand(context));
    commands.put("load", () -> new LoadCommand(context));
    commands.put("probe", () -> new ProbeCommand(context));
    commands.put("verify", () -> new VerifyCommand(context));
    commands.put("capacity", () -> new CapacityCommand(context));
    commands.put("report", () -> new ReportCommand(context));
    commands.put("compare", () -> new CompareCommand(context));
    commands.put("clean", () -> new CleanCommand(context));
    commands.put("selftest", () -> new SelftestCommand(context));
    List<String> lone = commands.keySet().stream().filter(only).toList();
    CommandLine root = new CommandLine(new Root());
    for (String name : lone.isEmpty() ? commands.keySet() : lone) {
      root.addSubcommand(name, Objects.requireNonNull(commands.get(name)).get());
    }
    if (lone.isEmpty()) {
      root.addSubcommand(new JmhCommand());
      root.addSubcommand(new CompletionCommand());
      CommandLine manPages = new CommandLine(new ManPageGenerator());
      // The build calls it; users find its result in target/man.
      manPages.getCommandSpec().usageMessage().hidden(true);
      root.addSubcommand(manPages);
    }
    root.registerConverter(java.time.Duration.class, new DurationConverter());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setUsageHelpWidth(WIDTH);
    // Read by CommandWords, which tells apart what the line says and what a file says.
    root.setExpandAtFiles(false);
    root.setOverwrittenOptionsAllowed(true);
    HelpSections.installIn(root);
    root.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
    root.setParameterExceptionHandler(OneLineErrors::wrongUsage);
    root.setExecutionExceptionHandler(OneLineErrors::failed);
    return root;
  }

  /**
   * Has options that the line does not give come from the environment and the {@code --config}
   * file.
   *
   * @throws IllegalArgumentException with one line if the environment or the file names no option
   */
  static DefaultValues withDefaults(CommandLine root, CliContext context, CommandWords words) {
    CommandSpec spec = command(root, words);
    Set<String> own = optionNames(List.of(spec.commandLine()));
    Map<String, String> environment = context.environment();
    String config =
        words.value(spec, "--config").orElse(environment.getOrDefault("ANALYZER_CONFIG", ""));
    Properties file = config.isEmpty() ? new Properties() : DefaultValues.read(config);
    if (!new EnvironmentNames(own).knowsAll(environment.keySet())
        || !DefaultValues.unknownIn(file, own).isEmpty()) {
      refuseUnknown(
          environment.keySet(), file, optionNames(commandLine(context).getSubcommands().values()));
    }
    DefaultValues defaults = new DefaultValues(environment, file, words.given(spec));
    root.setDefaultValueProvider(defaults);
    return defaults;
  }

  /** Neither has to keep to one command's options: both may serve several commands. */
  private static void refuseUnknown(Set<String> environment, Properties file, Set<String> known) {
    Set<String> unknown = DefaultValues.unknownIn(file, known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "--config: no option is called " + String.join(", ", unknown) + "; see --help");
    }
    for (EnvironmentNames.Mistyped name : new EnvironmentNames(known).mistyped(environment)) {
      throw new IllegalArgumentException(
          name.variable()
              + " in the environment is no option; if "
              + name.meant()
              + " is meant, call it so, else give it another name");
    }
  }

  private static Set<String> optionNames(Collection<CommandLine> commands) {
    Set<String> names = new TreeSet<>();
    for (CommandLine command : commands) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        names.add(option.longestName().replaceFirst("^--", ""));
      }
    }
    return names;
  }

  /** What stands above the subcommands. */
  @Command(
      name = "analyzer",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      description = "Proves that a Redis replica keeps up with its source and loses nothing.",
      footer = {
        "",
        "Durations are written 500ms, 20s, 5m. @FILE reads arguments from a file.",
        "Options are also read from ANALYZER_<OPTION> (ANALYZER_SENTINEL_RATE) and from"
            + " --config FILE.",
        "Passwords: ANALYZER_SOURCE_PASSWORD, ANALYZER_REPLICA_PASSWORD (and …_USER).",
        "",
        "Exit status: 0 all equal, limits kept; 1 mismatches; 2 wrong usage; 3 a limit broken;",
        "4 incomplete; 5 could not run; 130 interrupted.",
        "",
        "First try: java -jar analyzer.jar load-and-verify --embedded"
      })
  private static final class Root implements Runnable {
    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it.
    private CommandSpec spec;

    @Override
    public void run() {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "no command given; see --help, or try: load-and-verify --embedded");
    }
  }

  /** Options that every command has. */
  static final class StandardOptions {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help and exit.")
    boolean help;

    @Option(
        names = {"-V", "--version"},
        versionHelp = true,
        description = "Show the version and exit.")
    boolean version;

    @Option(names = "--debug", description = "Log in detail, and show stack traces.")
    boolean debug;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "Read option defaults from a properties file: sentinel-rate=500.")
    @SuppressWarnings("NullAway.Init") // Read before picocli runs; here so that --help shows it.
    Path config;
  }
}
