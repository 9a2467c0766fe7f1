package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeMapTest {
  @Test
  void whatIsMappedIsFoundBothWaysAndAllElseIsWhereItSays() {
    NodeMap map = new NodeMap(Map.of("10.0.0.1:6379", "localhost:7001"));
    assertThat(map.of("10.0.0.1:6379")).isEqualTo("localhost:7001");
    assertThat(map.announced("localhost:7001")).isEqualTo("10.0.0.1:6379");
    assertThat(map.of("10.0.0.2:6379")).isEqualTo("10.0.0.2:6379");
    assertThat(map.announced("10.0.0.2:6379")).isEqualTo("10.0.0.2:6379");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h:1", "10.0.0.1:65535", "[::1]:6379", "my_redis-1.net:6379"})
  void anAddressIsHostAndPort(String address) {
    assertThat(NodeMap.address(address)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h",
        "h:",
        ":1",
        "h:0",
        "h:65536",
        "h:1:2",
        "::1:6379",
        "h:1/0",
        "redis://h:1"
      })
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> NodeMap.address(address)).isInstanceOf(IllegalArgumentException.class);
  }
}
