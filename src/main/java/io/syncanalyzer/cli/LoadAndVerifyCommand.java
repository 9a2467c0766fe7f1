package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.LagOptions;
import io.syncanalyzer.cli.options.LimitOptions;
import io.syncanalyzer.cli.options.ListenOptions;
import io.syncanalyzer.cli.options.LoadOptions;
import io.syncanalyzer.cli.options.ServersTogether;
import io.syncanalyzer.cli.options.TimingOptions;
import io.syncanalyzer.cli.options.VerifyOptions;
import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.DefaultValues;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.load.memtier.Ramp;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.LoadAndVerify;
import io.syncanalyzer.run.LoadAndVerifyRequest;
import io.syncanalyzer.run.Plan;
import io.syncanalyzer.run.RepeatedRuns;
import io.syncanalyzer.run.load.LoadSettings;
import io.syncanalyzer.run.record.Serving;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code load-and-verify}: the whole run. */
@Command(
    name = "load-and-verify",
    sortOptions = false,
    versionProvider = Version.class,
    description = {
      "Loads the source, measures the lag of the replica, and compares both.",
      "What follows -- goes to memtier_benchmark as it is."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class LoadAndVerifyCommand extends RunCommand {
  @Mixin(name = "Time")
  TimingOptions timing = new TimingOptions();

  @Mixin(name = "Lag")
  LagOptions lag = new LagOptions();

  @Option(
      names = "--baseline",
      paramLabel = "DURATION",
      defaultValue = "3s",
      order = 31,
      description =
          "How long the probe's floor and the idle lag are each measured before the load; 0s to"
              + " leave both out. Default: ${DEFAULT-VALUE}")
  Duration baseline;

  @Mixin(name = "Limits (exit status 3)")
  LimitOptions limits = new LimitOptions();

  @Mixin(name = "Load")
  LoadOptions load = new LoadOptions();

  @Mixin(name = "Verification")
  VerifyOptions verify = new VerifyOptions();

  @Option(
      names = "--initial-verify",
      completionCandidates = Candidates.InitialVerifies.class,
      paramLabel = "EXTENT",
      defaultValue = "full",
      description = "Compare before the load too: full, counts or off. Default: ${DEFAULT-VALUE}")
  String initialVerify;

  @Option(
      names = "--drain-timeout",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "How long the replica may take to catch up. Default: ${DEFAULT-VALUE}")
  Duration drainTimeout;

  @Option(
      names = "--settle-delay",
      paramLabel = "DURATION",
      defaultValue = "0s",
      description =
          "Sleep between drain and verification; the fence makes it needless."
              + " Default: ${DEFAULT-VALUE}")
  Duration settleDelay;

  @Mixin ListenOptions listen = new ListenOptions();

  @Option(names = "--keep", description = "Leave the sentinels on the source.")
  boolean keep;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Run so many times; runs.csv then also has their median and spread."
              + " Default: ${DEFAULT-VALUE}")
  int repeat;

  @Option(
      names = "--dry-run",
      description = "Say what would be done to which server, and do nothing.")
  boolean dryRun;

  LoadAndVerifyCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    LoadSettings settings = load.settings(context.afterDashes());
    boolean durationGiven = DefaultValues.isGiven(spec, "--duration");
    // A ramp is measured as long as it lasts, unless told otherwise.
    Optional<Duration> ramp = durationGiven ? Optional.empty() : settings.ramp().map(Ramp::total);
    timing.check(spec, ramp);
    Duration measured = ramp.orElse(timing.duration);
    LoadAndVerifyRequest request =
        new LoadAndVerifyRequest(
            ServersTogether.ofOneReplica(servers()),
            runOutput(),
            settings,
            lag.request(timing.warmup, Optional.of(measured), baseline),
            verifySettings(),
            Refusals.named("--initial-verify: ", () -> InitialVerify.of(initialVerify)),
            limits.limits(),
            Refusals.named(
                "--drain-timeout ",
                () -> new LoadAndVerifyRequest.Ending(drainTimeout, settleDelay, keep)));
    if (repeat < 1) {
      throw new IllegalArgumentException("--repeat: " + repeat + " runs are none; 1 or more");
    }
    Optional<InetSocketAddress> served = listen.address(spec);
    if (dryRun) {
      Plan.print(runContext(), request);
      return ExitStatus.ALL_EQUAL.code();
    }
    return Serving.during(
            runContext(),
            served,
            context ->
                repeat == 1
                    ? LoadAndVerify.run(context, request)
                    : RepeatedRuns.run(context, request, repeat))
        .code();
  }

  /** Of every database, unless a URI names one. */
  private VerifySettings verifySettings() {
    OptionalInt named = connection.namedDatabase();
    return named.isEmpty()
        ? verify.settings()
        : verify.settings().with(VerifyScope.ofDatabase(named.getAsInt()));
  }
}
