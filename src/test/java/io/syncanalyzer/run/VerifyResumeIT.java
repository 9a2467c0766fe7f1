package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.CsvFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** A comparison that is cut off keeps what it found, until going on has found more. */
class VerifyResumeIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @WaitingTest
  void anInterruptKeepsTheMismatchesFoundAndResumingFindsTheRest() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      interruptAtACheckpoint(stores);

      long found = mismatchRows(stores.run());
      assertThat(found).isBetween(1L, StoresAtRest.MISSING - 1L);
      assertThat(Files.readString(stores.run().resolve("verify.csv")))
          .contains("string,MISSING_ON_REPLICA," + found + ",", "string,EQUAL,");
      String json = Files.readString(stores.run().resolve("run.json"));
      assertThat(JsonParser.parseString(json).getAsJsonObject().get("complete").getAsBoolean())
          .isFalse();
      assertThat(json).contains("\"interrupted_in\": \"verify\"", "verify --resume r");

      try (AnalyzerJar jar = stores.verify("--resume", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(1);
      }
      assertThat(mismatchRows(stores.run())).isEqualTo(StoresAtRest.MISSING);
      assertThat(Files.readString(stores.run().resolve("verify.csv")))
          .contains("string,MISSING_ON_REPLICA," + StoresAtRest.MISSING + ",")
          .contains("string,EQUAL," + (StoresAtRest.KEYS - StoresAtRest.MISSING) + ",");
      assertThat(Files.readString(stores.run().resolve("run.json")))
          .contains("\"complete\": true", "went on after ")
          .doesNotContain("verify --resume r");
      assertThat(stores.run().resolve("verify")).doesNotExist();
    }
  }

  @WaitingTest
  void whereResumingCannotGoOnEveryResultIsKeptAsItWas() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      interruptAtACheckpoint(stores);
      Map<String, String> kept = contents(stores.run());

      refused(stores, 2, "asked for something else", "--resume", "r", "--match", "key:1*");
      assertThat(contents(stores.run())).isEqualTo(kept);

      stores.replica().close();
      refused(stores, 5, "Could not run", "--resume", "r", "--connect-timeout", "1s");
      assertThat(contents(stores.run())).isEqualTo(kept);
    }
  }

  @WaitingTest
  void aDatabaseThatHasAppearedBeforeTheCheckpointsIsLookedAtToo() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder, 1)) {
      killAtACheckpoint(stores, "--db", "all");
      try (RedisConnection source = RedisConnection.open(stores.source().endpoint(Side.SOURCE))) {
        source.expect("SET", "late", "1");
      }

      resume(stores, 1, "went on after ", "--db", "all");

      assertThat(mismatchRows(stores.run())).isEqualTo(StoresAtRest.MISSING + 1);
    }
  }

  @WaitingTest
  void aReplicaThatWasFlushedSinceTheBeginIsComparedFromTheBeginAgain() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      killAtACheckpoint(stores);
      try (RedisConnection replica =
          RedisConnection.open(stores.replica().endpoint(Side.REPLICA))) {
        replica.expect("FLUSHALL");
      }

      resume(stores, 1, "the replica was flushed since the begin");

      assertThat(mismatchRows(stores.run())).isEqualTo(StoresAtRest.KEYS);
    }
  }

  @WaitingTest
  void aDatabaseThatWasDoneAndHasLostItsKeysSinceIsSaidThoughNobodyCountsFlushes()
      throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder, 1)) {
      for (EmbeddedServer server : List.of(stores.source(), stores.replica())) {
        try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
          connection.expect(
              "EVAL", "for i = 1, 1000 do redis.call('SET', 'done:' .. i, i) end", "0");
        }
      }
      killAtACheckpoint(stores, "--db", "all");
      try (RedisConnection replica =
          RedisConnection.open(stores.replica().endpoint(Side.REPLICA))) {
        replica.expect("FLUSHDB");
        replica.expect("CONFIG", "RESETSTAT");
      }

      resume(stores, 1, "also: the verification: the replica lost keys", "--db", "all");

      assertThat(mismatchRows(stores.run())).isEqualTo(StoresAtRest.MISSING);
      assertThat(Files.readString(stores.run().resolve("run.json")))
          .contains("\"complete\": false", "it held 0 of db 0 and the source 1,000; verify again")
          .doesNotContain("verify --resume r with");
      assertThat(stores.run().resolve("verify")).doesNotExist();
    }
  }

  @WaitingTest
  void whatWasRenamedOverKeysThatHadBeenLookedAtBeforeTheCutIsLookedAt() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      eachOn(stores.source(), "redis.call('SET', 'staging:' .. i, i)");
      eachOn(stores.replica(), "redis.call('SET', 'staging:' .. i, 'corrupt')");
      killAtACheckpoint(stores);
      for (EmbeddedServer server : List.of(stores.source(), stores.replica())) {
        eachOn(server, "redis.call('RENAME', 'staging:' .. i, 'key:' .. i)");
      }

      resume(stores, 1, "every value was looked at once more");

      List<String> keys =
          CsvFiles.read(stores.run().resolve("mismatches.csv")).stream()
              .map(row -> row.get(1))
              .filter(key -> key.startsWith("key:"))
              .toList();
      assertThat(keys).hasSize(StoresAtRest.KEYS).doesNotHaveDuplicates();
    }
  }

  private static void eachOn(EmbeddedServer server, String does) {
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      connection.expect("EVAL", "for i = 1, " + StoresAtRest.KEYS + " do " + does + " end", "0");
    }
  }

  @WaitingTest
  void aRunThatIsGoneOnWithKeepsItsName() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      killAtACheckpoint(stores);
      Map<String, String> kept = contents(stores.run());

      refused(
          stores,
          2,
          "--run-id other: a run that is gone on with keeps its name, r",
          "--resume",
          "r",
          "--run-id",
          "other");
      assertThat(contents(stores.run())).isEqualTo(kept);
      assertThat(folder.resolve("results/other")).doesNotExist();

      resume(stores, 1, "went on after ", "--run-id", "r");
    }
  }

  @WaitingTest
  void aRunThatIsNotThereIsRefused() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      refused(stores, 2, "no run.json in r nor in results/r", "--resume", "r");
      assertThat(folder.resolve("results")).doesNotExist();
    }
  }

  @WaitingTest
  void aRunThatIsCompleteIsRefusedAndKept() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      try (AnalyzerJar jar = stores.verify("--run-id", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(1);
      }
      Map<String, String> kept = contents(stores.run());

      refused(stores, 2, "is complete; to compare anew, leave out --resume", "--resume", "r");

      assertThat(contents(stores.run())).isEqualTo(kept);
    }
  }

  @WaitingTest
  void aRunThatStoppedAtItsLimitHasNoCheckpointAndIsRefusedAndKept() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      try (AnalyzerJar jar = stores.verify("--run-id", "r", "--max-mismatches", "3")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(1);
      }
      Map<String, String> kept = contents(stores.run());

      refused(stores, 2, "has no checkpoint to go on from (the verification: ", "--resume", "r");

      assertThat(contents(stores.run())).isEqualTo(kept);
    }
  }

  @WaitingTest
  void aRunThatWasKilledBeforeItsFirstCheckpointBeginsAgain() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      try (AnalyzerJar jar = stores.verify("--run-id", "r", "--rate", "1000")) {
        jar.awaitSaid("verify: begins", LONG);
        jar.handle().destroyForcibly();
        assertThat(jar.await(LONG)).isEqualTo(137);
      }
      try (AnalyzerJar jar = stores.verify("--resume", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(1);
        assertThat(jar.out().replaceAll("\\s+", " "))
            .contains("there is no checkpoint to go on from: everything is looked at");
      }
    }
  }

  @WaitingTest
  void aRunOfAnotherCommandIsRefusedAndKept() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      Path work = Files.createDirectories(stores.run().resolve("verify"));
      Files.writeString(work.resolve("verify-checkpoint.json"), "{}");
      Files.writeString(
          stores.run().resolve("run.json"),
          "{\"format\": 1, \"run_id\": \"r\", \"command\": \"load-and-verify\","
              + " \"started_at\": \"2026-01-02T03:04:05Z\"}");
      Map<String, String> kept = contents(stores.run());

      refused(stores, 2, "is a run of load-and-verify, and only one of verify", "--resume", "r");

      assertThat(contents(stores.run())).isEqualTo(kept);
    }
  }

  @WaitingTest
  void theReportOfAKilledVerificationTellsHowToGoOnAndThatWorks() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      killAtACheckpoint(stores);
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), "report", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isZero();
        assertThat(jar.out())
            .contains("the run has not finished", "verify --resume r with the same options")
            .doesNotContain("did not run");
      }
      try (AnalyzerJar jar = stores.verify("--resume", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(1);
      }
      assertThat(mismatchRows(stores.run())).isEqualTo(StoresAtRest.MISSING);
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), "report", "r")) {
        assertThat(jar.await(LONG)).describedAs(jar.err()).isZero();
        assertThat(jar.out()).contains("Not equal").doesNotContain("--resume");
      }
    }
  }

  @WaitingTest
  void aCheckpointOfAnotherVersionIsRefusedAndKept() throws Exception {
    try (StoresAtRest stores = StoresAtRest.start(folder)) {
      killAtACheckpoint(stores);
      Path checkpoint = stores.run().resolve("verify/verify-checkpoint.json");
      String own = Files.readString(checkpoint);
      for (String other :
          List.of(own.replaceFirst("\"format\":2", "\"format\":1"), "{\"asked\":\"\"}", "{")) {
        Files.writeString(checkpoint, other);
        Map<String, String> kept = contents(stores.run());

        refused(stores, 2, "or leave out --resume", "--resume", "r");

        assertThat(contents(stores.run())).isEqualTo(kept);
      }
      Files.writeString(checkpoint, own);
      resume(stores, 1, "went on after ");
    }
  }

  private static void interruptAtACheckpoint(StoresAtRest stores) throws Exception {
    try (AnalyzerJar jar = stores.verifyToACheckpoint()) {
      jar.interrupt();
      assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(130);
      assertThat(jar.err()).doesNotContain("\tat ");
    }
  }

  private static void killAtACheckpoint(StoresAtRest stores, String... more) throws Exception {
    try (AnalyzerJar jar = stores.verifyToACheckpoint(more)) {
      jar.handle().destroyForcibly();
      assertThat(jar.await(LONG)).isEqualTo(137);
    }
  }

  /** Goes on with the run {@code r} to its end. */
  private static void resume(StoresAtRest stores, int exit, String noted, String... more)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("--resume", "r"));
    words.addAll(List.of(more));
    try (AnalyzerJar jar = stores.verify(words.toArray(String[]::new))) {
      assertThat(jar.await(LONG)).describedAs(jar.out() + jar.err()).isEqualTo(exit);
      assertThat(jar.out().replaceAll("\\s+", " ")).contains(noted);
    }
  }

  private static void refused(StoresAtRest stores, int exit, String says, String... words)
      throws Exception {
    try (AnalyzerJar jar = stores.verify(words)) {
      assertThat(jar.await(LONG)).describedAs(jar.out() + jar.err()).isEqualTo(exit);
      assertThat(jar.err()).contains(says).doesNotContain("\tat ");
      assertThat(jar.err().lines().filter(line -> line.contains(says))).hasSize(1);
    }
  }

  private static long mismatchRows(Path run) throws IOException {
    List<List<String>> records = CsvFiles.read(run.resolve("mismatches.csv"));
    return records.stream().filter(row -> row.contains("MISSING_ON_REPLICA")).count();
  }

  /** Every file of a run, and what it holds. */
  private static Map<String, String> contents(Path run) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            run.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
