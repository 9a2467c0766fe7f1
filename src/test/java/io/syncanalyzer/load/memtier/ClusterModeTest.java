package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.load.ProfileRequest;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterModeTest {
  private static final MemtierFeatures ABLE =
      new MemtierFeatures("2.3.0", Set.of("--cluster-mode", "--key-prefix"), true, true);
  private static final MemtierFeatures UNABLE =
      new MemtierFeatures("1.2.0", Set.of("--key-prefix"), true, true);

  @TempDir Path folder;

  static List<String> shipped() {
    return LoadProfile.names();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void nothingOfAShippedProfileGoesAstray(String name) {
    LoadRequest request = LoadRequest.of(cluster(NodeMap.NONE), folder);
    LoadRequest named =
        new LoadRequest(
            request.source(),
            request.runFolder(),
            request.memtier(),
            name,
            request.duration(),
            request.clients(),
            request.threads(),
            request.pipeline(),
            request.rate(),
            request.ramp(),
            request.passThrough(),
            request.limits());
    assertThat(ClusterMode.astray(named)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // prefix | command | astray
        "''       | SET a:__key__ x              | true",
        "''       | SET a:{__key__} x            | false",
        "''       | SET a:{__key__}:b x          | false",
        "''       | SET __key__ x                | false",
        "''       | SET {a}:{__key__} x          | true",
        "''       | SET a:{b__key__} x           | true",
        "''       | SET a:{b:{__key__} x         | true",
        "p:       | SET __key__ x                | false",
        "p:       | SET a:{__key__} x            | false",
        "p:       | SET a:__key__ x              | true",
        "{p}:     | SET __key__ x                | true",
        "''       | SET fixed x                  | true",
        "''       | PING                         | false",
        "''       | EVAL 'return 1' 1 {__key__}  | false",
        "p:       | -                            | false",
        "{p}:     | -                            | true",
        "p{       | -                            | false",
        "-        | -                            | false",
      })
  void aCommandGoesAstrayWhereItsTagIsNotPrefixAndNumber(
      String prefix, String command, boolean astray) throws IOException {
    String profile =
        "--ratio=1:0\n"
            + (prefix == null ? "" : "--key-prefix=" + prefix + "\n")
            + (command == null ? "" : "--command=" + command + "\n");

    List<String> found = ClusterMode.astray(ProfileRequest.of(folder, profile));

    assertThat(found).hasSize(astray ? 1 : 0);
    if (astray && command != null) {
      assertThat(found).containsExactly(command);
    }
  }

  @Test
  void whatTheShippedCommandsWriteLiesInTheSlotOfTheirNumber() {
    for (LoadProfile.Option option : LoadProfile.of("all-types").options()) {
      if (option.name().equals("--command")) {
        String key = option.value().orElseThrow().split(" ", -1)[1].replace("__key__", "4711");
        assertThat(HashSlot.of(io.syncanalyzer.redis.Bytes.utf8(key)))
            .as(key)
            .isEqualTo(HashSlot.of(io.syncanalyzer.redis.Bytes.utf8("4711")));
      }
    }
  }

  @Test
  void theHindrancesOfAClusterAreNamed() {
    assertThat(ClusterMode.hindrance(cluster(NodeMap.NONE), ABLE)).isEmpty();
    assertThat(ClusterMode.hindrance(cluster(NodeMap.NONE), UNABLE).orElseThrow())
        .isEqualTo(
            "memtier_benchmark 1.2.0 has no --cluster-mode, and the source is a Redis Cluster");
    NodeMap map = new NodeMap(Map.of("10.0.0.1:6379", "127.0.0.1:1"));
    assertThat(ClusterMode.hindrance(cluster(map), ABLE).orElseThrow()).contains("--node-map");
    Topology single = Topology.single(Endpoint.parse(Side.SOURCE, "redis://h"));
    assertThat(ClusterMode.hindrance(single, UNABLE)).isEmpty();
  }

  @Test
  void aNodeOfAClusterAloneIsNotForMemtier() {
    Topology whole = cluster(NodeMap.NONE);
    Shard first = whole.shards().get(0);
    Topology alone =
        new Topology(
            whole.seed(),
            true,
            List.of(new Shard(first.primary(), List.of(), SlotSet.of(new SlotRange(0, 99)))));
    assertThat(ClusterMode.hindrance(alone, ABLE).orElseThrow())
        .contains("every node", "--source-topology single");
  }

  @Test
  void aPlanForAClusterThatCannotBeIsRefused() {
    assertThatThrownBy(() -> MemtierPlan.of(LoadRequest.of(cluster(NodeMap.NONE), folder), UNABLE))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("has no --cluster-mode")
        .hasMessageContaining("--load-engine jmh");
  }

  @Test
  void memtierIsPointedAtAPrimaryAndToldThatItIsACluster() {
    assertThat(MemtierServer.arguments(cluster(NodeMap.NONE)))
        .containsExactly("--server=127.0.0.1", "--port=7001", "--cluster-mode");
  }

  private static Topology cluster(NodeMap map) {
    Endpoint seed = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7009");
    Endpoint primary =
        seed.at("127.0.0.1", 7001)
            .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:7009"), map));
    return new Topology(seed, true, List.of(new Shard(primary, List.of(), SlotSet.ALL)));
  }
}
