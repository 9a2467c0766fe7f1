package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.TlsOptions;
import io.syncanalyzer.redis.topology.ClusterNode.Health;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterQuestionsTest {
  private static ClusterView view(RecordedCluster cluster) {
    try (RedisConnection connection = RedisConnection.open(cluster.seed())) {
      return new ClusterQuestions(connection, NodeMap.NONE).view();
    }
  }

  /** {@code slots primary [replicas]} of each shard, as announced. */
  private static List<String> shards(ClusterView view) {
    return view.shards().stream()
        .map(
            shard ->
                shard.slots()
                    + " "
                    + shard.primary().announced()
                    + " "
                    + shard.replicas().stream().map(ClusterNode::announced).toList())
        .toList();
  }

  private static List<String> shardsOf(String recording) {
    try (RecordedCluster cluster = new RecordedCluster(recording)) {
      return shards(view(cluster));
    }
  }

  @Test
  void fromVersion7TheShardsAreTold() {
    assertThat(shardsOf("redis-7.0"))
        .containsExactly(
            "0-5460 127.0.0.1:20100 [127.0.0.1:20104]",
            "5461-10922 127.0.0.1:20101 [127.0.0.1:20105]",
            "10923-16383 127.0.0.1:20102 [127.0.0.1:20103]");
  }

  @Test
  void beforeVersion7TheSlotsAreTold() {
    assertThat(shardsOf("redis-6.2"))
        .containsExactly(
            "0-5460 127.0.0.1:20110 [127.0.0.1:20114]",
            "5461-10922 127.0.0.1:20111 [127.0.0.1:20115]",
            "10923-16383 127.0.0.1:20112 [127.0.0.1:20113]");
  }

  @Test
  void hostNamesAreTakenWhereTheyAreAnnouncedAndTheAddressWhereANodeHasNone() {
    assertThat(shardsOf("redis-7.0-hostnames"))
        .containsExactly(
            "0-5460 node0.test:20100 [node4.test:20104]",
            "5461-10922 node1.test:20101 [127.0.0.1:20105]",
            "10923-16383 node2.test:20102 [node3.test:20103]");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEndpointThatIsNotToldIsTheHostThatWasAsked(boolean shards) {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0-unknown")) {
      if (!shards) {
        cluster.answering(
            "CLUSTER SHARDS", "-ERR unknown subcommand 'SHARDS'. Try CLUSTER HELP.\r\n");
      }
      Endpoint asked = cluster.seed().at("localhost", cluster.seed().port());
      try (RedisConnection connection = RedisConnection.open(asked)) {
        assertThat(shards(new ClusterQuestions(connection, NodeMap.NONE).view()))
            .containsExactly(
                "0-5460 localhost:20100 [localhost:20104]",
                "5461-10922 localhost:20101 [localhost:20105]",
                "10923-16383 localhost:20102 [localhost:20103]");
      }
    }
  }

  @Test
  void overTlsANodesTlsPortIsMeant() {
    Endpoint asked = Endpoint.parse(Side.SOURCE, "rediss://h:1").withTls(TlsOptions.DEFAULT);
    Reply both = reply("redis-7.0-tls");
    assertThat(ShardsReply.read(both, new NodeAddresses(asked, NodeMap.NONE)))
        .extracting(shard -> shard.primary().announced())
        .containsExactlyInAnyOrder("127.0.0.1:20130", "127.0.0.1:20131", "127.0.0.1:20132");
  }

  @Test
  void aMappedAddressIsWhereTheNodeIsReached() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      try (RedisConnection connection = RedisConnection.open(cluster.seed())) {
        ClusterView view = new ClusterQuestions(connection, cluster.nodes()).view();
        assertThat(view.nodes())
            .extracting(node -> node.endpoint().address())
            .containsOnly(cluster.address());
      }
    }
  }

  @Test
  void aFailedNodeIsToldByBothVersions() {
    try (RecordedCluster seven = new RecordedCluster("redis-7.0-failed");
        RecordedCluster six = new RecordedCluster("redis-6.2-failed")) {
      for (RecordedCluster cluster : List.of(seven, six)) {
        assertThat(view(cluster).shards())
            .filteredOn(shard -> shard.primary().health() == Health.FAILED)
            .singleElement()
            .satisfies(
                shard -> {
                  assertThat(shard.slots()).hasToString("10923-16383");
                  assertThat(shard.living()).isEmpty();
                });
      }
    }
  }

  @Test
  void whoMayNotAskIsToldWhatToGrantOnWhichNode() {
    try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
      cluster.answering(
          "CLUSTER SHARDS",
          "-NOPERM this user has no permissions to run the 'cluster|shards' command\r\n");
      assertThatThrownBy(() -> view(cluster))
          .isInstanceOf(RedisFailure.class)
          .hasMessageStartingWith("source redis://" + cluster.address())
          .hasMessageContaining("does not let user default run CLUSTER SHARDS")
          .hasMessageContaining("ACL SETUSER default +cluster|shards")
          .hasMessageNotContaining("\n");
    }
  }

  private static Reply reply(String recording) {
    try (RecordedCluster cluster = new RecordedCluster(recording);
        RedisConnection connection = RedisConnection.open(cluster.seed())) {
      return connection.call("CLUSTER", "SHARDS");
    }
  }

  @Test
  void whatIsNoMapOfNodesIsNoShard() {
    for (String reply : List.of("*0\r\n", "+OK\r\n", "*1\r\n*0\r\n", "*1\r\n:1\r\n")) {
      try (RecordedCluster cluster = new RecordedCluster("redis-7.0")) {
        cluster.answering("CLUSTER SHARDS", reply);
        assertThat(view(cluster).shards()).isEmpty();
      }
    }
  }
}
