package io.syncanalyzer.cli;

import picocli.CommandLine.Command;

@Command(name = "compare", description = "x")
final class CompareCommand implements java.util.concurrent.Callable<Integer> {
  CompareCommand(CliContext context) {}

  @Override
  public Integer call() {
    return 0;
  }
}
