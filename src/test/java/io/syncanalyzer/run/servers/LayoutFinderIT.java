package io.syncanalyzer.run.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.result.SideReport;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both sides laid over each other: a cluster with itself, with another, and with one server. */
class LayoutFinderIT {
  private static TestCluster three;
  private static TestCluster two;
  private static EmbeddedServer one;

  @BeforeAll
  static void start() {
    three = TestCluster.start(3, 1);
    two = TestCluster.start(2, 0);
    one = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  }

  @AfterAll
  static void stop() {
    three.close();
    two.close();
    one.close();
  }

  private static LayoutFinder finder(Endpoint source, Endpoint replica, ReplicaRole role) {
    TopologyWishes wishes =
        new TopologyWishes(TopologyChoice.AUTO, TopologyChoice.AUTO, role, NodeMap.NONE);
    return new LayoutFinder(
        Topologies.discover(source, wishes.source(), wishes.nodes()), List.of(replica), wishes);
  }

  private static Endpoint source(TestCluster cluster) {
    return cluster.endpoint(0, Side.SOURCE);
  }

  private static Endpoint replica(TestCluster cluster) {
    return cluster.endpoint(cluster.size() - 1, Side.REPLICA);
  }

  private static SlotSet slots(List<ShardPair> pairs) {
    return pairs.stream().map(ShardPair::slots).reduce(SlotSet.NONE, SlotSet::or);
  }

  @Test
  void aClusterWithItselfIsItsPrimariesWithTheirOwnReplicas() {
    Layout layout = finder(source(three), replica(three), ReplicaRole.AUTO).layout();
    assertThat(layout.pairs(0)).hasSize(3).allMatch(pair -> pair.replica().isClusterReplica());
    assertThat(slots(layout.pairs(0))).isEqualTo(SlotSet.ALL);
    Preflight.Findings findings = Preflight.look(layout, true, null, NanoClock.SYSTEM);
    assertThat(findings.warnings()).isEmpty();
    assertThat(findings.sides()).hasSize(6);
    for (int i = 0; i < 3; i++) {
      SideReport primary = findings.sides().get(i);
      SideReport follower = findings.sides().get(3 + i);
      assertThat(follower.slots()).isEqualTo(primary.slots());
      assertThat("redis://" + follower.follows()).isEqualTo(primary.uri());
      assertThat(primary.named()).isEqualTo(source(three).display());
    }
    assertThat(SideLines.of(layout, findings.sides()))
        .anyMatch(line -> line.contains("cluster, 3 primaries"))
        .anyMatch(line -> line.contains("cluster, 3 replicas, link up"))
        .filteredOn(line -> line.startsWith("pair "))
        .hasSize(3);
  }

  @Test
  void itsPrimariesAreNotComparedWithThemselves() {
    assertThatThrownBy(() -> finder(source(three), replica(three), ReplicaRole.PRIMARY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--replica-role primary");
  }

  @Test
  void twoClustersAreTheirPrimariesWhereverTheirSlotsOverlap() {
    Layout layout = finder(source(three), replica(two), ReplicaRole.AUTO).layout();
    assertThat(layout.pairs(0)).hasSize(4).noneMatch(pair -> pair.replica().isClusterReplica());
    assertThat(slots(layout.pairs(0))).isEqualTo(SlotSet.ALL);
    Preflight.Findings findings = Preflight.look(layout, true, null, NanoClock.SYSTEM);
    assertThat(findings.sides()).hasSize(5);
    assertThat(findings.warnings())
        .singleElement()
        .asString()
        .contains(replica(two) + " does not call itself a replica");
  }

  @Test
  void anotherClustersReplicasAreComparedWhereTheyAreWishedForAndThatIsSaid() {
    LayoutFinder finder = finder(source(two), replica(three), ReplicaRole.REPLICA);
    assertThat(finder.warnings()).singleElement().asString().contains("follow their own primaries");
    assertThat(finder.layout().pairs(0)).hasSize(4);
    assertThat(Preflight.look(finder.layout(), true, null, NanoClock.SYSTEM).sides()).hasSize(5);
  }

  @Test
  void aServerIsComparedWithEveryShardOnEitherSide() {
    Layout toOne = finder(source(three), one.endpoint(Side.REPLICA), ReplicaRole.AUTO).layout();
    assertThat(toOne.pairs(0)).hasSize(3).allMatch(pair -> pair.replica().port() == one.port());
    assertThat(Preflight.look(toOne, false, null, NanoClock.SYSTEM).sides()).hasSize(4);
    Layout fromOne = finder(one.endpoint(Side.SOURCE), replica(three), ReplicaRole.AUTO).layout();
    assertThat(fromOne.pairs(0)).hasSize(3).allMatch(pair -> pair.source().port() == one.port());
  }

  @Test
  void aShardWithoutAReplicaIsRefusedWhereReplicasAreCompared() {
    Endpoint hasty = replica(two).withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500));
    assertThatThrownBy(() -> finder(source(two), hasty, ReplicaRole.AUTO))
        .isInstanceOf(RedisFailure.class)
        .hasMessageContaining("has no replica of 127.0.0.1:")
        .hasMessageContaining("(slots 0-8191)");
  }

  @Test
  void severalReplicasOfEachShardAreSeveralReplicas() {
    try (TestCluster cluster = TestCluster.start(2, 1)) {
      cluster.addReplicaOf(cluster.primaryOf(0));
      LayoutFinder finder =
          finder(source(cluster), source(cluster).as(Side.REPLICA), ReplicaRole.AUTO);
      Layout layout = finder.layout();
      assertThat(layout.replicas()).hasSize(2);
      assertThat(layout.pairs(0)).hasSize(2);
      assertThat(layout.pairs(1)).hasSize(1);
      assertThat(layout.pairs(1).get(0).slots().contains(0)).isTrue();
      assertThat(finder.warnings()).singleElement().asString().contains("no replica number 2");
      assertThat(finder.again()).isEqualTo(layout);
      List<SideReport> sides = Preflight.look(layout, true, null, NanoClock.SYSTEM).sides();
      assertThat(sides.get(4).named()).endsWith("(replica 2 of each)");
      assertThat(Optional.ofNullable(sides.get(3).named())).hasValue(source(cluster).display());
    }
  }
}
