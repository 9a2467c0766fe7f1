package io.syncanalyzer.verify.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
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
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster with several databases, on Valkey, which alone has such; what is told of others stands
 * in {@code DatabasesTest}.
 */
@Timeout(120)
class ClusterDatabasesIT {
  private static final int FIRST = 30;
  private static final int SECOND = 20;

  @TempDir private Path folder;
  private int runs;

  @Test
  void theOneThatIsNamedIsComparedAndOthersAreNeverEqualUnseen() throws IOException {
    ServerBinary server = TestServers.valkey();
    try (TestCluster cluster =
        TestCluster.start(server, TestCluster.even(3), 1, "--cluster-databases", "4")) {
      fill(cluster, 0, FIRST);
      fill(cluster, 2, SECOND);
      cluster.awaitReplicas();

      PartitionedSummary all = verify(cluster, VerifySettings.DEFAULT);
      assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(FIRST);
      assertThat(all.whole().notLookedAt().otherDatabases()).isEqualTo(SECOND);

      PartitionedSummary named = verify(cluster, ofDatabase(0));
      assertThat(named.whole().keys(KeyVerdict.EQUAL)).isEqualTo(FIRST);
      assertThat(named.whole().notLookedAt().otherDatabases()).isZero();
      assertThat(named.whole().keysLeftOut()).isEqualTo(SECOND);

      PartitionedSummary second = verify(cluster, ofDatabase(2));
      assertThat(second.whole().keys()).isEqualTo(SECOND);
      assertThat(second.whole().keys(KeyVerdict.EQUAL)).isEqualTo(SECOND);
      assertThat(second.whole().keysLeftOut()).isEqualTo(FIRST);
    }
  }

  private static VerifySettings ofDatabase(int database) {
    return VerifySettings.DEFAULT.with(VerifyScope.ofDatabase(database));
  }

  /** Keys of a database over all slots, each at the node that has its slot. */
  private static void fill(TestCluster cluster, int database, int keys) {
    for (int i = 0; i < keys; i++) {
      String key = "key:" + i;
      Endpoint node = cluster.endpoint(cluster.primaryOf(key), Side.SOURCE);
      try (RedisConnection connection = RedisConnection.open(node.withDatabase(database))) {
        connection.expect("SET", key, "value " + database);
      }
    }
  }

  private PartitionedSummary verify(TestCluster cluster, VerifySettings settings)
      throws IOException {
    Topology source =
        Topologies.discover(
            cluster.topology(Side.SOURCE).seed(), TopologyChoice.AUTO, NodeMap.NONE);
    Topology replica =
        Topologies.discover(source.seed().as(Side.REPLICA), TopologyChoice.AUTO, NodeMap.NONE);
    Path work = Files.createDirectories(folder.resolve(Integer.toString(++runs)));
    Supplier<List<ShardPair>> pairs =
        () -> ShardPairs.ofReplicas(Topologies.again(source), Topologies.again(replica), 0);
    return new PartitionedVerification(
            new PartitionedRequest(pairs.get(), "it", work, settings, false),
            pairs,
            PartitionWork.here(NanoClock.SYSTEM),
            progress -> {},
            NanoClock.SYSTEM)
        .run();
  }
}
