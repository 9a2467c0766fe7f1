package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerInfoTest {
  @Test
  void aSourceShowsItsOffsetItsReplicasAndItsKeys() {
    ServerInfo info =
        ServerInfo.parse(
            """
            # Server\r
            redis_version:7.0.15\r
            run_id:abc\r
            # Replication\r
            role:master\r
            slave0:ip=10.0.0.7,port=19777,state=online,offset=98,lag=1\r
            master_replid:8371b4fb1155b71f4a04d3e1bc3e18c4a990aeeb\r
            master_repl_offset:112\r
            # CPU\r
            used_cpu_sys:1.5\r
            used_cpu_user:2.25\r
            # Keyspace\r
            db0:keys=3,expires=1,avg_ttl=0\r
            db11:keys=5,expires=0,avg_ttl=0\r
            """);
    assertThat(info.product()).isEqualTo("Redis 7.0.15");
    assertThat(info.isReplica()).isFalse();
    assertThat(info.replicationOffset()).hasValue(112);
    assertThat(info.cpuSeconds()).hasValue(3.75);
    assertThat(info.keyspaces())
        .containsExactly(new ServerInfo.Keyspace(0, 3, 1), new ServerInfo.Keyspace(11, 5, 0));
    assertThat(info.connectedReplicas())
        .singleElement()
        .satisfies(replica -> assertThat(replica.offset()).isEqualTo(98));
  }

  @Test
  void aReplicaShowsWhomItFollowsAndWhatItHasApplied() {
    ServerInfo info =
        ServerInfo.parse(
            "role:slave\nmaster_host:10.0.0.1\nmaster_port:13300\nmaster_link_status:down\n"
                + "slave_repl_offset:90\nmaster_repl_offset:100\n");
    assertThat(info.isReplica()).isTrue();
    assertThat(info.followsHost()).contains("10.0.0.1");
    assertThat(info.followsPort()).hasValue(13300);
    assertThat(info.linkStatus()).contains("down");
    assertThat(info.replicationOffset()).hasValue(90);
  }

  @Test
  void whatAServerHidesIsEmptyAndNotZero() {
    ServerInfo info = ServerInfo.parse("redis_version:7.4.0\nused_memory:\n");
    assertThat(info.replicationOffset()).isEmpty();
    assertThat(info.replicationId()).isEmpty();
    assertThat(info.usedMemoryBytes()).isEmpty();
    assertThat(info.cpuSeconds()).isEmpty();
    assertThat(info.role()).isEmpty();
  }

  @Test
  void aReplicationIdOfZerosIsNone() {
    assertThat(ServerInfo.parse("master_replid:0000000000\n").replicationId()).isEmpty();
  }

  @Test
  void valkeyIsNamedByItsOwnVersion() {
    assertThat(ServerInfo.parse("redis_version:7.2.4\nvalkey_version:9.1.2\n").product())
        .isEqualTo("Valkey 9.1.2");
  }

  @Test
  void commandAndErrorCountsAreReadByName() {
    ServerInfo info =
        ServerInfo.parse(
            "cmdstat_set:calls=10,usec=20,usec_per_call=2.00\n"
                + "cmdstat_config|get:calls=1,usec=9\nerrorstat_READONLY:count=7\n");
    assertThat(info.commandCalls()).containsEntry("set", 10L).containsEntry("config|get", 1L);
    assertThat(info.errorReplies()).containsExactly(java.util.Map.entry("READONLY", 7L));
  }
}
