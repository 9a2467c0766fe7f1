package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} of several replicas, as a user sees it. The stores are at rest. */
class VerifySeveralIT {
  private final List<EmbeddedServer> servers = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    for (int i = 0; i < 3; i++) {
      EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
      servers.add(server);
      try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
        for (int key = 0; key < 20; key++) {
          connection.expect("SET", "key" + key, "v");
        }
        if (i == 2) {
          connection.expect("SET", "key7", "other");
        }
      }
    }
  }

  @AfterEach
  void stop() {
    servers.forEach(EmbeddedServer::close);
  }

  private String address(int server) {
    return "127.0.0.1:" + servers.get(server).port();
  }

  private int verify(String name, String... replicas) {
    List<String> words =
        new ArrayList<>(List.of("verify", "--fence", "none", "--quiet", "--timeout", "1s"));
    words.addAll(List.of("--source", "redis://" + address(0), "--run-id", name));
    words.addAll(List.of("--results", folder.toString()));
    words.addAll(List.of("--junit", folder.resolve(name + ".xml").toString()));
    for (String replica : replicas) {
      words.addAll(List.of("--replica", "redis://" + replica));
    }
    return run(words);
  }

  private int run(List<String> words) {
    out.reset();
    err.reset();
    return AnalyzerCli.run(
        words,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of());
  }

  private String file(String run, String name) throws Exception {
    return Files.readString(folder.resolve(run).resolve(name));
  }

  @Test
  void everyFileTellsOfEachAndTheWorstIsTheRuns() throws Exception {
    assertThat(verify("both", address(1), address(2))).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(address(1) + "  20 equal")
        .contains(address(2) + "  19 equal, 1 mismatched")
        .contains("worst " + address(2))
        .contains("value differs on " + address(2) + ": key7")
        .contains("Not equal: 1 key differs (1 value differs) on " + address(2));
    assertThat(file("both", "verify.csv"))
        .contains(
            "string,EQUAL,20,20,20," + address(1),
            "string,EQUAL,19,19,19," + address(2),
            "string,VALUE_DIFFERS,1,1,1," + address(2));
    assertThat(file("both", "mismatches.csv").lines().skip(1).toList())
        .singleElement()
        .asString()
        .startsWith("0,key7,VALUE_DIFFERS")
        .endsWith("," + address(2) + ",");
    assertThat(file("both", "summary.csv"))
        .contains("verify,source_keys,20,keys", "verify,replica_keys,40,keys")
        .contains("verify,replica_2_address," + address(2), "verify,replica_2_mismatched,1,keys");
    assertThat(file("both", "report.html")).contains("Worst: " + address(2));
    assertThat(Files.readString(folder.resolve("both.xml")))
        .contains("no key: value differs on " + address(1), "on " + address(2));
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).hasSize(2);
    assertThat(folder.resolve("both").resolve("verify")).doesNotExist();

    assertThat(run(List.of("report", "both", "--results", folder.toString()))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("worst " + address(2));
  }

  @Test
  void oneThatIsAwayHasNoResultAndTheOthersHaveTheirs() throws Exception {
    assertThat(verify("away", address(1), "127.0.0.1:1")).isEqualTo(5);
    assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " "))
        .contains(address(1) + " 20 equal")
        .contains("127.0.0.1:1 no result: nothing listens")
        .contains("worst 127.0.0.1:1", "Could not run: 127.0.0.1:1: nothing listens");
    assertThat(file("away", "verify.csv")).contains("string,EQUAL,20,20,20," + address(1));
    assertThat(file("away", "run.json")).contains("\"complete\": false");
  }

  @Test
  void whereNoneCanBeUsedTheRunCouldNotRun() {
    assertThat(verify("none", "127.0.0.1:1", "127.0.0.1:2")).isEqualTo(5);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("nothing listens");
  }

  @Test
  void oneNamedTwiceIsWrongUsage() {
    assertThat(verify("twice", address(1), address(1))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--replica names " + address(1) + " twice");
    assertThat(folder.resolve("twice")).doesNotExist();
  }
}
