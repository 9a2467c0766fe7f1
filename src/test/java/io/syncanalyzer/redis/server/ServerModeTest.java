package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerModeTest {
  @ParameterizedTest
  @CsvSource({
    "redis_mode:standalone, SINGLE",
    "redis_mode:standalone/cluster_enabled:0, SINGLE",
    "redis_mode:cluster/cluster_enabled:1, CLUSTER_NODE",
    "redis_mode:cluster, CLUSTER_NODE",
    "cluster_enabled:1, CLUSTER_NODE",
    "server_mode:cluster, CLUSTER_NODE",
    "redis_mode:standalone/cluster_enabled:1, CLUSTER_NODE",
    "redis_mode:sentinel, SENTINEL",
    "server_mode:sentinel, SENTINEL",
    "redis_version:7.0.15, SINGLE",
    "'', SINGLE"
  })
  void aServersOwnWordsTellWhatItIs(String info, ServerMode topology) {
    assertThat(ServerMode.of(ServerInfo.parse(info.replace("/", "\r\n")))).isEqualTo(topology);
  }
}
