package io.syncanalyzer.cli;

import io.syncanalyzer.insert.fork.JmhPassThrough;
import io.syncanalyzer.result.ExitStatus;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code jmh}: here for the help; its arguments never reach picocli. */
@Command(
    name = JmhCommand.NAME,
    description =
        "JMH's own command line on the inserters and the analyzer's own benchmarks: `jmh -l` lists"
            + " them with their parameters, `jmh -h` helps, `jmh -f 1 -prof gc` runs the inserters.")
final class JmhCommand implements Callable<Integer> {
  static final String NAME = "jmh";

  static int pass(List<String> arguments, PrintStream err) {
    return switch (JmhPassThrough.run(err, arguments.toArray(String[]::new))) {
      case DONE -> ExitStatus.ALL_EQUAL.code();
      case USAGE -> ExitStatus.USAGE.code();
      case FAILED -> ExitStatus.COULD_NOT_RUN.code();
      case INTERRUPTED -> ExitStatus.INTERRUPTED.code();
    };
  }

  @Override
  public Integer call() {
    throw new IllegalStateException("AnalyzerCli hands jmh its arguments before picocli sees them");
  }
}
