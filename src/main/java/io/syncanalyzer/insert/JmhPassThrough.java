package io.syncanalyzer.insert;

import java.io.IOException;
import java.io.PrintStream;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/**
 * JMH's own command line over our benchmarks: {@code jmh -l}, {@code jmh SentinelWrites -f 1 -prof
 * gc -p source=redis://…}.
 *
 * <p>As {@code org.openjdk.jmh.Main} does it, but it returns instead of ending the JVM. JMH prints
 * on {@link System#out}, as whoever asks for JMH expects.
 */
public final class JmhPassThrough {
  private JmhPassThrough() {}

  /**
   * Runs JMH.
   *
   * @param err where a command line that JMH refuses is explained
   * @return 0 = it did what was asked, 1 = it failed, 2 = it did not understand the arguments
   */
  public static int run(PrintStream err, String... arguments) {
    CommandLineOptions options;
    try {
      options = new CommandLineOptions(arguments);
    } catch (CommandLineOptionException e) {
      err.println("jmh: " + e.getMessage() + " (jmh -h lists the options)");
      return 2;
    }
    try {
      return run(err, options);
    } catch (IOException e) {
      err.println("jmh: " + e.getMessage());
      return 1;
    }
  }

  private static int run(PrintStream err, CommandLineOptions options) throws IOException {
    if (options.shouldHelp()) {
      options.showHelp();
      return 0;
    }
    if (options.shouldListProfilers()) {
      options.listProfilers();
      return 0;
    }
    if (options.shouldListResultFormats()) {
      options.listResultFormats();
      return 0;
    }
    Runner runner = new Runner(options);
    if (options.shouldList()) {
      runner.list();
      return 0;
    }
    if (options.shouldListWithParams()) {
      runner.listWithParams(options);
      return 0;
    }
    try {
      ForkJvm.quietHere();
      new Runner(ForkJvm.quiet(options)).run();
      return 0;
    } catch (NoBenchmarksException e) {
      err.println("jmh: no benchmark matches; jmh -l lists them");
      return 2;
    } catch (ProfilersFailedException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        err.println("jmh: " + cause.getMessage());
        for (Throwable more : cause.getSuppressed()) {
          err.println("jmh: " + more.getMessage());
        }
      }
      return 1;
    } catch (RunnerException e) {
      err.println("jmh: " + e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause()));
      return 1;
    }
  }
}
