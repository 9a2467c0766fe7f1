package io.syncanalyzer.cli;

import io.syncanalyzer.run.Cleaning;
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
    description = "Removes from the source every key that the analyzer wrote (sa:…), with a count.")
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
          "Only what that run wrote, its sentinels. Default: everything of ours, also of runs that"
              + " still go on.")
  @Nullable String runId;

  CleanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (connection.embedded || connection.redisServer != null) {
      throw new IllegalArgumentException(
          "--embedded: an embedded pair is gone with its run, there is nothing to clean");
    }
    return Cleaning.clean(connection.source(context.environment()), runId, context.out()).code();
  }
}
