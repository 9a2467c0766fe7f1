package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.LoadOptions;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.LoadOnly;
import io.syncanalyzer.run.Plan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load}: the load alone. */
@Command(
    name = "load",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Loads the source, and proves by the source's own counters what was written.",
      "What follows -- goes to memtier_benchmark as it is."
    })
final class LoadCommand extends RunCommand {
  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      description =
          "How long to write. Default: the profile's, else " + LoadRequest.DEFAULT_SECONDS + "s")
  @Nullable Duration duration;

  @Mixin(name = "Load")
  LoadOptions load = new LoadOptions();

  @Option(
      names = "--dry-run",
      description = "Say what would be done to which server, and do nothing.")
  boolean dryRun;

  LoadCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (dryRun) {
      Plan.print(
          runContext(),
          servers(),
          runOutput(),
          load.settings(context.afterDashes()),
          Optional.ofNullable(duration));
      return ExitStatus.ALL_EQUAL.code();
    }
    return LoadOnly.run(
            runContext(),
            servers(),
            runOutput(),
            load.settings(context.afterDashes()),
            Optional.ofNullable(duration))
        .code();
  }
}
