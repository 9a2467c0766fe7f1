package io.syncanalyzer;

import io.syncanalyzer.cli.AnalyzerCli;
import java.util.List;

/** The entry; the only place that ends the JVM. */
public final class Main {
  private static final int INTERRUPTED = 130;

  private Main() {}

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
    int status = AnalyzerCli.run(List.of(args), System.out, System.err, System.getenv());
    System.out.flush();
    System.exit(status);
  }
}
