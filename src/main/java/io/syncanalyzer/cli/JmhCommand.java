package io.syncanalyzer.cli;

import io.syncanalyzer.insert.JmhPassThrough;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code jmh}: here for the help; its arguments never reach picocli. */
@Command(
    name = JmhCommand.NAME,
    description =
        "JMH's own command line on the inserters: `jmh -l` lists them, `jmh -h` helps,"
            + " `jmh -f 1 -prof gc` runs them.")
final class JmhCommand implements Callable<Integer> {
  static final String NAME = "jmh";

  static int pass(List<String> arguments, PrintStream err) {
    return JmhPassThrough.run(err, arguments.toArray(String[]::new));
  }

  @Override
  public Integer call() {
    throw new IllegalStateException("AnalyzerCli hands jmh its arguments before picocli sees them");
  }
}
