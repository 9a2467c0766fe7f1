package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code verify} of a cluster whose primaries have two replicas each, of which one differs, and of
 * a cluster with two servers.
 */
@Timeout(120)
class VerifyLayersIT {
  private static final int KEYS = 1000;
  private static final String CHANGED = "key:7";

  private static TestCluster cluster;
  private static int behind;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;

  /** What a replica added later has from its primary, the first one never saw. */
  @BeforeAll
  static void start() {
    cluster = TestCluster.start(2, 1);
    cluster.fill("key:", KEYS, "value");
    cluster.awaitReplicas();
    int primary = cluster.primaryOf(CHANGED);
    behind = cluster.replicasOf(primary).get(0);
    cluster.behindReplicas("SET", CHANGED, "other");
    cluster.addReplicaOf(primary);
    cluster.addReplicaOf(1 - primary);
    cluster.awaitReplicas();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static String seed() {
    return cluster.endpoint(0, Side.SOURCE).address();
  }

  private static String address(int node) {
    return cluster.endpoint(node, Side.SOURCE).address();
  }

  /** What the replicas are told by of which the one that is behind is one. */
  private static String layerBehind() {
    for (Shard shard : cluster.topology(Side.SOURCE).shards()) {
      List<String> replicas = shard.replicas().stream().map(Endpoint::address).sorted().toList();
      if (replicas.contains(address(behind))) {
        return seed() + " replica " + (replicas.indexOf(address(behind)) + 1);
      }
    }
    throw new AssertionError("nobody has " + address(behind));
  }

  private static String otherLayer() {
    return seed() + " replica " + (layerBehind().endsWith("1") ? 2 : 1);
  }

  private int verify(String name, List<String> replicas, String... more) {
    List<String> words = new ArrayList<>(List.of("verify", "--quiet", "--timeout", "5s"));
    words.addAll(List.of("--source", "redis://" + seed(), "--run-id", name));
    words.addAll(List.of("--results", folder.toString()));
    replicas.forEach(replica -> words.addAll(List.of("--replica", "redis://" + replica)));
    words.addAll(List.of(more));
    out.reset();
    err.reset();
    return AnalyzerCli.run(
        words,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of());
  }

  private String screen() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> rows(String run, String name) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve(name)).stream().skip(1).toList();
  }

  /** The replica of a row of verify_partitions.csv. */
  private static String replica(String row) {
    return row.split(",", -1)[16];
  }

  private static int slots(Stream<String> partitions) {
    return partitions
        .map(row -> row.split(",", 6))
        .mapToInt(cells -> Integer.parseInt(cells[4]) - Integer.parseInt(cells[3]) + 1)
        .sum();
  }

  private static EmbeddedServer server(String changed) {
    EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      for (int i = 0; i < KEYS; i++) {
        connection.expect("SET", "key:" + i, "value");
      }
      connection.expect("SET", CHANGED, changed);
    }
    return server;
  }

  @Test
  void everyReplicaOfEachPrimaryIsVerifiedAndTheWorstIsTheRuns() throws IOException {
    assertThat(verify("own", List.of(seed()))).isEqualTo(1);

    assertThat(screen())
        .contains("replicas 2,000")
        .contains(layerBehind() + "  999 equal, 1 mismatched")
        .contains(otherLayer() + "  1,000 equal")
        .contains("worst " + layerBehind());
    assertThat(rows("own", "verify.csv"))
        .anyMatch(row -> row.startsWith("string,EQUAL,1000,") && row.endsWith("," + otherLayer()))
        .anyMatch(row -> row.startsWith("string,EQUAL,999,") && row.endsWith("," + layerBehind()))
        .anyMatch(row -> row.startsWith("string,VALUE_DIFFERS,1,"));
    assertThat(rows("own", "mismatches.csv"))
        .singleElement()
        .asString()
        .startsWith("0," + CHANGED + ",VALUE_DIFFERS")
        .endsWith("," + layerBehind() + "," + address(cluster.primaryOf(CHANGED)));
    List<String> partitions = rows("own", "verify_partitions.csv");
    for (String layer : List.of(layerBehind(), otherLayer())) {
      assertThat(slots(partitions.stream().filter(row -> replica(row).equals(layer))))
          .isEqualTo(HashSlot.COUNT);
    }
    for (int node = 2; node < cluster.size(); node++) {
      String replica = address(node);
      assertThat(slots(partitions.stream().filter(row -> row.split(",", 4)[2].equals(replica))))
          .isEqualTo(HashSlot.COUNT / 2);
    }
    assertThat(rows("own", "summary.csv"))
        .contains("verify,source_keys,1000,keys", "verify,replica_keys,2000,keys")
        .contains("verify,replica_1_address," + seed() + " replica 1,");
    assertThat(folder.resolve("own").resolve("verify")).doesNotExist();
  }

  @Test
  void aClusterAndEachOfTwoServersIsVerified() throws IOException {
    try (EmbeddedServer same = server("other");
        EmbeddedServer differs = server("third")) {
      String first = "127.0.0.1:" + same.port();
      String second = "127.0.0.1:" + differs.port();
      assertThat(verify("servers", List.of(first, second), "--fence", "none")).isEqualTo(1);
      assertThat(screen())
          .contains(first + "  1,000 equal")
          .contains(second + "  999 equal, 1 mismatched")
          .contains("worst " + second);
      assertThat(rows("servers", "verify_partitions.csv"))
          .anyMatch(row -> replica(row).equals(first))
          .anyMatch(row -> replica(row).equals(second));
    }
  }

  @Test
  void oneThatIsAwayDoesNotTakeTheClustersOwnReplicasAway() throws IOException {
    assertThat(verify("away", List.of(seed(), "127.0.0.1:1"))).isEqualTo(5);
    assertThat(screen().replaceAll("\\s+", " "))
        .contains(otherLayer() + " 1,000 equal")
        .contains(layerBehind() + " 999 equal, 1 mismatched")
        .contains("127.0.0.1:1 no result: nothing listens")
        .contains("worst 127.0.0.1:1");
  }
}
