package io.syncanalyzer.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SidesTest {
  private static SideReport node(
      Side side, String address, @Nullable Long keys, String link, double clock, String slots) {
    return new SideReport(
        side,
        "redis://" + address,
        "Redis 7.0.15",
        null,
        side == Side.SOURCE ? "source" : "replica",
        link.isEmpty() ? null : link,
        null,
        null,
        17L,
        keys,
        1L,
        1000L,
        List.of("knows absolute expiry"),
        null,
        clock == 0 ? null : new ClockReport(clock, 1, null, null),
        "redis://seed:1",
        slots.isEmpty() ? null : slots);
  }

  @Test
  void aClusterIsToldAsOneItsNodesAddedUp() {
    List<SideReport> merged =
        Sides.merged(
            List.of(
                node(Side.SOURCE, "a:1", 3L, "", 0, "0-8191"),
                node(Side.SOURCE, "b:1", 4L, "", 0, "8192-16383"),
                node(Side.REPLICA, "c:1", 3L, "up", 2, "0-8191"),
                node(Side.REPLICA, "d:1", 4L, "down", -1500, "8192-16383")));
    assertThat(merged).hasSize(2);
    SideReport source = merged.get(0);
    assertThat(source.uri()).isEqualTo("redis://seed:1");
    assertThat(source.role()).isEqualTo("cluster, 2 primaries");
    assertThat(source.keys()).isEqualTo(7);
    assertThat(source.expires()).isEqualTo(2);
    assertThat(source.usedMemoryBytes()).isEqualTo(2000);
    assertThat(source.product()).isEqualTo("Redis 7.0.15");
    assertThat(source.offset()).isNull();
    assertThat(source.capabilities()).containsExactly("knows absolute expiry");
    SideReport replica = merged.get(1);
    assertThat(replica.role()).isEqualTo("cluster, 2 replicas");
    assertThat(replica.link()).isEqualTo("up and down");
    assertThat(replica.clock()).isEqualTo(new ClockReport(-1500, 1, null, null));
  }

  @Test
  void aSumOfWhichAPartIsNotKnownIsNotKnown() {
    assertThat(
            Sides.merged(
                    List.of(
                        node(Side.SOURCE, "a:1", 3L, "", 0, "0-8191"),
                        node(Side.SOURCE, "b:1", null, "", 0, "8192-16383")))
                .get(0)
                .keys())
        .isNull();
  }

  @Test
  void serversThatAreInNoClusterStayWhatTheyAre() {
    List<SideReport> single =
        List.of(
            node(Side.SOURCE, "a:1", 3L, "", 0, ""),
            node(Side.REPLICA, "b:1", 3L, "up", 0, ""),
            node(Side.REPLICA, "c:1", 3L, "up", 0, ""));
    assertThat(Sides.merged(single)).isEqualTo(single);
  }
}
