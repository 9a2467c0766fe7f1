package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestSentinel;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Discovery on real clusters and Sentinels. */
class TopologiesIT {
  private static Topology discover(Endpoint seed, NodeMap nodes) {
    return Topologies.discover(seed, TopologyChoice.AUTO, nodes);
  }

  @Test
  void anyNodeLeadsToTheSameShardsBeforeVersion7AsWell() {
    for (var binary : List.of(TestServers.bundled(), TestServers.onPath())) {
      try (TestCluster cluster = TestCluster.start(binary, TestCluster.even(3), 1)) {
        Topology found = discover(cluster.endpoint(0, Side.SOURCE), NodeMap.NONE);
        assertThat(found.shards()).extracting(Shard::slots).isEqualTo(TestCluster.even(3));
        assertThat(found.shards()).allMatch(shard -> shard.replicas().size() == 1);
        for (int node = 1; node < cluster.size(); node++) {
          assertThat(discover(cluster.endpoint(node, Side.SOURCE), NodeMap.NONE).shards())
              .extracting(shard -> shard.primary().address())
              .containsExactlyElementsOf(
                  found.primaries().stream().map(Endpoint::address).toList());
        }
      }
    }
  }

  @Test
  void aKilledPrimaryIsFoundAtTheReplicaThatTookItsPlace() {
    try (TestCluster cluster = TestCluster.start(3, 1)) {
      Topology before =
          discover(
              cluster
                  .endpoint(0, Side.SOURCE)
                  .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30)),
              NodeMap.NONE);
      Shard lost = before.shards().get(0);
      int primary = cluster.primaryOf(0);
      cluster.kill(primary);
      Endpoint successor = Topologies.find(lost.primary(), lost.slots());
      assertThat(successor.address()).isEqualTo(lost.replicas().get(0).address());
      assertThat(successor.isClusterReplica()).isFalse();
      Topology after = Topologies.again(before);
      assertThat(after.seed()).isEqualTo(before.seed());
      assertThat(after.shardOf(0).primary()).isEqualTo(successor);
      assertThat(after.shardOf(0).replicas()).isEmpty();
      assertThatThrownBy(() -> Topologies.find(lost.replicas().get(0), lost.slots()))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("has no other replica");
    }
  }

  @Test
  void nodesAreReachedWhereTheMapSaysAndOtherwiseWhereTheyAnnounce() {
    try (TestCluster cluster = TestCluster.start(3, 0)) {
      Map<String, String> map = new HashMap<>();
      try (LinkRelay one = LinkRelay.to(cluster.endpoint(0, Side.SOURCE).port());
          LinkRelay two = LinkRelay.to(cluster.endpoint(1, Side.SOURCE).port())) {
        map.put(cluster.endpoint(0, Side.SOURCE).address(), "127.0.0.1:" + one.port());
        map.put(cluster.endpoint(1, Side.SOURCE).address(), "localhost:" + two.port());
        Topology found = discover(cluster.endpoint(2, Side.SOURCE), new NodeMap(map));
        assertThat(found.primaries())
            .extracting(Endpoint::address)
            .containsExactlyInAnyOrder(
                "127.0.0.1:" + one.port(),
                "localhost:" + two.port(),
                cluster.endpoint(2, Side.SOURCE).address());
      }
      // The relays are gone.
      assertThatThrownBy(() -> discover(cluster.endpoint(2, Side.SOURCE), new NodeMap(map)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageStartingWith("no connection to 2 nodes of the source's cluster: ")
          .hasMessageContaining(
              "announced as " + cluster.endpoint(0, Side.SOURCE).address() + "; nothing listens")
          .hasMessageContaining("--node-map 127.0.0.1:")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void whatAClusterLacksIsToldInOneLine() {
    try (TestCluster cluster = TestCluster.start(3, 0)) {
      Endpoint seed =
          cluster
              .endpoint(0, Side.SOURCE)
              .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500));
      assertThatThrownBy(() -> discover(seed.withDatabase(1), NodeMap.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--source names database 1")
          .hasMessageContaining("has database 0 alone");
      rights(cluster, seed);
      for (int node = 0; node < 3; node++) {
        cluster.on(node, "CLUSTER", "DELSLOTS", "7", "8");
      }
      assertThatThrownBy(() -> discover(seed, NodeMap.NONE))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("covers only a part of its slots: slots 7-8 have no owner")
          .hasMessageNotContaining("\n");
    }
  }

  /** One node does not let ann ask, and is named. */
  private static void rights(TestCluster cluster, Endpoint seed) {
    for (int node = 0; node < 3; node++) {
      cluster.on(node, "ACL", "SETUSER", "ann", "on", ">pw", "~*", "+@all");
    }
    cluster.on(1, "ACL", "SETUSER", "ann", "-cluster|shards");
    Endpoint ann = seed.withCredentials(Optional.of("ann"), Optional.of(new Secret("pw")));
    assertThatThrownBy(() -> discover(ann, NodeMap.NONE))
        .isInstanceOfSatisfying(
            RedisFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.NO_PERMISSION);
              assertThat(failure.endpoint().address())
                  .isEqualTo(cluster.endpoint(1, Side.SOURCE).address());
            })
        .hasMessageContaining("does not let user ann run CLUSTER SHARDS")
        .hasMessageContaining("ACL SETUSER ann +cluster|shards");
  }

  @Test
  void aServiceIsFoundBeforeAndAfterAFailover() {
    try (TestSentinel service = TestSentinel.start(2)) {
      Endpoint source = Endpoint.parse(Side.SOURCE, service.uri());
      Endpoint first = Topologies.find(source, SlotSet.ALL);
      assertThat(first.address()).isEqualTo(service.source().address());
      Endpoint replica = Topologies.find(Endpoint.parse(Side.REPLICA, service.uri()), SlotSet.ALL);
      assertThat(service.replicas()).extracting(Endpoint::address).contains(replica.address());
      assertThat(Topologies.find(replica, SlotSet.ALL)).isEqualTo(replica);
      service.failover();
      Topology again = Topologies.again(Topology.single(first));
      assertThat(again.primaries())
          .extracting(Endpoint::address)
          .containsExactly(service.source().address());
      try (RedisConnection connection = RedisConnection.open(again.primaries().get(0))) {
        connection.expect("SET", "still", "a source");
      }
    }
  }
}
