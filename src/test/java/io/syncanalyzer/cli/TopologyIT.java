package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node of a cluster, and a Sentinel: recognised by every command, on either side. */
class TopologyIT {
  @TempDir Path folder;
  private String said = "";

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aClusterWithoutSlotsIsRefusedByEveryCommandOnEitherSide(ServerBinary binary) {
    // Its bus listens ten thousand ports above, which must exist.
    int port = 20_000 + new SplittableRandom().nextInt(10_000);
    try (EmbeddedServer node =
            EmbeddedServer.start(binary, port, List.of("--cluster-enabled", "yes"));
        EmbeddedServer plain = EmbeddedServer.start(binary, 0, List.of())) {
      String cluster = "redis://127.0.0.1:" + node.port();
      String other = "redis://127.0.0.1:" + plain.port();
      refusedByAll(cluster, other, "slots 0-16383 have no owner", "is a node of a Redis Cluster");
      try (RedisConnection connection = RedisConnection.open(plain.endpoint(Side.SOURCE))) {
        assertThat(connection.expect("DBSIZE").toString()).contains("0");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aSentinelIsRefusedByEveryCommandOnEitherSide(ServerBinary binary) throws Exception {
    try (EmbeddedServer plain = EmbeddedServer.start(binary, 0, List.of())) {
      int port = 20_000 + new SplittableRandom().nextInt(10_000);
      Path config =
          Files.writeString(
              folder.resolve("sentinel.conf"),
              "port "
                  + port
                  + "\nbind 127.0.0.1\ndir "
                  + folder
                  + "\nsentinel monitor shop 127.0.0.1 "
                  + plain.port()
                  + " 1\n");
      Process sentinel =
          new ProcessBuilder(binary.path().toString(), config.toString(), "--sentinel")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("sentinel.log").toFile())
              .start();
      try {
        String address = "redis://127.0.0.1:" + port;
        awaitUp(Endpoint.parse(Side.SOURCE, address));
        refusedByAll(
            address,
            "redis://127.0.0.1:" + plain.port(),
            "is a Redis Sentinel, which holds no keys (it watches shop at 127.0.0.1:"
                + plain.port()
                + "); name a service that it watches",
            "is a Redis Sentinel");
        refusedByClean(
            address, "is a Redis Sentinel, which holds no keys (it watches shop at 127.0.0.1:");
      } finally {
        sentinel.destroyForcibly();
        assertThat(sentinel.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private void refusedByAll(String what, String plain, String why, String alone) {
    List<List<String>> commands =
        List.of(
            List.of("verify"),
            List.of("verify", "--fence", "none"),
            List.of("probe", "--duration", "5s"),
            List.of("load-and-verify", "--load-engine", "none", "--fence", "none"));
    for (List<String> command : commands) {
      refused(command, "--source", what, "--replica", plain, why);
      refused(command, "--source", plain, "--replica", what, why);
    }
    refused(List.of("load", "--load-engine", "jmh"), "--source", what, why);
    List<String> selftest = List.of("selftest", "--yes");
    refused(selftest, "--source", what + "/9", "--replica", plain + "/9", alone);
    refused(selftest, "--source", plain + "/9", "--replica", what + "/9", alone);
  }

  private void refusedByClean(String what, String why) {
    refused(List.of("clean"), "--source", what, why);
    refused(List.of("clean"), "--source", what + "/3", why);
    refused(List.of("clean"), "--source", what.replace("//", "//:secret@"), why);
    refused(List.of("clean", "--dry-run"), "--source", what, why);
  }

  /** Runs a command with more words; the last of them is what it must say, in one line. */
  private void refused(List<String> command, String... more) {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(more).subList(0, more.length - 1));
    words.addAll(List.of("--timeout", "300ms"));
    if (!List.of("clean", "selftest").contains(command.get(0))) {
      words.addAll(List.of("--results", folder.resolve("results").toString(), "--quiet"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = AnalyzerCli.run(words, to, to, Map.of("PATH", System.getenv("PATH")));
    said = out.toString(StandardCharsets.UTF_8);
    assertThat(status).as("%s: %s", words, said).isEqualTo(5);
    assertThat(said).as("%s", words).contains(more[more.length - 1]).doesNotContain("Equal.");
    assertThat(said.lines().filter(line -> line.contains(more[more.length - 1]))).hasSize(1);
    assertThat(said).doesNotContain("secret");
  }

  private static void awaitUp(Endpoint endpoint) throws InterruptedException, IOException {
    for (int i = 0; ; i++) {
      try {
        RedisConnection.open(endpoint).close();
        return;
      } catch (RedisFailure e) {
        if (i == 100) {
          throw new IOException(e);
        }
        Thread.sleep(100);
      }
    }
  }
}
