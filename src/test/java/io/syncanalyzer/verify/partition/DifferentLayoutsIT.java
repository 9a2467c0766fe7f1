package io.syncanalyzer.verify.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores at rest that lie differently over their nodes, and one whose node is lost meanwhile. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DifferentLayoutsIT {
  private static final int KEYS = 6_000;
  private static final int LATE = 400;

  private static TestCluster three;
  private static TestCluster two;
  private static EmbeddedServer one;

  @TempDir private Path folder;
  private VerifySettings settings =
      VerifySettings.DEFAULT.with(SettleSettings.DEFAULT.withFence(FenceMode.NONE));
  private volatile Consumer<VerifyProgress> heard = progress -> {};

  @BeforeAll
  static void start() {
    three = TestCluster.start(3, 1);
    two = TestCluster.start(2, 0);
    one = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    three.fill("key:", KEYS, "value");
    three.awaitReplicas();
    two.fill("key:", KEYS, "value");
    try (RedisConnection connection = RedisConnection.open(one.endpoint(Side.SOURCE))) {
      for (int i = 0; i < KEYS; i++) {
        connection.expect("SET", "key:" + i, "value");
      }
      connection.expect("SET", "key:5", "other");
      connection.expect("DEL", "key:6");
      connection.expect("RPUSH", "mine", "x");
    }
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    three.close();
  }

  private static Topology topology(Endpoint seed) {
    return Topologies.discover(
        seed.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)),
        TopologyChoice.AUTO,
        NodeMap.NONE);
  }

  private PartitionedSummary verify(Endpoint from, Endpoint to) {
    Topology source = topology(from);
    Topology replica = topology(to);
    Supplier<List<ShardPair>> pairs =
        () -> ShardPairs.ofPrimaries(Topologies.again(source), Topologies.again(replica));
    return new PartitionedVerification(
            new PartitionedRequest(pairs.get(), "it", folder, settings, false),
            pairs,
            PartitionWork.here(NanoClock.SYSTEM),
            progress -> heard.accept(progress),
            NanoClock.SYSTEM)
        .run();
  }

  private static List<String> words(PartitionedSummary all) {
    List<String> words = new ArrayList<>();
    all.whole().mismatches().forEach(row -> words.add(row.key().asUtf8() + " " + row.verdict()));
    return words;
  }

  private static long sum(PartitionedSummary all) {
    return all.partitions().stream().mapToLong(VerifyPartition::keys).sum();
  }

  @Test
  @Order(1)
  void aClusterIsComparedWithOneServerAndTheOtherWayRound() {
    PartitionedSummary there = verify(three.endpoint(0, Side.SOURCE), one.endpoint(Side.REPLICA));
    assertThat(there.whole().incomplete()).isNull();
    assertThat(words(there))
        .containsExactlyInAnyOrder(
            "key:5 VALUE_DIFFERS", "key:6 MISSING_ON_REPLICA", "mine EXTRA_ON_REPLICA");
    assertThat(there.whole().keys()).isEqualTo(KEYS + 1).isEqualTo(sum(there));

    PartitionedSummary back = verify(one.endpoint(Side.SOURCE), two.endpoint(0, Side.REPLICA));
    assertThat(back.whole().incomplete()).isNull();
    assertThat(words(back))
        .containsExactlyInAnyOrder(
            "key:5 VALUE_DIFFERS", "key:6 EXTRA_ON_REPLICA", "mine MISSING_ON_REPLICA");
    assertThat(back.whole().keys()).isEqualTo(KEYS + 1).isEqualTo(sum(back));
  }

  @Test
  @Order(2)
  void clustersWhoseShardsOverlapAreComparedWhereTheyDo() {
    two.put("SET", "key:9", "other");
    PartitionedSummary all = verify(three.endpoint(0, Side.SOURCE), two.endpoint(0, Side.REPLICA));
    assertThat(all.whole().incomplete()).isNull();
    assertThat(words(all)).containsExactly("key:9 VALUE_DIFFERS");
    assertThat(all.whole().keys()).isEqualTo(KEYS).isEqualTo(sum(all));
    assertThat(
            all.partitions().stream()
                .map(row -> row.sourceNode() + " " + row.replicaNode())
                .distinct())
        .hasSize(4);
    two.put("SET", "key:9", "value");
  }

  @Test
  @Order(3)
  void keysThatComeToAPartitionThatIsDoneWhileOthersAreNotAreFound() throws Exception {
    settings = settings.withRate(KEYS / 3.0);
    AtomicBoolean came = new AtomicBoolean();
    heard =
        progress -> {
          boolean someAreDone =
              progress.step().matches(".*[(](?!0 )\\d+ of \\d+ partitions done.*");
          if (someAreDone && came.compareAndSet(false, true)) {
            three.fill("late:", LATE, "value");
          }
        };
    PartitionedSummary all = verify(three.endpoint(0, Side.SOURCE), two.endpoint(0, Side.REPLICA));
    assertThat(came).isTrue();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(all.whole().keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(LATE);
    assertThat(words(all)).hasSize(LATE).allMatch(word -> word.startsWith("late:"));
    assertThat(all.whole().keys()).isEqualTo(KEYS + LATE).isEqualTo(sum(all));
    assertThat(all.partitions()).allMatch(row -> row.attempts() == 1);
    assertThat(all.whole().notes())
        .anyMatch(note -> note.contains("scanned again when all were done"));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("verify-seen.bin", "verify-checkpoint.json");
    }
    for (int i = 0; i < LATE; i++) {
      three.put("DEL", "late:" + i);
    }
  }

  @Test
  @Order(4)
  void whatANodeHeldThatFailsOverIsComparedAgainWithTheOneInItsPlace() {
    settings = settings.withRate(KEYS / 4.0);
    AtomicBoolean killed = new AtomicBoolean();
    heard =
        progress -> {
          if (progress.keysDone() > KEYS / 4 && killed.compareAndSet(false, true)) {
            three.kill(1);
          }
        };
    PartitionedSummary all = verify(three.endpoint(0, Side.SOURCE), two.endpoint(0, Side.REPLICA));
    assertThat(killed).isTrue();
    assertThat(all.whole().incomplete()).isNull();
    assertThat(words(all)).isEmpty();
    assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(KEYS).isEqualTo(sum(all));
    assertThat(all.whole().notes()).anyMatch(note -> note.startsWith("failover: "));
    String lost = three.endpoint(1, Side.SOURCE).address();
    assertThat(all.partitions()).noneMatch(row -> row.sourceNode().equals(lost));
    assertThat(all.partitions()).anyMatch(row -> row.attempts() > 1);
  }
}
