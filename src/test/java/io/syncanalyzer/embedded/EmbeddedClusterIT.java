package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.topology.HashTags;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
    int primary = LoopbackPorts.WITH_BUS.free();
    try (EmbeddedCluster cluster = EmbeddedCluster.start(binary, 3, primary, 0)) {
      nodes = cluster.nodes();
      assertThat(nodes).hasSize(6);
      assertThat(cluster.primaryPort()).isEqualTo(primary);
      for (int i = 0; i < 3; i++) {
        EmbeddedNode node = nodes.get(i);
        node.ask("SET", "a{" + HashTags.of(i * 5462) + "}", "b");
        assertThat(node.members()).allMatch(ClusterMember::isSound);
        assertThat(nodes.get(3 + i).isLinked()).isTrue();
      }
    }
    assertThat(nodes).noneMatch(node -> node.server().isAlive());
  }

  @Test
  void aPortThatIsTakenOrWhoseBusIsIsLeftToItsOwner() throws IOException {
    int taken = LoopbackPorts.WITH_BUS.free();
    try (ServerSocket bus =
            new ServerSocket(taken + LoopbackPorts.BUS, 1, InetAddress.getLoopbackAddress());
        EmbeddedCluster cluster = EmbeddedCluster.start(TestServers.onPath(), 1, taken, taken)) {
      assertThat(bus.isBound()).isTrue();
      assertThat(cluster.primaryPort()).isNotEqualTo(taken);
      assertThat(cluster.replicaPort()).isNotIn(taken, cluster.primaryPort());
    }
  }
}
