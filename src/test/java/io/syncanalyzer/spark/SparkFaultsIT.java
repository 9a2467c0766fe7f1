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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is lost while the job runs, and what it finds all the same. */
@Tag("long")
@Timeout(900)
class SparkFaultsIT {
  private static final Duration LIMIT = Duration.ofMinutes(6);

  /** Each partition takes some ten seconds, of which a part is enough to kill somebody in. */
  private static final String SLOWLY = Integer.toString(CorruptCluster.KEYS / 15);

  @TempDir private static Path folder;

  private static CorruptCluster servers;
  private static RunFiles here;

  private SparkCluster spark;
  @TempDir private Path own;

  @BeforeAll
  static void startServers() {
    servers = new CorruptCluster();
    assertThat(servers.verifyHere(folder.resolve("results"), "here")).isEqualTo(1);
    here = new RunFiles(folder.resolve("results/here"));
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void start() throws Exception {
    spark = SparkCluster.start(SparkHome.newest(), own.resolve("spark"), 2, CorruptCluster.SECRETS);
  }

  @AfterEach
  void stop() {
    spark.close();
  }

  private SparkSubmission.Running submit(String results, String... more) throws IOException {
    return start(spark, results, more);
  }

  private SparkSubmission.Running start(SparkCluster on, String results, String... more)
      throws IOException {
    List<String> words = new ArrayList<>(servers.words(Path.of("results"), "run", more));
    words.set(words.indexOf("results"), results);
    if (words.contains("--resume")) {
      int name = words.indexOf("--run-id");
      words.subList(name, name + 2).clear();
    }
    return on.submission().environment(CorruptCluster.SECRETS).start(words.toArray(String[]::new));
  }

  private static void requireAllFound(SparkSubmission.Ended ended, Path run) {
    assertThat(ended.status()).describedAs(ended.err()).isEqualTo(1);
    RunFiles there = new RunFiles(run);
    assertThat(there.rows("verify.csv")).isEqualTo(here.rows("verify.csv"));
    assertThat(keys(there)).isEqualTo(keys(here));
    assertThat(there.column("verify_partitions.csv", "partition")).hasSize(3);
  }

  private static List<String> keys(RunFiles run) {
    return run.rows("mismatches.csv").stream().map(row -> row.get(1) + " " + row.get(2)).toList();
  }

  private static void awaitPartition(Path work) throws IOException, InterruptedException {
    for (long left = 2400; left > 0; left--) {
      if (Files.isDirectory(work)) {
        try (Stream<Path> all = Files.walk(work)) {
          if (all.anyMatch(file -> file.endsWith("result.json"))) {
            return;
          }
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no partition was done");
  }

  @Test
  void aLostExecutorCostsItsPartitionOnly() throws Exception {
    String results = own.resolve("results").toString();
    SparkSubmission.Running running = submit(results, "--rate", SLOWLY);
    awaitPartition(own.resolve("results/run/verify"));
    spark.killExecutor();
    requireAllFound(running.await(LIMIT), own.resolve("results/run"));
  }

  @Test
  void afterALostDriverTheRestIsComparedAndWhatWasDoneStands() throws Exception {
    String results = own.resolve("results").toString();
    SparkSubmission.Running running = submit(results, "--rate", SLOWLY);
    awaitPartition(own.resolve("results/run/verify"));
    running.kill();
    SparkSubmission.Ended ended = submit(results, "--resume", "run").await(LIMIT);
    requireAllFound(ended, own.resolve("results/run"));
    assertThat(ended.out()).containsPattern("went on after [12] of 3 partitions were done");
  }

  @Test
  void aRunInAFolderOfHadoopsIsGoneOnWithFromThereAlone() throws Exception {
    String results = own.resolve("elsewhere").toUri().toString().replaceFirst("/$", "");
    assertThat(results).startsWith("file:///");
    SparkSubmission.Running running = submit(results, "--rate", SLOWLY);
    awaitPartition(own.resolve("elsewhere/run/verify"));
    running.kill();
    SparkSubmission.Ended ended = submit(results, "--resume", "run").await(LIMIT);
    requireAllFound(ended, own.resolve("elsewhere/run"));
    assertThat(ended.out()).containsPattern("went on after [12] of 3 partitions were done");
    assertThat(own.resolve("elsewhere/run/report.html")).exists();
    assertThat(own.resolve("elsewhere/run/verify")).doesNotExist();
    assertThat(Files.readAllLines(own.resolve("elsewhere/runs.csv"))).hasSize(2);
  }

  @Test
  void thePagesOfTheDriverTellOfPartitionsAndOfNoSecret() throws Exception {
    SparkSubmission submission = spark.submission().withUi().environment(CorruptCluster.SECRETS);
    String results = own.resolve("results").toString();
    SparkSubmission.Running running =
        submission.start(
            servers.words(Path.of(results), "run", "--rate", SLOWLY).toArray(String[]::new));
    awaitPartition(own.resolve("results/run/verify"));
    assertThat(page(submission.ui() + "/jobs/")).contains("slots 0-5460 of 127.0.0.1:");
    for (String name : List.of("jobs", "stages", "storage", "environment", "executors")) {
      assertThat(page(submission.ui() + "/" + name + "/"))
          .describedAs(name)
          .contains("Spark")
          .doesNotContain(CorruptCluster.PASSWORD);
    }
    requireAllFound(running.await(LIMIT), own.resolve("results/run"));
    assertThat(spark.filesWith(CorruptCluster.PASSWORD)).isEmpty();
  }

  private static String page(String address) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .followRedirects(HttpClient.Redirect.NORMAL)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void whatIsWrittenMeanwhileIsNoMismatch() throws Exception {
    String results = own.resolve("results").toString();
    try (CorruptCluster.Writer writing = servers.writeOn()) {
      SparkSubmission.Ended ended = submit(results).await(LIMIT);
      assertThat(writing.written()).isPositive();
      assertThat(ended.status()).describedAs(ended.err()).isEqualTo(1);
    }
    assertThat(keys(new RunFiles(own.resolve("results/run")))).isEqualTo(keys(here));
  }

  @Test
  void theOldestSparkDoesTheSame() throws Exception {
    String results = own.resolve("results").toString();
    try (SparkCluster old =
        SparkCluster.start(
            SparkHome.oldest(), own.resolve("spark-old"), 2, CorruptCluster.SECRETS)) {
      requireAllFound(
          start(old, results, "--rate", SLOWLY).await(LIMIT), own.resolve("results/run"));
    }
  }
}
