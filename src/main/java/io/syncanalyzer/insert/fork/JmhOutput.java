package io.syncanalyzer.insert.fork;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * JMH's own output without stack traces ({@code -v EXTRA} shows them), which notes what failed.
 *
 * <p>JMH goes on after a benchmark that failed and returns as if nothing had been; what it prints
 * is the one place where it says so. Called from several threads, one at a time.
 */
final class JmhOutput implements OutputFormat {
  private static final Pattern FRAME =
      Pattern.compile("\\s+(at .+\\(.*\\)|\\.\\.\\. \\d+ (more|common frames omitted))\\s*");
  private static final Pattern THROWN = Pattern.compile("([a-z][\\w.]*\\.([A-Z][\\w$]*))(: (.*))?");

  private final OutputFormat own;
  private final boolean withTraces;
  private boolean failing;
  private boolean usage;
  private boolean silent;
  private int running;
  private @Nullable String failure;

  private JmhOutput(OutputFormat own, boolean withTraces) {
    this.own = own;
    this.withTraces = withTraces;
  }

  /**
   * Where the options say.
   *
   * @throws IOException if the file that they name cannot be written
   */
  static JmhOutput of(Options options) throws IOException {
    // JMH closes what it is given, which standard output must survive.
    PrintStream out =
        options.getOutput().hasValue()
            ? new PrintStream(options.getOutput().get(), StandardCharsets.UTF_8)
            : new PrintStream(System.out, true, StandardCharsets.UTF_8) {
              @Override
              public void close() {
                flush();
              }
            };
    VerboseMode verbosity = options.verbosity().orElse(Defaults.VERBOSITY);
    return new JmhOutput(
        OutputFormatFactory.createFormatInstance(out, verbosity),
        verbosity.equalsOrHigherThan(VerboseMode.EXTRA));
  }

  /** Why the first benchmark that failed did, in one line; null if none has. */
  synchronized @Nullable String failure() {
    return failure != null || running == 0
        ? failure
        : "a benchmark gave no result; what JMH printed says why";
  }

  /** Whether it was for what the user had asked for. */
  synchronized boolean isUsage() {
    return usage;
  }

  /** Prints no more. */
  synchronized void silence() {
    silent = true;
  }

  /** After JMH's word for a failure comes what was thrown. */
  private void note(String text) {
    if (text.startsWith("<failure>")) {
      failing = true;
    } else if (text.startsWith("<forked VM failed") && failure == null) {
      failure = "the JVM of a benchmark ended by itself; what it said stands in JMH's output";
    }
    Matcher thrown = THROWN.matcher(text.lines().findFirst().orElse(""));
    if (failing && thrown.matches()) {
      failing = false;
      if (failure == null) {
        usage = IllegalArgumentException.class.getName().equals(thrown.group(1));
        failure = thrown.group(4) == null ? thrown.group(2) : thrown.group(4);
      }
    }
  }

  private String shown(String text) {
    return withTraces || !text.contains("\tat ")
        ? text
        : text.lines()
            .filter(line -> !FRAME.matcher(line).matches())
            .collect(Collectors.joining("\n"));
  }

  @Override
  public synchronized void println(String text) {
    if (!silent) {
      note(text);
      String shown = shown(text);
      if (!shown.isEmpty() || text.isEmpty()) {
        own.println(shown);
      }
    }
  }

  @Override
  public synchronized void print(String text) {
    if (!silent) {
      note(text);
      own.print(shown(text));
    }
  }

  @Override
  public synchronized void startBenchmark(BenchmarkParams benchmark) {
    running++;
    own.startBenchmark(benchmark);
  }

  @Override
  public synchronized void endBenchmark(@Nullable BenchmarkResult result) {
    if (result != null) {
      running--;
    }
    own.endBenchmark(result);
  }

  @Override
  public void iteration(BenchmarkParams benchmark, IterationParams iteration, int number) {
    own.iteration(benchmark, iteration, number);
  }

  @Override
  public void iterationResult(
      BenchmarkParams benchmark, IterationParams iteration, int number, IterationResult result) {
    own.iterationResult(benchmark, iteration, number, result);
  }

  @Override
  public void startRun() {
    own.startRun();
  }

  @Override
  public void endRun(Collection<RunResult> results) {
    own.endRun(List.copyOf(results));
  }

  @Override
  public void flush() {
    own.flush();
  }

  @Override
  public void close() {
    own.close();
  }

  @Override
  public void verbosePrintln(String text) {
    own.verbosePrintln(text);
  }

  @Override
  public void write(int b) {
    own.write(b);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    own.write(bytes);
  }
}
