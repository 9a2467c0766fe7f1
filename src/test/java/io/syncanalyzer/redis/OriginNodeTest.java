package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginNodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what CLUSTER NODES says                      | where the node is reached
        "10.0.0.1:7000@17000                            | 10.0.0.1:7000",
        "10.0.0.1:7000                                  | 10.0.0.1:7000",
        "10.0.0.2:7000@17000                            | relay:1",
        "10.0.0.2:7000@17000,inner-2                    | relay:1",
        "10.0.0.3:7000@17000,inner-3                    | relay:2",
        "10.0.0.3:7000@17000,inner-3,shard-id=ab        | relay:2",
        "10.0.0.4:7000@17000,inner-4                    | inner-4:7000",
        "10.0.0.5:7000@17000,inner-5                    | 10.0.0.5:7000",
        "10.0.0.6:7000@17000,inner-6                    | 10.0.0.6:7000",
        "10.0.0.6:7000@17000,,shard-id=ab               | 10.0.0.6:7000",
        "10.0.0.6:7000@17000,shard-id=ab                | 10.0.0.6:7000",
        "::1:7000@17000,inner-3                         | relay:2",
        ":7000@17000,inner-3                            | relay:2",
        ":7000@17000                                    | :7000",
      })
  void theNameOrTheAddressCountsWhicheverTheMapOrTheSeedsKnow(String told, String reached) {
    NodeMap map = new NodeMap(Map.of("10.0.0.2:7000", "relay:1", "inner-3:7000", "relay:2"));
    Origin.Node node =
        new Origin.Node(Origin.Part.PRIMARY, List.of("inner-4:7000", "10.0.0.5:7000"), map);
    assertThat(node.reached(told)).isEqualTo(reached);
  }
}
