package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what other tests rest on. */
class TestClusterIT {
  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aReplicaDiffersASlotMovesAndAFailoverIsSeenOnEveryServer(ServerBinary binary) {
    try (TestCluster cluster = TestCluster.start(binary, TestCluster.even(2), 1)) {
      cluster.put("SET", "{a}1", "same");
      cluster.awaitReplicas();
      cluster.behindReplicas("SET", "{a}1", "other");
      int slot = HashSlot.of(Bytes.utf8("a"));
      int owner = cluster.primaryOf(slot);
      assertThat(replicaSays(cluster, cluster.replicasOf(owner).get(0), "{a}1")).isEqualTo("same");
      assertThat(cluster.put("GET", "{a}1")).isEqualTo(new Reply.Text(Bytes.utf8("other")));

      int other = owner == 0 ? 1 : 0;
      cluster.move(slot, other);
      assertThat(cluster.primaryOf(slot)).isEqualTo(other);
      assertThat(cluster.put("GET", "{a}1")).isEqualTo(new Reply.Text(Bytes.utf8("other")));

      int replica = cluster.replicasOf(other).get(0);
      cluster.failover(replica);
      assertThat(cluster.primaryOf(slot)).isEqualTo(replica);
      assertThat(cluster.replicasOf(replica)).containsExactly(other);
    }
  }

  @Test
  void aSlotCanBeLeftHalfMovedAndAShardBeAdded() {
    List<SlotSet> layout = List.of(SlotSet.parse("0-99,200-16383"), SlotSet.parse("100-199"));
    try (TestCluster cluster = TestCluster.start(TestServers.onPath(), layout, 0)) {
      cluster.fill("{a}", 10, "v");
      int slot = HashSlot.of(Bytes.utf8("a"));
      try (SlotMove move = cluster.beginMove(slot, 1)) {
        assertThat(move.migrate(4)).isEqualTo(4);
        assertThat(cluster.on(0, "DBSIZE")).isEqualTo(new Reply.Int(6));
        assertThat(cluster.on(1, "DBSIZE")).isEqualTo(new Reply.Int(4));
        move.finish();
      }
      cluster.awaitAgreement();
      int added = cluster.addNode();
      cluster.move(slot, added);
      assertThat(cluster.on(added, "DBSIZE")).isEqualTo(new Reply.Int(10));
      int replica = cluster.addReplicaOf(added);
      Topology topology = cluster.topology(Side.REPLICA);
      assertThat(topology.shards()).hasSize(3);
      assertThat(topology.shardOf(slot).replicas())
          .extracting(one -> one.port())
          .containsExactly(cluster.endpoint(replica, Side.REPLICA).port());
      assertThat(topology.slots().isAll()).isTrue();
    }
  }

  @Test
  void aReplicaTakesThePlaceOfAPrimaryThatIsKilled() {
    try (TestCluster cluster =
        TestCluster.start(TestServers.onPath(), TestCluster.even(3), 1, Duration.ofSeconds(1))) {
      cluster.kill(1);
      cluster.awaitAgreement();
      assertThat(cluster.primaryOf(8000)).isEqualTo(4);
      assertThat(cluster.topology(Side.SOURCE).primaries()).hasSize(3);
    }
  }

  private static String replicaSays(TestCluster cluster, int replica, String key) {
    try (RedisConnection connection = cluster.open(replica)) {
      connection.expect("READONLY");
      return ((Reply.Text) connection.expect("GET", key)).bytes().asUtf8();
    }
  }
}
