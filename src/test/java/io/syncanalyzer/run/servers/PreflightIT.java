package io.syncanalyzer.run.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreflightIT {
  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void bothSidesAreDescribedAsTheyAre(ServerBinary binary) {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        source.expect("SET", "a", "1");
        source.expect("SET", "b", "1", "EX", "100");
        source.expect("WAIT", "1", "5000");
      }
      Preflight.Findings findings =
          Preflight.look(layout(pair.source(), pair.replica()), true, null, NanoClock.SYSTEM);
      assertThat(findings.sides()).hasSize(2);
      assertThat(findings.sides().get(0).role()).isEqualTo("source");
      assertThat(findings.sides().get(0).keys()).isEqualTo(2);
      assertThat(findings.sides().get(0).expires()).isEqualTo(1);
      assertThat(findings.sides().get(1).role()).isEqualTo("replica");
      assertThat(findings.sides().get(1).link()).isEqualTo("up");
      assertThat(findings.sides().get(1).follows()).isEqualTo(pair.source().address());
      assertThat(findings.sides().get(1).replicationId())
          .isEqualTo(findings.sides().get(0).replicationId());
      assertThat(findings.sides().get(0).product()).isEqualTo(binary.version());
      assertThat(findings.warnings()).isEmpty();
      assertThat(SideLines.line(findings.sides().get(1))).contains("link up", "2 keys");
    }
  }

  @Test
  void aSourceThatIsAReplicaIsRefusedForWritingAndOnlyForThat() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer other = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = pair.replica().as(Side.SOURCE);
      Layout both = layout(source, other.endpoint(Side.REPLICA));
      assertThatThrownBy(() -> Preflight.look(both, true, null, NanoClock.SYSTEM))
          .isInstanceOfSatisfying(
              RedisFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(RedisFailure.Kind.READ_ONLY))
          .hasMessageContaining("is itself a replica (of " + pair.source().address() + ")");
      assertThat(Preflight.look(both, false, null, NanoClock.SYSTEM).sides()).hasSize(2);
    }
  }

  @Test
  void aReplicaOfAnotherSourceIsRefusedByTheNameOfThatSource() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer other = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      assertThatThrownBy(
              () ->
                  Preflight.look(
                      layout(other.endpoint(Side.SOURCE), pair.replica()),
                      true,
                      null,
                      NanoClock.SYSTEM))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("follows " + pair.source().address())
          .hasMessageContaining("REPLICAOF");
    }
  }

  @Test
  void oneServerUnderTwoNamesIsWrongUsage() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint byAddress = server.endpoint(Side.SOURCE);
      Endpoint byName = server.endpoint(Side.REPLICA).at("localhost", server.port());
      assertThatThrownBy(
              () -> Preflight.look(layout(byAddress, byName), false, null, NanoClock.SYSTEM))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("same server");
    }
  }

  @Test
  void aReplicaThatCallsItselfASourceIsSaidAndNotRefused() {
    try (EmbeddedServer one = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        EmbeddedServer two = EmbeddedServer.start(TestServers.bundled(), 0, List.of())) {
      Preflight.Findings findings =
          Preflight.look(
              layout(one.endpoint(Side.SOURCE), two.endpoint(Side.REPLICA)),
              true,
              null,
              NanoClock.SYSTEM);
      assertThat(findings.warnings())
          .anyMatch(line -> line.contains("does not call itself a replica"))
          .anyMatch(line -> line.contains("versions differ"));
    }
  }

  private static Layout layout(Endpoint source, Endpoint replica) {
    return new LayoutFinder(Topology.single(source), List.of(replica), TopologyWishes.AUTO)
        .layout();
  }
}
