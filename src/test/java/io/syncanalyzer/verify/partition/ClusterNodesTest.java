package io.syncanalyzer.verify.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterNodesTest {
  private static final String NODES =
      "aa 10.0.0.1:7000@17000 myself,master - 0 0 1 connected 0-5460 [77->-bb] [78-<-cc]\n"
          + "bb 10.0.0.2:7001@17001,name master - 0 0 2 connected 5461-10922\n"
          + "cc 10.0.0.3:7002@17002 master - 0 0 3 connected 10923-16383 [77-<-aa]\n";
  private static final Endpoint NODE =
      Endpoint.parse(Side.SOURCE, "redis://localhost:7000")
          .from(
              new Origin.Node(
                  Origin.Part.PRIMARY,
                  List.of("localhost:7000"),
                  new NodeMap(Map.of("10.0.0.2:7001", "localhost:17001"))));

  private static Optional<String> way(int slot, String nodes) {
    return Optional.ofNullable(ClusterNodes.moving(NODE, nodes).get(slot))
        .map(move -> move.from().address() + ">" + move.to().address());
  }

  @Test
  void aSlotThatItsNodeGivesAwayOrTakesIsOnItsWay() {
    assertThat(way(77, NODES)).contains("localhost:7000>localhost:17001");
    assertThat(way(78, NODES)).contains("10.0.0.3:7002>localhost:7000");
    assertThat(way(7, NODES)).isEmpty();
    assertThat(way(778, NODES)).isEmpty();
  }

  @Test
  void aNodeIsFoundByTheNameOfItsHostWhereTheMapHasThat() {
    Endpoint node =
        NODE.from(
            new Origin.Node(
                Origin.Part.PRIMARY,
                List.of("localhost:7000"),
                new NodeMap(Map.of("name:7001", "localhost:17001"))));
    assertThat(
            Optional.ofNullable(ClusterNodes.moving(node, NODES).get(77))
                .map(move -> move.to().address()))
        .contains("localhost:17001");
  }

  @Test
  void whatCannotBeReadIsNoMove() {
    assertThat(way(77, "")).isEmpty();
    assertThat(way(77, "aa h:1@2 myself,master - 0 0 1 connected [77->-zz]")).isEmpty();
    assertThat(way(77, "aa h:1@2 myself,master - 0 0 1 connected [77->-aa]\r\n"))
        .contains("localhost:7000>h:1");
  }
}
