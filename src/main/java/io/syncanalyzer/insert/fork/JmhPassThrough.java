package io.syncanalyzer.insert.fork;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * JMH's own command line over our benchmarks: {@code jmh -l}, {@code jmh SentinelWrites -f 1 -prof
 * gc -p source=redis://…}.
 *
 * <p>As {@code org.openjdk.jmh.Main} does it, but it returns instead of ending the JVM, tells a
 * failure by its outcome and one line, and looks whether the servers are there before anything
 * runs. Without a name it runs the inserters alone: they are what the command is for, and all
 * benchmarks take many minutes. JMH prints on {@link System#out}, as whoever asks for JMH expects.
 */
public final class JmhPassThrough {
  private static final String INSERTERS = "^io\\.syncanalyzer\\.insert\\.";

  private JmhPassThrough() {}

  /**
   * Runs JMH. Interrupting the calling thread ends it, and the forks that it started.
   *
   * @param err where one line says why it did not do what was asked
   */
  public static JmhOutcome run(PrintStream err, String... arguments) {
    try {
      return run(err, new CommandLineOptions(arguments), JmhParameters.given(List.of(arguments)));
    } catch (CommandLineOptionException e) {
      return told(err, JmhOutcome.USAGE, e.getMessage() + " (jmh -h lists the options)");
    } catch (IllegalArgumentException e) {
      return told(err, JmhOutcome.USAGE, String.valueOf(e.getMessage()));
    } catch (NoBenchmarksException e) {
      return told(err, JmhOutcome.USAGE, "no benchmark matches; jmh -l lists them");
    } catch (IOException | RunnerException e) {
      return told(err, JmhOutcome.FAILED, line(e));
    }
  }

  private static JmhOutcome run(
      PrintStream err, CommandLineOptions options, List<String> givenParameters)
      throws IOException, RunnerException {
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else if (options.shouldListResultFormats()) {
      options.listResultFormats();
    } else if (options.shouldList() || options.shouldListWithParams()) {
      System.out.println("Benchmarks: ");
      new JmhParameters(options).lines().forEach(System.out::println);
    } else {
      return runBenchmarks(err, withName(options), givenParameters);
    }
    return JmhOutcome.DONE;
  }

  private static Options withName(Options asked) {
    return asked.getIncludes().isEmpty()
        ? new OptionsBuilder().parent(asked).include(INSERTERS).build()
        : asked;
  }

  private static JmhOutcome runBenchmarks(
      PrintStream err, Options options, List<String> givenParameters)
      throws IOException, RunnerException {
    JmhParameters parameters = new JmhParameters(options);
    parameters.check(givenParameters);
    String noServer = parameters.missingServer();
    if (noServer != null) {
      return told(err, JmhOutcome.FAILED, noServer);
    }
    ForkJvm.quietHere();
    JmhOutput output = JmhOutput.of(options);
    Callable<@Nullable Void> work =
        () -> {
          new Runner(ForkJvm.quiet(options), output).run();
          return null;
        };
    return awaited(err, output, new FutureTask<>(work));
  }

  /** JMH takes an interrupt for the end of one benchmark and goes on with the next. */
  private static JmhOutcome awaited(
      PrintStream err, JmhOutput output, FutureTask<@Nullable Void> run) throws RunnerException {
    Thread runner = new Thread(run, "jmh");
    runner.setDaemon(true);
    runner.start();
    try {
      run.get();
    } catch (InterruptedException e) {
      output.silence();
      ProcessHandle.current().children().forEach(ProcessHandle::destroy);
      return told(err, JmhOutcome.INTERRUPTED, "interrupted");
    } catch (ExecutionException e) {
      if (output.failure() == null) {
        if (e.getCause() instanceof RunnerException known) {
          throw known;
        }
        return told(err, JmhOutcome.FAILED, line(e));
      }
    }
    String failure = output.failure();
    return failure == null
        ? JmhOutcome.DONE
        : told(err, output.isUsage() ? JmhOutcome.USAGE : JmhOutcome.FAILED, failure);
  }

  /** What JMH's exceptions say; of its profilers' all that they carry. */
  private static String line(Exception e) {
    List<String> said = new ArrayList<>();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (!(cause instanceof ProfilersFailedException) && cause.getMessage() != null) {
        said.add(cause.getMessage());
      }
      for (Throwable more : cause.getSuppressed()) {
        said.add(String.valueOf(more.getMessage()));
      }
    }
    return said.isEmpty() ? e.getClass().getSimpleName() : String.join(": ", said);
  }

  private static JmhOutcome told(PrintStream err, JmhOutcome outcome, String line) {
    err.println("jmh: " + line.strip().replaceAll("\\s*\\R\\s*", " "));
    return outcome;
  }
}
