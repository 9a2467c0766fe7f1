package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ListenOptions;
import io.syncanalyzer.cli.options.ScopeOptions;
import io.syncanalyzer.cli.options.ServersTogether;
import io.syncanalyzer.cli.options.VerifyOptions;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.Plan;
import io.syncanalyzer.run.VerifyOnly;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.record.Serving;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.verify.attempt.VerifySettings;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: the comparison alone. */
@Command(
    name = "verify",
    sortOptions = false,
    versionProvider = Version.class,
    description =
        "Compares every key of source and replica, both ways: existence, type, value, expiry.")
final class VerifyCommand extends RunCommand {
  @Mixin(name = "Verification")
  VerifyOptions verify = new VerifyOptions();

  @Mixin(name = "Which keys")
  ScopeOptions scope = new ScopeOptions();

  @Mixin ListenOptions listen = new ListenOptions();

  @Option(
      names = "--dry-run",
      description = "Say what would be done to which server, and do nothing.")
  boolean dryRun;

  VerifyCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    refuseMemtierWords();
    if (context.job().isPresent()) {
      return new VerifyAsJob(this, context.job().get()).call();
    }
    ServersRequest servers = ServersTogether.ofEachReplicaOnce(servers());
    if (dryRun) {
      return plan(servers, runOutput());
    }
    return run(runContext(), servers, runOutput(), resume());
  }

  /** Says what would be done. */
  int plan(ServersRequest servers, RunOutput to) {
    listen.address(spec);
    Plan.print(runContext(), servers, to, settings(), resume());
    return ExitStatus.ALL_EQUAL.code();
  }

  /** Does it, and gives the exit status. */
  int run(RunContext by, ServersRequest servers, RunOutput to, Optional<String> resume) {
    VerifySettings settings = settings();
    return Serving.during(
            by,
            listen.address(spec),
            context -> VerifyOnly.run(context, servers, to, settings, resume))
        .code();
  }

  Optional<String> resume() {
    return Optional.ofNullable(scope.resume);
  }

  private VerifySettings settings() {
    return verify.settings().with(scope.scope(connection.namedDatabase()));
  }
}
