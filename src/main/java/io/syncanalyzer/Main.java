package io.syncanalyzer;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.spark.Job;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The entry; the only place that ends the JVM. */
public final class Main {
  private static final int INTERRUPTED = 130;

  private Main() {}

  /** What a command line comes to, once its words are known. */
  private interface Command {
    int run(GivenText given, PrintStream out, PrintStream err);
  }

  private static int run(List<String> args, Command command) {
    Thread worker = Thread.currentThread();
    Signals.onEachOf(
        List.of("INT", "TERM"),
        count -> {
          if (count == 1) {
            worker.interrupt();
          } else {
            exit(INTERRUPTED);
          }
        });
    System.setOut(EscapingOutput.on(System.out, EscapingOutput.ofConsole("stdout")));
    System.setErr(EscapingOutput.on(System.err, EscapingOutput.ofConsole("stderr")));
    try {
      GivenText given = GivenText.of(args, System.getenv(), Path.of("/proc/self"));
      return command.run(given, System.out, System.err);
    } catch (IllegalArgumentException e) {
      System.err.println("analyzer: " + e.getMessage());
      return ExitStatus.USAGE.code();
    } catch (OutOfMemoryError e) {
      // Left to the JVM it would end with 1, which means mismatches.
      System.err.println("analyzer: out of memory; give more with java -Xmx");
      return ExitStatus.COULD_NOT_RUN.code();
    } catch (RuntimeException | Error e) {
      // So would any other that nobody expected: a class missing in a jar cut short, for instance.
      System.err.println("analyzer: internal error: " + e);
      return ExitStatus.COULD_NOT_RUN.code();
    }
  }

  /** What {@code verify} with these options comes to, its partitions compared by the job. */
  static int runAsJob(List<String> args, Job job) {
    return run(
        args,
        (given, out, err) ->
            AnalyzerCli.runAsJob(given.arguments(), out, err, given.environment(), job));
  }

  static void exit(int status) {
    System.exit(status);
  }

  /** Runs the command and exits with its status; Ctrl-C once ends it in order, twice at once. */
  public static void main(String[] args) {
    exit(
        run(
            List.of(args),
            (given, out, err) ->
                AnalyzerCli.run(given.arguments(), out, err, given.environment())));
  }
}
