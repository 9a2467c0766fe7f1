package io.syncanalyzer.cli;

import io.syncanalyzer.run.VerifyOnly;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
