package io.syncanalyzer.cli;

import picocli.CommandLine.Command;

@Command(name = "report", description = "x")
final class ReportCommand implements java.util.concurrent.Callable<Integer> {
  ReportCommand(CliContext context) {}

  @Override
  public Integer call() {
    return 0;
  }
}
