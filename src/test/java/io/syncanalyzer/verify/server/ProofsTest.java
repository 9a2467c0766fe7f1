package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.server.RecordedInfo;
import io.syncanalyzer.redis.server.ServerInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProofsTest {
  private static final String REDIS =
      "redis_version:7.0.15\nmaster_replid:a\nmaster_repl_offset:9\nslave_repl_offset:9\n"
          + "rdb_changes_since_last_save:0\nrdb_last_save_time:1\n";
  private static final String LEAF = "role:slave\nmaster_link_status:up\n";
  private static final ServerInfo SOURCE = redis("role:master\ntcp_port:1\n");
  private static final ServerInfo REPLICA = redis(LEAF + "master_port:1\ntcp_port:2\n");

  private static ServerInfo redis(String more) {
    return ServerInfo.parse(REDIS + more);
  }

  @Test
  void betweenRedisAndItsReplicaAllHold() {
    assertThat(Proofs.of(SOURCE, REPLICA))
        .isEqualTo(new Proofs(null, null, null, null, null, null));
    assertThat(Proofs.of(SOURCE, REPLICA).words(true))
        .isEqualTo(
            "fence: offset; counting proof: yes; WATCH: yes; payloads: yes; expiry: absolute");
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "kvrocks-source | kvrocks-replica | fence: sentinel (the source shows no replication id);"
            + " counting proof: no (Kvrocks does not show how many keys there are now);"
            + " WATCH: no (Kvrocks's does not notice that keys expire); payloads: yes;"
            + " expiry: time left",
        "dragonfly-source | dragonfly-replica | fence: sentinel (the source shows no replication"
            + " offset); counting proof: no (Dragonfly keeps no order between its threads on the"
            + " way); WATCH: no (Dragonfly keeps no order between its threads on the way);"
            + " payloads: yes; expiry: time left, 8.5 years at most",
        "keydb-source | dragonfly-replica | fence: sentinel (the replica's replication id is not"
            + " the source's); counting proof: no (Dragonfly does not show how often it was written"
            + " to); WATCH: yes; payloads: no (each serializes in its own way); expiry: time left,"
            + " 8.5 years at most",
        "keydb-active | keydb-active | fence: sentinel (of an active replica's two directions none"
            + " has an offset of its own); counting proof: no (active replica: both sides are"
            + " written to); WATCH: no (active replica: both sides are written to); payloads: yes;"
            + " expiry: time left",
        "active-active | active-active | fence: sentinel (the replica's INFO does not call it one);"
            + " counting proof: no (Active-Active: both sides are written to); WATCH: no"
            + " (Active-Active: both sides are written to); payloads: yes; expiry: time left",
      })
  void whatHoldsElsewhereIsToldWithTheReason(String source, String replica, String words) {
    assertThat(Proofs.of(RecordedInfo.of(source), RecordedInfo.of(replica)).words(false))
        .isEqualTo(words);
  }

  @Test
  void aSourceThatIsAReplicaItselfMayBeBehindButForItsOwnReplica() {
    ServerInfo middle =
        redis(LEAF + "master_port:9\ntcp_port:1\nslave0:ip=h,port=2,state=online,offset=1,lag=0\n");
    assertThat(Proofs.of(middle, REPLICA).noStanding()).isNull();
    ServerInfo sibling = redis(LEAF + "master_port:9\ntcp_port:1\n");
    ServerInfo other = redis(LEAF + "master_port:9\ntcp_port:2\n");
    assertThat(Proofs.of(sibling, other).noStanding())
        .isEqualTo("the source is itself a replica, and may be behind the replica");
    assertThat(Proofs.of(sibling, other).noWatch()).isNotNull();
    assertThat(Proofs.of(REPLICA, SOURCE).noStanding()).as("the sides swapped").isNotNull();
  }

  @Test
  void payloadsOfOtherReleasesMayBeOthers() {
    ServerInfo newer = ServerInfo.parse(REDIS.replace("7.0.15", "8.0.6") + LEAF);
    assertThat(Proofs.of(SOURCE, newer).noPayloads())
        .isEqualTo("their versions may serialize otherwise");
    ServerInfo patched = ServerInfo.parse(REDIS.replace("7.0.15", "7.0.5") + LEAF);
    assertThat(Proofs.of(SOURCE, patched).noPayloads()).isNull();
  }

  @Test
  void whereASideHidesItsCountsNothingIsProvedByThem() {
    ServerInfo hiding = ServerInfo.parse("redis_version:7.0.15\ndb0:keys=3,expires=0\n");
    assertThat(Proofs.of(hiding, REPLICA).noCounts())
        .isEqualTo("Redis does not show how often it was written to");
    assertThat(Proofs.of(SOURCE, ServerInfo.parse("redis_version:7.0.15\n")).noCounts())
        .isEqualTo("Redis does not show how many keys there are now");
  }

  @Test
  void abilitiesAreUsedOnlyWhereTheirProofsHold() {
    Abilities all =
        new Abilities(
            true, false, true, true, true, true, io.syncanalyzer.redis.server.ClockSkew.NONE);
    assertThat(all.within(Proofs.of(SOURCE, REPLICA))).isEqualTo(all);
    Abilities twoWay =
        all.within(Proofs.of(RecordedInfo.of("keydb-active"), RecordedInfo.of("keydb-active")));
    assertThat(twoWay.watch()).isFalse();
    assertThat(twoWay.sourceCounts()).isFalse();
    assertThat(twoWay.memoryUsage()).isTrue();
    Abilities onDisk =
        all.within(
            Proofs.of(RecordedInfo.of("kvrocks-source"), RecordedInfo.of("kvrocks-replica")));
    assertThat(onDisk.watch()).isFalse();
    assertThat(onDisk.sourceCounts()).isTrue();
  }
}
