package io.syncanalyzer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds what other tests rest on. */
class TestSentinelIT {
  @Test
  void aFailoverByCommandMakesAnotherTheSource() {
    try (TestSentinel service = TestSentinel.start(2)) {
      int first = service.source().port();
      assertThat(service.replicas()).hasSize(2);
      service.failover();
      int second = service.source().port();
      assertThat(second).isNotEqualTo(first);
      assertThat(service.replicas()).extracting(one -> one.port()).contains(first);
    }
  }

  @Test
  void aReplicaTakesThePlaceOfASourceThatIsKilled() {
    try (TestSentinel service = TestSentinel.start(1)) {
      int first = service.source().port();
      service.killSource();
      assertThat(service.source().port()).isNotEqualTo(first);
      assertThat(service.replicas()).isEmpty();
    }
  }
}
