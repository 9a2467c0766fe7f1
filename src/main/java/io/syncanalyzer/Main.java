package io.syncanalyzer;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.result.ExitStatus;
import java.nio.file.Path;
import java.util.List;

/** The entry; the only place that ends the JVM. */
public final class Main {
  private static final int INTERRUPTED = 130;

  private Main() {}

  private static int run(String[] args) {
    System.setOut(EscapingOutput.on(System.out, EscapingOutput.ofConsole("stdout")));
    System.setErr(EscapingOutput.on(System.err, EscapingOutput.ofConsole("stderr")));
    try {
      GivenText given = GivenText.of(List.of(args), System.getenv(), Path.of("/proc/self"));
      return AnalyzerCli.run(given.arguments(), System.out, System.err, given.environment());
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

  /** Runs the command and exits with its status; Ctrl-C once ends it in order, twice at once. */
  public static void main(String[] args) {
    Thread worker = Thread.currentThread();
    Signals.onEachOf(
        List.of("INT", "TERM"),
        count -> {
          if (count == 1) {
            worker.interrupt();
          } else {
            System.exit(INTERRUPTED);
          }
        });
    System.exit(run(args));
  }
}
