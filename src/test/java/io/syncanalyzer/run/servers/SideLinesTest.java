package io.syncanalyzer.run.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideLinesTest {
  private static Topology cluster(Side side, int nodes) {
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      Endpoint node =
          Endpoint.parse(side, "redis://" + side.label() + ":" + (7000 + i))
              .from(new Origin.Node(Origin.Part.PRIMARY, List.of("seed:1"), NodeMap.NONE));
      int last = i == nodes - 1 ? 16383 : 100 * i + 99;
      shards.add(new Shard(node, List.of(), SlotSet.of(new SlotRange(100 * i, last))));
    }
    return new Topology(shards.get(0).primary(), true, shards);
  }

  private static List<String> pairs(int nodes) {
    Topology source = cluster(Side.SOURCE, nodes);
    Topology replica = cluster(Side.REPLICA, nodes);
    return SideLines.of(
        new Layout(source, List.of(replica), List.of(ShardPairs.ofPrimaries(source, replica))),
        List.of());
  }

  @Test
  void everyPairHasALine() {
    assertThat(pairs(2))
        .containsExactly(
            "pair     source:7000 to replica:7000  slots 0-99",
            "pair     source:7001 to replica:7001  slots 100-16383");
    assertThat(pairs(10)).hasSize(10);
  }

  @Test
  void ofManyPairsSomeAreShownAndTheOthersCounted() {
    assertThat(pairs(13)).hasSize(11).last().isEqualTo("… and 3 more pairs");
  }
}
