package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as a user starts it: a process of its own, its output in files. */
public final class AnalyzerJar implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private AnalyzerJar(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in {@code folder}; {@code memtier_benchmark} is not on its PATH. */
  public static AnalyzerJar start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, List.of(), List.of(), environment, List.of(arguments));
  }

  /** As the other; {@code jvm} are arguments of java itself, such as {@code -Xmx64m}. */
  static AnalyzerJar start(
      Path folder, List<String> jvm, Map<String, String> environment, List<String> arguments)
      throws IOException {
    return start(folder, List.of(), jvm, environment, arguments);
  }

  /** As the others; {@code before} are the words of a program that starts java in its turn. */
  static AnalyzerJar start(
      Path folder,
      List<String> before,
      List<String> jvm,
      Map<String, String> environment,
      List<String> arguments)
      throws IOException {
    Path jar = Path.of(System.getProperty("analyzer.jar", "target/analyzer.jar")).toAbsolutePath();
    assertThat(jar).describedAs("built by `mvn package`").exists();
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    // In a workflow each test's run would show on its page.
    builder.environment().remove("GITHUB_STEP_SUMMARY");
    builder.environment().putAll(environment);
    return new AnalyzerJar(builder.start(), out, err);
  }

  /** Waits for its end and gives its exit status. */
  public int await(Duration atMost) throws InterruptedException {
    assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
        .describedAs("ended within %s; so far: %s", atMost, err())
        .isTrue();
    return process.exitValue();
  }

  /** Waits until its diagnostics hold that text. */
  public void awaitSaid(String text, Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    while (!err().contains(text)) {
      assertThat(process.isAlive()).describedAs("waiting for `%s`: %s", text, err()).isTrue();
      assertThat(System.nanoTime() - start)
          .describedAs("waiting for `%s`: %s", text, err())
          .isLessThan(atMost.toNanos());
      Thread.sleep(20);
    }
  }

  /** What Ctrl-C sends. */
  public void interrupt() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
