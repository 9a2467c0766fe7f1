package io.syncanalyzer.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on a real cluster of Spark's, as {@code spark-submit} starts it. */
@Timeout(600)
class SparkVerifyIT {
  @TempDir private static Path folder;

  private static CorruptCluster servers;
  private static SparkCluster spark;

  @BeforeAll
  static void start() throws Exception {
    servers = new CorruptCluster();
    spark =
        SparkCluster.start(SparkHome.newest(), folder.resolve("spark"), 2, CorruptCluster.SECRETS);
  }

  @AfterAll
  static void stop() {
    spark.close();
    servers.close();
  }

  private static String[] words(String run, String... more) {
    return servers.words(folder.resolve("results"), run, more).toArray(String[]::new);
  }

  private static RunFiles files(String run) {
    return new RunFiles(folder.resolve("results").resolve(run));
  }

  private static String page(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void itsFilesAreThoseOfTheRunWithoutSparkAndItsSecretsAreNowhere() throws Exception {
    assertThat(servers.verifyHere(folder.resolve("results"), "here")).isEqualTo(1);
    SparkSubmission.Ended ended =
        spark
            .submission()
            .environment(CorruptCluster.SECRETS)
            .start(words("there"))
            .await(Duration.ofMinutes(5));
    assertThat(ended.status()).describedAs(ended.err()).isEqualTo(1);

    RunFiles here = files("here");
    RunFiles there = files("there");
    for (String file : List.of("verify.csv", "mismatches.csv", "verify_partitions.csv")) {
      assertThat(there.rows(file)).describedAs(file).isEqualTo(here.rows(file));
    }
    assertThat(there.rows("mismatches.csv")).hasSize(10);
    assertThat(there.figures()).isEqualTo(here.figures());
    assertThat(here.column("verify_partitions.csv", "executor")).containsOnly("local");
    assertThat(there.column("verify_partitions.csv", "executor"))
        .hasSize(3)
        .allMatch(executor -> executor.matches("[01]@127\\.0\\.0\\.1"));
    assertThat(there.column("verify_partitions.csv", "start_seconds")).doesNotContain("");
    assertThat(folder.resolve("results/there/report.html")).exists();
    assertThat(folder.resolve("results/there/verify")).doesNotExist();

    assertThat(spark.filesWith(CorruptCluster.PASSWORD)).isEmpty();
    assertThat(ended.out() + ended.err()).doesNotContain(CorruptCluster.PASSWORD);
    for (String page : spark.pages()) {
      assertThat(page(page)).contains("Spark").doesNotContain(CorruptCluster.PASSWORD);
    }
    try (var files = Files.walk(folder.resolve("results"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file)).doesNotContain(CorruptCluster.PASSWORD);
      }
    }
  }

  @Test
  void anExecutorWithoutTheSecretEndsItInOneLineThatSaysWhatToDo() throws Exception {
    SparkSubmission.Ended ended =
        spark
            .submission()
            .environment(
                Map.of(
                    "ANALYZER_SOURCE_PASSWORD", CorruptCluster.PASSWORD,
                    "ANALYZER_REPLICA_PASSWORD", CorruptCluster.PASSWORD))
            .conf("spark.executorEnv.ANALYZER_REPLICA_PASSWORD", "")
            .start(words("without", "--quiet"))
            .await(Duration.ofMinutes(5));
    assertThat(ended.status()).isEqualTo(5);
    assertThat(ended.err() + ended.out())
        .contains("ANALYZER_REPLICA_PASSWORD is not set there")
        .contains("--secrets-file")
        .doesNotContain("\tat io.syncanalyzer");
  }

  @Test
  void whatIsWrongWithTheOptionsIsToldBeforeSparkIsAskedForAnything() throws Exception {
    SparkSubmission.Ended ended =
        spark.submit("--source", "redis://:secret@127.0.0.1:1", "--replica", "redis://127.0.0.1:2");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.err())
        .contains("--source: a job's arguments are shown")
        .contains("--secrets-file")
        .doesNotContain("Running Spark version");
    assertThat(spark.submit("--help").out()).contains("Usage: analyzer verify");
  }
}
