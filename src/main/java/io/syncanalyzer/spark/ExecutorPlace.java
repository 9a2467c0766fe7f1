package io.syncanalyzer.spark;

import io.syncanalyzer.redis.Credentials;
import io.syncanalyzer.redis.SecretsFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Where a task runs: who the executor is, a folder that goes with the task, and the secrets that
 * are to be found there.
 *
 * @param executor {@code id@host}
 * @param folder for the task alone
 * @param environment the executor's
 */
record ExecutorPlace(String executor, Path folder, Map<String, String> environment) {
  /** What names an executor's folders for scratch data: YARN's, a Worker's, Kubernetes'. */
  private static final List<String> FOLDERS =
      List.of("LOCAL_DIRS", "SPARK_EXECUTOR_DIRS", "SPARK_LOCAL_DIRS");

  ExecutorPlace {
    Objects.requireNonNull(executor, "executor is null");
    Objects.requireNonNull(folder, "folder is null");
    environment = Map.copyOf(environment);
  }

  /** Of the task that this thread runs; the folder is deleted when that has ended. */
  static ExecutorPlace ofRunningTask() {
    SparkEnv spark = SparkEnv.get();
    Map<String, String> environment = System.getenv();
    Path folder = made(environment);
    TaskContext.get().addTaskCompletionListener(new Deletion(folder));
    return new ExecutorPlace(
        spark.executorId() + "@" + spark.blockManager().blockManagerId().host(),
        folder,
        environment);
  }

  private static Path made(Map<String, String> environment) {
    try {
      for (String name : FOLDERS) {
        String folders = environment.getOrDefault(name, "");
        // Several disks stand one after another, as in a path.
        int end = folders.indexOf(name.equals("SPARK_EXECUTOR_DIRS") ? File.pathSeparator : ",");
        Path first = Path.of(end < 0 ? folders : folders.substring(0, end));
        if (!folders.isEmpty() && Files.isWritable(first)) {
          return Files.createTempDirectory(first, "verify-");
        }
      }
      return Files.createTempDirectory("verify-");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for the task: " + e.getMessage(), e);
    }
  }

  /**
   * The secrets that are to be found here.
   *
   * @param file the file that has them; null = the environment does
   * @throws IllegalArgumentException with one line if the file cannot be read
   */
  Credentials credentials(@Nullable String file) {
    return Credentials.of(
        environment, Optional.ofNullable(file).map(Path::of).map(SecretsFile::read));
  }

  /** Deletes the folder with all in it. */
  private record Deletion(Path folder) implements TaskCompletionListener {
    @Override
    public void onTaskCompletion(TaskContext task) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(one);
        }
      } catch (IOException | UncheckedIOException e) {
        // Spark deletes the executor's own folder later, and this one with it.
      }
    }
  }
}
