package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RawConnection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which sizes are asked for, by what a real server says of itself. */
class SizesFirstIT {
  private static final int TO_300_MB = 300 * 1024 * 1024;

  @Test
  void aServerThatHoldsLittleIsAskedForNoSizes() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RawConnection connection = RawConnection.open(server.endpoint(Side.SOURCE))) {
      assertThat(of(connection)).isEqualTo(SizesFirst.OF_NONE);
    }
  }

  @Test
  void whereMuchIsHeldInManySmallStringsOnlyCollectionsAreAskedForSizes() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RawConnection connection = RawConnection.open(server.endpoint(Side.SOURCE))) {
      String value = "v".repeat(8_000);
      for (int batch = 0; batch < 70; batch++) {
        for (int i = 0; i < 1_000; i++) {
          connection.out().command("SET", "k" + batch + ":" + i, value);
        }
        connection.out().flush();
        for (int i = 0; i < 1_000; i++) {
          connection.in().next();
        }
      }
      assertThat(ServerIdentity.infoOf(connection).usedMemoryBytes().orElseThrow())
          .isGreaterThan(SizesFirst.MOST_BYTES);
      assertThat(of(connection))
          .isEqualTo(hasJemalloc(connection) ? SizesFirst.OF_COLLECTIONS : SizesFirst.OF_ALL);
      connection.expect("ACL", "SETUSER", "default", "-memory|malloc-stats");
      assertThat(of(connection)).isEqualTo(SizesFirst.OF_ALL);
    }
  }

  @Test
  void whereSomeStringsAreLargeAllAreAskedForTheirSizes() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RawConnection connection = RawConnection.open(server.endpoint(Side.SOURCE))) {
      for (String key : List.of("one", "other")) {
        connection.expect("SETRANGE", key, Integer.toString(TO_300_MB), "x");
      }
      assertThat(of(connection)).isEqualTo(SizesFirst.OF_ALL);
    }
  }

  @Test
  void whatEitherSideNeedsIsDone() {
    assertThat(Stream.of(SizesFirst.OF_NONE, SizesFirst.OF_COLLECTIONS, SizesFirst.OF_ALL))
        .allSatisfy(
            one -> {
              assertThat(one.and(SizesFirst.OF_NONE)).isEqualTo(one);
              assertThat(SizesFirst.OF_NONE.and(one)).isEqualTo(one);
              assertThat(one.and(SizesFirst.OF_ALL)).isEqualTo(SizesFirst.OF_ALL);
            });
  }

  private static SizesFirst of(RawConnection connection) {
    ServerInfo info = ServerIdentity.infoOf(connection);
    return SizesFirst.of(info, connection);
  }

  private static boolean hasJemalloc(RawConnection connection) {
    return ServerIdentity.infoOf(connection).field("mem_allocator").orElse("").contains("jemalloc");
  }
}
