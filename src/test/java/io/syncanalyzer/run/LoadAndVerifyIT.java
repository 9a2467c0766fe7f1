package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole run as a user starts it: the jar, real servers, real forks. */
class LoadAndVerifyIT {
  private static final Duration LONG = Duration.ofMinutes(3);

  @TempDir Path folder;

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @Test
  void anEmbeddedRunLeavesEveryFileAndEndsWithZero() throws Exception {
    runEmbedded(TestServers.bundled());
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("servers")
  void anEmbeddedRunOfEachServerLeavesEveryFileAndEndsWithZero(ServerBinary binary)
      throws Exception {
    runEmbedded(binary);
  }

  private void runEmbedded(ServerBinary binary) throws Exception {
    try (AnalyzerJar jar =
        AnalyzerJar.start(
            folder,
            Map.of(),
            "load-and-verify",
            "--embedded",
            "--redis-server",
            binary.path().toString(),
            "--load-engine",
            "jmh",
            "--duration",
            "3s",
            "--warmup",
            "1s",
            "--baseline",
            "1s",
            "--sentinel-rate",
            "300",
            "--run-id",
            "whole")) {
      assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isZero();
      assertThat(jar.out()).contains("Equal.").contains("exit status 0");
      assertThat(jar.out().lines()).allMatch(line -> line.length() <= 100);
      assertThat(jar.err()).contains("embedded " + binary.version());
    }
    Path run = folder.resolve("results/whole");
    for (String name :
        List.of(
            "summary.csv",
            "load.csv",
            "load_timeline.csv",
            "inserts.csv",
            "lag.csv",
            "lag_accounting.csv",
            "lag_timeline.csv",
            "lag.hlog",
            "lag_upper_ms.hgrm",
            "lag_lower_ms.hgrm",
            "verify.csv",
            "mismatches.csv",
            "jmh.json",
            "jmh.log",
            "run.json",
            "report.html")) {
      assertThat(run.resolve(name)).isNotEmptyFile();
    }
    assertThat(run.resolve("memtier_benchmark.txt")).doesNotExist();
    assertThat(folder.resolve("results/runs.csv")).isNotEmptyFile();
    JsonObject json = json(run);
    assertThat(json.get("complete").getAsBoolean()).isTrue();
    accountingAddsUp(run);
    assertThat(Files.readString(run.resolve("lag_accounting.csv"))).contains("floor,", "load,");
    for (String type : List.of("string", "hash", "list", "set", "zset", "stream")) {
      assertThat(Files.readString(run.resolve("inserts.csv"))).contains(type + ",");
      assertThat(Files.readString(run.resolve("verify.csv"))).contains(type + ",EQUAL,");
    }
    try (Stream<Path> left = Files.list(run)) {
      assertThat(left.filter(Files::isDirectory)).isEmpty();
    }
  }

  @Test
  void aRunOnAPairOfOnesOwnLeavesItsKeysAndRemovesTheSentinels() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source())) {
      source.expect("SET", "mine", "precious");
      try (AnalyzerJar jar = onPair(pair, Map.of(), "--load-engine", "none")) {
        assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isZero();
      }
      assertThat(source.call("DBSIZE")).isEqualTo(new Reply.Int(1));
      assertThat(source.call("EXISTS", "mine")).isEqualTo(new Reply.Int(1));
    }
  }

  @Test
  void aReplicaThatLostAndChangedAndInventedKeysIsExitOneWithEachOfThemNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      for (String key : List.of("lost", "changed", "retyped", "fine")) {
        source.expect("SET", key, "v");
      }
      source.expect("SET", "mortal", "v", "EX", "9000");
      source.expect("WAIT", "1", "5000");
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect("DEL", "lost");
      replica.expect("SET", "changed", "w");
      replica.expect("DEL", "retyped");
      replica.expect("RPUSH", "retyped", "v");
      replica.expect("PERSIST", "mortal");
      replica.expect("SET", "=invented", "v");
      try (AnalyzerJar jar = onPair(pair, Map.of(), "--load-engine", "none")) {
        assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isEqualTo(1);
        assertThat(jar.out()).contains("Not equal: 5 keys differ");
      }
      String mismatches = Files.readString(folder.resolve("results/r/mismatches.csv"));
      assertThat(mismatches)
          .contains("0,lost,MISSING_ON_REPLICA,")
          .contains("0,changed,VALUE_DIFFERS,")
          .contains("0,retyped,TYPE_DIFFERS,")
          .contains("0,mortal,TTL_DIFFERS,")
          .contains("0,\\x3Dinvented,EXTRA_ON_REPLICA,")
          .doesNotContain("fine");
      assertThat(mismatches.lines()).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"floor: begins", "100 %"})
  void anInterruptKeepsWhatThereIsAndLeavesNothingRunning(String at) throws Exception {
    interrupt(at);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"load: begins", "verify: begins"})
  void anInterruptBetweenPhasesKeepsWhatThereIsAndLeavesNothingRunning(String at) throws Exception {
    interrupt(at);
  }

  private void interrupt(String at) throws Exception {
    String say = at.equals("100 %") ? "load:  " : at;
    try (AnalyzerJar jar =
        AnalyzerJar.start(
            folder,
            Map.of(),
            "load-and-verify",
            "--embedded",
            "--load-engine",
            "jmh",
            "--duration",
            say.equals("load:  ") ? "60s" : "2s",
            "--warmup",
            "1s",
            "--baseline",
            "1s",
            "--run-id",
            "r")) {
      jar.awaitSaid(say, LONG);
      List<ProcessHandle> children = jar.handle().descendants().toList();
      jar.interrupt();
      assertThat(jar.await(Duration.ofSeconds(60))).describedAs(jar.err()).isEqualTo(130);
      assertThat(children).isNotEmpty();
      for (ProcessHandle child : children) {
        child.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
      }
      assertThat(jar.err()).doesNotContain("\tat ");
    }
    JsonObject json = json(folder.resolve("results/r"));
    assertThat(json.get("complete").getAsBoolean()).isFalse();
    assertThat(json.toString()).contains("interrupted");
    if (Files.exists(folder.resolve("results/r/lag_accounting.csv"))) {
      accountingAddsUp(folder.resolve("results/r"));
    }
  }

  @Test
  void aReplicaOfAnotherSourceIsExitFiveBeforeAByteIsWritten() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer other = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        AnalyzerJar jar =
            AnalyzerJar.start(
                folder,
                Map.of(),
                "load-and-verify",
                "--source",
                "redis://127.0.0.1:" + other.port(),
                "--replica",
                "redis://" + pair.replica().address(),
                "--load-engine",
                "none")) {
      assertThat(jar.await(LONG)).isEqualTo(5);
      assertThat(jar.err()).contains("follows " + pair.source().address());
      try (RedisConnection source =
          RedisConnection.open(other.endpoint(io.syncanalyzer.redis.Side.SOURCE))) {
        assertThat(source.call("DBSIZE")).isEqualTo(new Reply.Int(0));
      }
    }
  }

  @Test
  void twoStoresThatFollowNothingAreExitFiveUnlessToldTheyAreAtRest() throws Exception {
    try (EmbeddedServer one = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer two = EmbeddedServer.start(TestServers.bundled(), 0, List.of())) {
      try (RedisConnection a =
              RedisConnection.open(one.endpoint(io.syncanalyzer.redis.Side.SOURCE));
          RedisConnection b =
              RedisConnection.open(two.endpoint(io.syncanalyzer.redis.Side.SOURCE))) {
        for (RedisConnection each : List.of(a, b)) {
          each.expect("SET", "same", "v");
        }
        b.expect("SET", "more", "v");
      }
      String[] words = {
        "verify",
        "--source",
        "redis://127.0.0.1:" + one.port(),
        "--replica",
        "redis://127.0.0.1:" + two.port(),
        "--fence-timeout",
        "2s"
      };
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), words)) {
        assertThat(jar.await(LONG)).describedAs(jar.out()).isEqualTo(5);
      }
      List<String> atRest = new ArrayList<>(List.of(words));
      atRest.addAll(List.of("--fence", "none", "--run-id", "rest"));
      try (AnalyzerJar jar = AnalyzerJar.start(folder, Map.of(), atRest.toArray(String[]::new))) {
        assertThat(jar.await(LONG)).describedAs(jar.out()).isEqualTo(1);
      }
      assertThat(Files.readString(folder.resolve("results/rest/mismatches.csv")))
          .contains("0,more,EXTRA_ON_REPLICA,");
    }
  }

  @Test
  void aPasswordIsFoundNowhereInWhatARunLeaves() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (var endpoint : List.of(pair.source(), pair.replica())) {
        try (RedisConnection admin = RedisConnection.open(endpoint)) {
          admin.expect("ACL", "SETUSER", "ann", "on", ">hunter2hunter2", "~*", "&*", "+@all");
        }
      }
      Map<String, String> secret =
          Map.of(
              "ANALYZER_SOURCE_USER", "ann",
              "ANALYZER_SOURCE_PASSWORD", "hunter2hunter2",
              "ANALYZER_REPLICA_USER", "ann",
              "ANALYZER_REPLICA_PASSWORD", "hunter2hunter2");
      try (AnalyzerJar jar = onPair(pair, secret, "--load-engine", "jmh", "--debug")) {
        jar.awaitSaid("load: begins", LONG);
        Thread.sleep(3000);
        String argv =
            jar.handle()
                .descendants()
                .map(child -> child.info().commandLine().orElse(""))
                .reduce("", String::concat);
        assertThat(argv).contains("java").doesNotContain("hunter2");
        assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isZero();
        assertThat(jar.out() + jar.err()).doesNotContain("hunter2");
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
              .describedAs(file.toString())
              .doesNotContain("hunter2");
        }
      }
    }
  }

  private AnalyzerJar onPair(EmbeddedPair pair, Map<String, String> environment, String... more)
      throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "load-and-verify",
                "--source",
                "redis://" + pair.source().address(),
                "--replica",
                "redis://" + pair.replica().address(),
                "--warmup",
                "1s",
                "--baseline",
                "1s",
                "--sentinel-rate",
                "200",
                "--run-id",
                "r"));
    if (!List.of(more).contains("--duration")) {
      words.addAll(List.of("--duration", "2s"));
    }
    words.addAll(List.of(more));
    return AnalyzerJar.start(folder, environment, words.toArray(String[]::new));
  }

  private static void accountingAddsUp(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("lag_accounting.csv"));
    assertThat(lines.size()).isGreaterThan(1);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      long parts = 0;
      for (int i = 2; i <= 5; i++) {
        parts += Long.parseLong(cells[i]);
      }
      assertThat(parts).describedAs(line).isEqualTo(Long.parseLong(cells[1]));
    }
  }

  private static JsonObject json(Path run) throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("run.json"))).getAsJsonObject();
  }
}
