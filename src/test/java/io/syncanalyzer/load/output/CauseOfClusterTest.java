package io.syncanalyzer.load.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CauseOfClusterTest {
  @Test
  void aClustersErrorsAreMemtiersOwn() {
    assertThat(Cause.ofCluster(Map.of("MOVED", 12L, "ERR", 1L)))
        .hasValueSatisfying(
            why -> assertThat(why).contains("Redis Cluster", "12 MOVED").doesNotContain("ERR"));
    assertThat(Cause.ofCluster(Map.of("CLUSTERDOWN", 3L))).isPresent();
  }

  @Test
  void othersAreNoneOfThem() {
    assertThat(Cause.ofCluster(Map.of("ERR", 1L, "NOPERM", 2L))).isEmpty();
    assertThat(Cause.ofCluster(Map.of())).isEmpty();
  }
}
