package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.CapacityOptions;
import io.syncanalyzer.cli.options.LagOptions;
import io.syncanalyzer.cli.options.LimitOptions;
import io.syncanalyzer.cli.options.LoadOptions;
import io.syncanalyzer.cli.words.DurationConverter;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.Capacity;
import io.syncanalyzer.run.Plan;
import io.syncanalyzer.run.capacity.CapacityRequest;
import io.syncanalyzer.run.lag.Limits;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capacity}: the highest write rate that the replica sustains. */
@Command(
    name = "capacity",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Finds the highest write rate that the replica sustains within a lag: an interval between"
          + " the highest rate proven and the lowest refuted.",
      "Unless --max-lag-p99 or --max-lag says otherwise, that lag is a p99 of 50ms.",
      "What follows -- goes to memtier_benchmark as it is."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class CapacityCommand extends RunCommand {
  /** What is asked for where no limit of the lag is given. */
  private static final Duration MAX_LAG_P99 = Duration.ofMillis(50);

  private static final Duration SHORTEST_TRIAL = Duration.ofSeconds(2);

  @Mixin(name = "Rates and trials")
  CapacityOptions capacity = new CapacityOptions();

  @Mixin(name = "Limits of a sustained rate")
  LimitOptions limits = new LimitOptions();

  @Option(
      names = "--recover-within",
      paramLabel = "DURATION",
      defaultValue = "5s",
      description =
          "How long after a trial's load the lag may take to be back at the baseline."
              + " Default: ${DEFAULT-VALUE}")
  Duration recoverWithin;

  @Mixin(name = "Lag")
  LagOptions lag = new LagOptions();

  @Option(
      names = "--baseline",
      paramLabel = "DURATION",
      defaultValue = "3s",
      order = 31,
      description =
          "How long the probe's floor and the idle lag are each measured first; 0s to leave both"
              + " out. Default: ${DEFAULT-VALUE}")
  Duration baseline;

  @Mixin(name = "Load")
  LoadOptions load = new LoadOptions();

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description = "Go on with the search of an earlier run, from its capacity.csv.")
  @Nullable String resume;

  @Option(names = "--keep", description = "Leave the sentinels on the source.")
  boolean keep;

  @Option(
      names = "--dry-run",
      description = "Say what would be done to which server, and do nothing.")
  boolean dryRun;

  CapacityCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    CapacityRequest request = request();
    if (dryRun) {
      Plan.print(runContext(), request);
      return ExitStatus.ALL_EQUAL.code();
    }
    return Capacity.run(runContext(), request).code();
  }

  private CapacityRequest request() {
    if (capacity.trial.compareTo(SHORTEST_TRIAL) < 0) {
      throw new IllegalArgumentException(
          "--trial: at least "
              + DurationConverter.format(SHORTEST_TRIAL)
              + ", of which whole seconds are looked at");
    }
    if (capacity.trial.compareTo(capacity.warmup) < 0) {
      throw new IllegalArgumentException(
          "--trial ("
              + DurationConverter.format(capacity.trial)
              + ") is shorter than --warmup ("
              + DurationConverter.format(capacity.warmup)
              + "); measure at least as long as you warm up");
    }
    return new CapacityRequest(
        servers(),
        runOutput(),
        load.settings(context.afterDashes()),
        lag.request(capacity.warmup, Optional.of(capacity.trial), baseline),
        withDefault(limits.limits()),
        capacity.rates(),
        capacity.trials(recoverWithin),
        Optional.ofNullable(resume),
        keep);
  }

  /** A rate is sustained within some lag only: where none is given, a p99 of 50 ms. */
  private static Limits withDefault(Limits given) {
    return given.maxLagP99().isPresent() || given.maxLag().isPresent()
        ? given
        : new Limits(Optional.of(MAX_LAG_P99), Optional.empty(), given.maxLost());
  }
}
