package io.syncanalyzer.cli;

import io.syncanalyzer.cli.options.ScopeOptions;
import io.syncanalyzer.cli.options.ServersTogether;
import io.syncanalyzer.cli.options.VerifyOptions;
import io.syncanalyzer.cli.words.Version;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.Plan;
import io.syncanalyzer.run.VerifyOnly;
import io.syncanalyzer.run.record.RunContext;
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
      connection.refusePasswordsInUris();
    }
    ServersRequest servers = ServersTogether.ofEachReplicaOnce(servers());
    if (dryRun) {
      Plan.print(runContext(), servers, runOutput(), settings(), Optional.ofNullable(scope.resume));
      return ExitStatus.ALL_EQUAL.code();
    }
    return VerifyOnly.run(
            jobContext(), servers, runOutput(), settings(), Optional.ofNullable(scope.resume))
        .code();
  }

  private RunContext jobContext() {
    return context
        .job()
        .map(job -> runContext(job.work(Optional.ofNullable(connection.secretsFile))))
        .orElseGet(this::runContext);
  }

  private VerifySettings settings() {
    return verify.settings().with(scope.scope(connection.namedDatabase()));
  }
}
