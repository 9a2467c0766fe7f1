package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerProductTest {
  @ParameterizedTest
  @CsvSource({
    "kvrocks-source, KVROCKS, Kvrocks 2.9.0",
    "kvrocks-replica, KVROCKS, Kvrocks 2.9.0",
    "dragonfly-source, DRAGONFLY, Dragonfly df-v1.39.0",
    "dragonfly-replica, DRAGONFLY, Dragonfly df-v1.39.0",
    "keydb-source, KEYDB, KeyDB 6.3.4",
    "keydb-active, KEYDB, KeyDB 6.3.4",
    "active-active, REDIS_ENTERPRISE, Redis Enterprise 7.4.0",
  })
  void aServerIsKnownByWhatNoOtherShows(String recorded, ServerProduct product, String words) {
    ServerInfo info = RecordedInfo.of(recorded);
    assertThat(info.serverProduct()).isEqualTo(product);
    assertThat(info.product()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "redis_version:7.0.15, REDIS",
    "redis_version:7.2.4;valkey_version:8.1.1, VALKEY",
    "redis_version:6.3.4;executable:/usr/bin/keydb-server, KEYDB",
    "server_name:odd, REDIS",
  })
  void whatSaysNothingElseOfItselfCountsAsRedis(String fields, ServerProduct product) {
    ServerInfo info = ServerInfo.parse(fields.replace(';', '\n'));
    assertThat(info.serverProduct()).isEqualTo(product);
  }

  @Test
  void whatKvrocksCountedAtItsLastScanIsNotWhatItHolds() {
    assertThat(RecordedInfo.of("kvrocks-source").showsKeyspaces()).isFalse();
    assertThat(RecordedInfo.of("kvrocks-replica").keysInAll()).isEmpty();
  }

  @Test
  void dragonflyWritesMicrosecondsAfterThePointWithoutTheZerosBeforeThem() {
    ServerInfo info = RecordedInfo.of("dragonfly-source");
    assertThat(info.cpuSeconds().getAsDouble()).isEqualTo(12.500042, within(1e-9));
    assertThat(info.mainThreadCpuSeconds().getAsDouble()).isEqualTo(3.250007, within(1e-9));
  }

  @Test
  void kvrocksShowsWholeSecondsOfCpu() {
    assertThat(RecordedInfo.of("kvrocks-source").cpuSeconds()).hasValue(17);
    assertThat(RecordedInfo.of("kvrocks-source").mainThreadCpuSeconds()).isEmpty();
  }

  @Test
  void aReplicaIsOneInWhicheverWordItSaysSo() {
    ServerInfo dragonfly = RecordedInfo.of("dragonfly-replica");
    assertThat(dragonfly.isReplica()).isTrue();
    assertThat(dragonfly.replicationOffset()).hasValue(88);
    assertThat(RecordedInfo.of("kvrocks-replica").isReplica()).isTrue();
    ServerInfo active = RecordedInfo.of("keydb-active");
    assertThat(active.isReplica()).as("an active one takes writes").isFalse();
    assertThat(active.isActiveReplica()).isTrue();
  }
}
