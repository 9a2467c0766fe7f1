package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ConnectionOptions;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.run.CleanOnly;
import io.syncanalyzer.run.clean.CleanRequest;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clean}: removes what the analyzer wrote. */
@Command(
    name = "clean",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Removes from the source what the analyzer wrote, with a count: sentinels, fence keys, load"
          + " and self-test keys.",
      "Only what has exactly the shape of ours is removed, and the content where that tells;"
          + " other keys that begin with sa: stay, and are counted.",
      "In every database that holds keys, unless the URI names one (…/0)."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class CleanCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec CommandSpec spec;

  @Mixin AnalyzerCli.StandardOptions standard;

  @Mixin(name = "Servers")
  ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--run-id",
      paramLabel = "NAME",
      description =
          "Only what that run wrote; load for all load keys, selftest for the self test's."
              + " Default: everything of ours, also of runs that still go on.")
  @Nullable String runId;

  @Option(
      names = "--dry-run",
      description = "Only say how many keys of each kind there are, with ten of each.")
  boolean dryRun;

  @Option(
      names = "--yes",
      description = "Do not ask. On a terminal it is asked otherwise; elsewhere never.")
  boolean yes;

  CleanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (connection.embedded || connection.redisServer != null || connection.shards != null) {
      throw new IllegalArgumentException(
          "--embedded: an embedded pair is gone with its run, there is nothing to clean");
    }
    CleanRequest request =
        new CleanRequest(
            connection.source(context.credentials(connection.secretsFile)),
            connection.wishes(),
            !connection.sourceNamesDatabase(),
            Optional.ofNullable(runId),
            dryRun,
            yes || dryRun ? Optional.empty() : TerminalAsking.where(context));
    RunContext runContext =
        new RunContext(
            context.console(false),
            context.environment().getOrDefault("PATH", ""),
            NanoClock.SYSTEM,
            WallClock.SYSTEM);
    return CleanOnly.clean(runContext, request, context.out()).code();
  }
}
