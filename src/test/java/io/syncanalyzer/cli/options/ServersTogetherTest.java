package io.syncanalyzer.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.run.servers.TopologyWishes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTogetherTest {
  private final Endpoint source = Endpoint.parse(Side.SOURCE, "redis://a:1");
  private final Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://b:2");

  @Test
  void oneAddressForBothIsRefusedOfAPairOfOurOwn() {
    assertRefused(source, List.of(source.as(Side.REPLICA)), true, Optional.empty(), "same server");
  }

  @Test
  void oneAddressForBothIsRefusedWhereNeitherIsACluster() {
    ServersRequest one =
        new ServersRequest(source, List.of(source.as(Side.REPLICA)), false, Optional.empty());
    assertThat(ServersTogether.checked(one)).isSameAs(one);
    assertThatThrownBy(
            () ->
                ServersTogether.checked(
                    one.with(
                        new TopologyWishes(
                            TopologyChoice.SINGLE,
                            TopologyChoice.SINGLE,
                            ReplicaRole.AUTO,
                            NodeMap.NONE))))
        .hasMessageContaining("same server");
  }

  @Test
  void aMapOfNodesIsForTheUsersOwnServers() {
    ServersRequest embedded =
        new ServersRequest(source, List.of(replica), true, Optional.empty())
            .with(
                new TopologyWishes(
                    TopologyChoice.AUTO,
                    TopologyChoice.AUTO,
                    ReplicaRole.AUTO,
                    new NodeMap(Map.of("a:1", "b:1"))));
    assertThatThrownBy(() -> ServersTogether.checked(embedded)).hasMessageContaining("--node-map");
  }

  @Test
  void twoDatabasesAreRefused() {
    assertRefused(source, List.of(replica.withDatabase(3)), false, Optional.empty(), "database 0");
  }

  @Test
  void anEmbeddedPairHasOneReplica() {
    assertRefused(source, List.of(replica, replica.at("c", 3)), true, Optional.empty(), "once");
  }

  @Test
  void anEmbeddedPairIsPlain() {
    Endpoint tls = Endpoint.parse(Side.SOURCE, "rediss://a:1");
    assertRefused(tls, List.of(replica), true, Optional.empty(), "plain");
  }

  @Test
  void shardsMeanNothingWithoutEmbedding() {
    assertThatThrownBy(() -> ServersTogether.checked(sharded(3, false, source)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--shards goes with --embedded");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 51, Integer.MAX_VALUE})
  void aClusterOfNoneOrOfTooManyIsRefused(int shards) {
    assertThatThrownBy(() -> ServersTogether.checked(sharded(shards, true, source)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--shards: a cluster has 1 to 50")
        .hasMessageContaining("not " + shards);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 50})
  void aClusterOfOneShardOrMoreIsTaken(int shards) {
    assertThat(ServersTogether.checked(sharded(shards, true, source)).shards()).hasValue(shards);
  }

  @Test
  void anEmbeddedClusterHasOneDatabase() {
    assertThatThrownBy(() -> ServersTogether.checked(sharded(3, true, source.withDatabase(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("database 0 alone, and --source names 3");
  }

  private ServersRequest sharded(int shards, boolean embedded, Endpoint from) {
    return new ServersRequest(
            from, List.of(replica.withDatabase(from.database())), embedded, Optional.empty())
        .withShards(OptionalInt.of(shards));
  }

  @Test
  void aServerToEmbedMeansNothingWithoutEmbedding() {
    assertRefused(
        source, List.of(replica), false, Optional.of(Path.of("redis-server")), "--embedded");
  }

  @Test
  void severalReplicasAreRefusedWhereOneIsWorkedWith() {
    assertRefused(
        source,
        List.of(replica, replica.at("c", 3)),
        false,
        Optional.empty(),
        "--replica: this command takes one replica, not 2");
  }

  @Test
  void severalReplicasAreComparedEachOnce() {
    List<Endpoint> two = List.of(replica, replica.at("c", 3));
    ServersRequest servers = new ServersRequest(source, two, false, Optional.empty());
    assertThat(ServersTogether.ofEachReplicaOnce(servers).replicas()).isEqualTo(two);

    ServersRequest twice =
        new ServersRequest(source, List.of(replica, replica), false, Optional.empty());
    assertThatThrownBy(() -> ServersTogether.ofEachReplicaOnce(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--replica names " + replica.address() + " twice; give each replica once");
  }

  @Test
  void noReplicaIsRefused() {
    assertRefused(source, List.of(), false, Optional.empty(), "no replica");
  }

  private static void assertRefused(
      Endpoint source,
      List<Endpoint> replicas,
      boolean embedded,
      Optional<Path> server,
      String says) {
    assertThatThrownBy(
            () ->
                ServersTogether.ofOneReplica(
                    ServersTogether.checked(
                        new ServersRequest(source, replicas, embedded, server))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }
}
