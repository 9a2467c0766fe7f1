package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.scripted.LoopbackServer;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SlotCountsTest {
  private static final Origin NODE =
      new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE);

  /** Each slot has as many keys as its number; the server's database 0 holds 500, 2 expire. */
  private static LoopbackServer server(boolean counting) {
    return new LoopbackServer(
        () ->
            command ->
                switch (command.get(0)) {
                  case "CLUSTER" -> counting ? ":" + command.get(2) + "\r\n" : "-NOPERM no\r\n";
                  case "INFO" ->
                      LoopbackServer.bulk(
                          "# Keyspace\r\ndb0:keys=500,expires=2,avg_ttl=0\r\n"
                              + "db3:keys=7,expires=0,avg_ttl=0\r\n");
                  default -> "+OK\r\n";
                });
  }

  private static KeyCounts counts(boolean counting, boolean inCluster, String slots) {
    try (LoopbackServer server = server(counting)) {
      Endpoint endpoint = server.endpoint(Side.SOURCE);
      try (RawConnection connection =
          RawConnection.open(inCluster ? endpoint.from(NODE) : endpoint)) {
        return KeyCounts.of(connection, SlotSet.parse(slots));
      }
    }
  }

  @Test
  void aNodeCountsTheKeysOfTheSlots() {
    KeyCounts counts = counts(true, true, "3-5,100");
    assertThat(counts.keys(0)).isEqualTo(OptionalLong.of(112));
    assertThat(counts.expiring(0)).as("of the whole server").isEqualTo(2);
  }

  @Test
  void whereNobodyCountsThemTheKeysAreNotKnownAndTheExpiriesAre() {
    for (KeyCounts counts : List.of(counts(false, true, "3-5"), counts(true, false, "3-5"))) {
      assertThat(counts.keys(0)).isEmpty();
      assertThat(counts.keysIn(List.of(0))).isEmpty();
      assertThat(counts.keysBeside(List.of(0))).isEqualTo(OptionalLong.of(7));
      assertThat(counts.mayExpire(0)).isTrue();
      assertThat(counts.mayExpire(1)).isFalse();
    }
  }

  @Test
  void aServerInNoClusterHasEverySlot() {
    assertThat(counts(true, false, "0-16383").keys(0)).isEqualTo(OptionalLong.of(500));
  }
}
