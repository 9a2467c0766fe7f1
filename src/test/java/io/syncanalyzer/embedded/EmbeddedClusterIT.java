package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmbeddedClusterIT {
  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyNodeServesAtOnceAndIsGoneAtTheEnd(ServerBinary binary) {
    List<EmbeddedNode> nodes;
    try (EmbeddedCluster cluster = EmbeddedCluster.start(binary, 3, 13300, 19777)) {
      nodes = cluster.nodes();
      assertThat(nodes).hasSize(6);
      for (int i = 0; i < 3; i++) {
        try (RedisConnection connection = RedisConnection.open(nodes.get(i).endpoint())) {
          connection.expect("SET", "a{" + HashTags.of(i * 5462) + "}", "b");
        }
      }
    }
    assertThat(nodes).noneMatch(node -> node.server().isAlive());
  }
}
