package io.syncanalyzer.cli;

import io.syncanalyzer.run.VerifyOnly;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** {@code verify}: the comparison alone. */
@Command(
    name = "verify",
    sortOptions = false,
    versionProvider = Version.class,
    description =
        "Compares every key of source and replica, both ways: existence, type, value, expiry.")
final class VerifyCommand extends RunCommand {
  @ArgGroup(validate = false, heading = "%nVerification%n", order = 6)
  VerifyOptions verify = new VerifyOptions();

  @ArgGroup(validate = false, heading = "%nWhich keys%n", order = 7)
  ScopeOptions scope = new ScopeOptions();

  VerifyCommand(CliContext context) {
    super(context);
  }

  @Override
  public Integer call() {
    refuseMemtierWords();
    return VerifyOnly.run(
            runContext(),
            servers(),
            runOutput(),
            scope.applied(verify.settings()),
            Optional.ofNullable(scope.resume))
        .code();
  }
}
