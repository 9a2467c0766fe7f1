package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the replicas of a layout are told by, and which slots they have. */
class LayoutTest {
  private static final Endpoint PRIMARY = Endpoint.parse(Side.SOURCE, "redis://a:1");
  private static final Endpoint FIRST = Endpoint.parse(Side.REPLICA, "redis://a:2");
  private static final Endpoint SECOND = Endpoint.parse(Side.REPLICA, "redis://a:3");
  private static final Topology CLUSTER =
      new Topology(FIRST, true, List.of(new Shard(PRIMARY, List.of(FIRST, SECOND), SlotSet.ALL)));

  @Test
  void severalReplicasOfOneClusterAreToldByNumberAndOthersByTheirAddress() {
    Topology single = Topology.single(SECOND);
    Layout layout =
        new Layout(
            CLUSTER,
            List.of(CLUSTER, CLUSTER, single),
            List.of(
                ShardPairs.ofReplicas(CLUSTER, CLUSTER, 0),
                ShardPairs.ofReplicas(CLUSTER, CLUSTER, 1),
                ShardPairs.ofPrimaries(CLUSTER, single)));
    assertThat(List.of(layout.name(0), layout.name(1), layout.name(2)))
        .containsExactly("a:2 replica 1", "a:2 replica 2", "a:3");
    assertThat(layout.slots(1)).isEqualTo(SlotSet.ALL);
    assertThat(layout.isGiven()).isTrue();
  }

  @Test
  void aReplicaThatIsGoneHasNoSlots() {
    Layout layout =
        new Layout(CLUSTER, List.of(CLUSTER), List.of(ShardPairs.ofReplicas(CLUSTER, CLUSTER, 2)));
    assertThat(layout.slots(0)).isEqualTo(SlotSet.NONE);
    assertThat(layout.name(0)).isEqualTo("a:2");
  }
}
