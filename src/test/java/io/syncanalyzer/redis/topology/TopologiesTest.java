package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.LoopbackServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologiesTest {
  private static Topology discover(RecordedCluster cluster) {
    return Topologies.discover(cluster.seed(), TopologyChoice.AUTO, cluster.nodes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-7.0", "redis-6.2"})
  void aClustersNodesHaveTheSeedsSideAndLoginAndKnowWhereTheyCameFrom(String recording) {
    try (RecordedCluster cluster = new RecordedCluster(recording)) {
      Topology found = discover(cluster);
      assertThat(found.cluster()).isTrue();
      assertThat(found.slots()).isEqualTo(SlotSet.ALL);
      assertThat(found.shards()).hasSize(3);
      for (Shard shard : found.shards()) {
        assertThat(shard.primary().isInCluster()).isTrue();
        assertThat(shard.primary().isClusterReplica()).isFalse();
        assertThat(shard.primary().timeout()).isEqualTo(cluster.seed().timeout());
        assertThat(shard.replicas()).hasSize(1).allMatch(Endpoint::isClusterReplica);
        assertThat(shard.primary().origin())
            .isInstanceOfSatisfying(
                Origin.Node.class, node -> assertThat(node.seeds()).startsWith(cluster.address()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TopologyChoice.class,
      names = {"AUTO", "SINGLE"})
  void aServerThatIsInNoClusterIsOneShard(TopologyChoice choice) {
    try (LoopbackServer server = single()) {
      Endpoint seed = server.endpoint(Side.REPLICA);
      assertThat(Topologies.discover(seed, choice, NodeMap.NONE)).isEqualTo(Topology.single(seed));
    }
  }

  @Test
  void aServerThatIsInNoClusterIsRefusedWhereOneIsDemanded() {
    try (LoopbackServer server = single()) {
      Endpoint seed = server.endpoint(Side.REPLICA);
      assertThatThrownBy(() -> Topologies.discover(seed, TopologyChoice.CLUSTER, NodeMap.NONE))
          .isInstanceOf(RedisFailure.class)
          .hasMessage(
              seed
                  + " is no node of a Redis Cluster, and --replica-topology cluster demands one;"
                  + " leave that out, or name a node of the cluster");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-7.0", "redis-6.2"})
  void aNodeTakenAloneIsTheSlotsOfItsShardAndNobodyElse(String recording) {
    try (RecordedCluster cluster = new RecordedCluster(recording)) {
      Topology found = Topologies.discover(cluster.seed(), TopologyChoice.SINGLE, cluster.nodes());
      assertThat(found.shards())
          .singleElement()
          .satisfies(
              shard -> {
                assertThat(shard.slots()).hasToString("0-5460");
                assertThat(shard.replicas()).isEmpty();
                assertThat(shard.primary().isInCluster()).isTrue();
                assertThat(shard.primary().isClusterReplica()).isFalse();
              });
      assertThat(Topologies.again(found)).isEqualTo(found);
    }
  }

  @Test
  void aNodeTakenAloneStaysThatThoughItOwnsEverySlot() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      Topology found = Topologies.discover(cluster.seed(), TopologyChoice.SINGLE, cluster.nodes());
      Shard all = new Shard(found.primaries().get(0), List.of(), SlotSet.ALL);
      assertThat(Topologies.again(Topology.alone(found.seed(), all)).shards()).hasSize(1);
      assertThat(Topologies.again(new Topology(found.seed(), true, List.of(all))).shards())
          .hasSize(3);
    }
  }

  @Test
  void aReplicaTakenAloneAnswersForTheSlotsOfItsPrimary() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      cluster.answering(
          "CLUSTER MYID", LoopbackServer.bulk("9c53d5304049b34e7160b4476a24023551ead5cb"));
      Topology found = Topologies.discover(cluster.seed(), TopologyChoice.SINGLE, cluster.nodes());
      assertThat(found.slots()).hasToString("0-5460");
      assertThat(found.primaries()).singleElement().matches(Endpoint::isClusterReplica);
    }
  }

  @Test
  void aClusterThatSaysItIsDownIsWaitedForAndRefused() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      cluster.answering("CLUSTER INFO", LoopbackServer.bulk("cluster_state:fail\r\n"));
      assertThatThrownBy(() -> discover(cluster))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("is down: 127.0.0.1:20100 says so")
          .hasMessageFindingMatch("; waited \\d+ ms for it")
          .hasMessageContaining("redis-cli --cluster check " + cluster.address())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void slotsWithoutAnOwnerAreNamed() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      cluster.answering(
          "CLUSTER SHARDS",
          RecordedCluster.recorded("redis-7.0", "SHARDS")
              .replace(":5461\r\n", ":5470\r\n")
              .replace(":16383\r\n", ":16382\r\n"));
      assertThatThrownBy(() -> discover(cluster))
          .hasMessageContaining(
              "covers only a part of its slots: slots 5461-5469,16383 have no owner");
    }
  }

  @Test
  void aLostOwnerIsNamedWithItsSlots() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0-failed")) {
      assertThatThrownBy(() -> discover(cluster))
          .hasMessageContaining("has lost 127.0.0.1:20102 (slots 10923-16383)")
          .hasMessageContaining("no replica has come");
    }
  }

  @Test
  void nodesThatCannotBeReachedAreNamedWithTheOptionThatHelps() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      cluster.answering(
          "CLUSTER SHARDS",
          RecordedCluster.recorded("redis-7.0", "SHARDS").replaceAll(":2010([012])\r", ":1$1\r"));
      assertThatThrownBy(
              () -> Topologies.discover(cluster.seed(), TopologyChoice.AUTO, NodeMap.NONE))
          .isInstanceOf(RedisFailure.class)
          .hasMessageStartingWith("no connection to 3 nodes of the source's cluster:")
          .hasMessageContaining("127.0.0.1:11 (nothing listens there)")
          .hasMessageEndingWith("--node-map 127.0.0.1:10=HOST:PORT")
          .hasMessageNotContaining("waited");
    }
  }

  private static LoopbackServer single() {
    return new LoopbackServer(
        () ->
            command ->
                switch (command.get(0)) {
                  case "INFO" -> LoopbackServer.bulk("redis_mode:standalone\r\nrole:master\r\n");
                  case "CLUSTER" -> "-ERR This instance has cluster support disabled\r\n";
                  default -> "+OK\r\n";
                });
  }
}
