package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A process of Spark's, its output in two files: a Master, a Worker, a driver. */
final class SparkProcess implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(10);

  private final Process process;
  private final Path out;
  private final Path err;

  private SparkProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param name of the files {@code name.out} and {@code name.err} in {@code logs}
   * @param folder the one that it runs in
   * @param environment added to this JVM's, of which nothing that Spark or Hadoop reads is left
   */
  static SparkProcess start(
      String name, Path logs, Path folder, List<String> command, Map<String, String> environment)
      throws IOException {
    Path out = logs.resolve(name + ".out");
    Path err = logs.resolve(name + ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(
            key ->
                Stream.of("SPARK_", "HADOOP_", "YARN_").anyMatch(key::startsWith)
                    || key.equals("JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(environment);
    return new SparkProcess(builder.start(), out, err);
  }

  /** Waits until its log holds that, and gives where. */
  Matcher awaitLogged(Pattern text, Duration atMost) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      boolean alive = process.isAlive();
      Matcher found = text.matcher(err());
      if (found.find()) {
        return found;
      }
      assertThat(alive).describedAs("waiting for `%s`: %s", text, err()).isTrue();
      assertThat(System.nanoTime() - start)
          .describedAs("waiting for `%s`: %s", text, err())
          .isLessThan(atMost.toNanos());
      Thread.sleep(50);
    }
  }

  /** Waits for its end and gives its exit status. */
  int await(Duration atMost) throws InterruptedException {
    assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
        .describedAs("ended within %s; so far: %s%s", atMost, out(), err())
        .isTrue();
    return process.exitValue();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /** Ends it and all that it started, at once. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle one : all) {
      one.onExit().orTimeout(END.toMillis(), TimeUnit.MILLISECONDS).join();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
