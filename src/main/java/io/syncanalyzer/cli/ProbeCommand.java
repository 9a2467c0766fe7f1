package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.LagOptions;
import io.syncanalyzer.cli.options.LimitOptions;
import io.syncanalyzer.cli.options.ListenOptions;
import io.syncanalyzer.cli.options.TimingOptions;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.Plan;
import io.syncanalyzer.run.ProbeOnly;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.record.Serving;
import io.syncanalyzer.run.servers.ServersRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code probe}: the lag alone. */
@Command(
    name = "probe",
    sortOptions = false,
    versionProvider = Version.class,
    description = "Measures the lag of one or several replicas of a live source.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class ProbeCommand extends RunCommand {
  @Mixin(name = "Time")
  TimingOptions timing = new TimingOptions();

  @Option(
      names = "--until-interrupted",
      description = "Go on until Ctrl-C, however long; --duration is then not looked at.")
  boolean untilInterrupted;

  @Mixin(name = "Lag")
  LagOptions lag = new LagOptions();

  @Option(
      names = "--floor",
      paramLabel = "DURATION",
      defaultValue = "2s",
      order = 31,
      description =
          "How long the probe's floor is measured first: the same probe, with the source in each"
              + " replica's place; 0s to leave it out. Default: ${DEFAULT-VALUE}")
  Duration floor;

  @Mixin(name = "Limits (exit status 3)")
  LimitOptions limits = new LimitOptions();

  @Mixin ListenOptions listen = new ListenOptions();

  @Option(names = "--keep", description = "Leave the sentinels on the source.")
  boolean keep;

  @Option(
      names = "--dry-run",
      description = "Say what would be done to which server, and do nothing.")
  boolean dryRun;

  ProbeCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    refuseMemtierWords();
    if (!untilInterrupted) {
      timing.check(spec, Optional.empty());
    }
    Optional<Duration> measured =
        untilInterrupted ? Optional.empty() : Optional.of(timing.duration);
    LagRequest request = lag.request(timing.warmup, measured, floor);
    Optional<InetSocketAddress> served = listen.address(spec);
    if (dryRun) {
      Plan.print(runContext(), servers(), runOutput(), request, limits.limits(), keep);
      return ExitStatus.ALL_EQUAL.code();
    }
    ServersRequest servers = servers();
    RunOutput to = runOutput();
    return Serving.during(
            runContext(),
            served,
            context -> ProbeOnly.run(context, servers, to, request, limits.limits(), keep))
        .code();
  }
}
