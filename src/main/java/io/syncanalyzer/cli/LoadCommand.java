package io.syncanalyzer.cli;

import io.syncanalyzer.run.LoadOnly;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
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
      description = "How long to write. Default: the profile's, else 20s")
  @Nullable Duration duration;

  @ArgGroup(validate = false, heading = "%nLoad%n", order = 5)
  LoadOptions load = new LoadOptions();

  LoadCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    return LoadOnly.run(
            runContext(),
            servers(),
            runOutput(),
            load.settings(context.afterDashes()),
            Optional.ofNullable(duration))
        .code();
  }
}
