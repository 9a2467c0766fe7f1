package io.syncanalyzer.insert.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadRoutesTest {
  private static final NodeMap MAP = new NodeMap(Map.of("10.0.0.3:6379", "127.0.0.1:7003"));
  private static final Topology TWO =
      cluster(shard(7001, new SlotRange(0, 8191)), shard(7002, new SlotRange(8192, 16383)));

  private final AtomicLong now = new AtomicLong();
  private final NanoClock clock = now::get;

  @Test
  void everySlotGoesToItsPrimary() {
    LoadRoutes routes = new LoadRoutes(TWO, same -> same, clock);

    assertThat(port(routes, 0)).isEqualTo(7001);
    assertThat(port(routes, 8191)).isEqualTo(7001);
    assertThat(port(routes, 8192)).isEqualTo(7002);
    assertThat(port(routes, 16383)).isEqualTo(7002);
  }

  @Test
  void aSlotThatNobodyOwnsGoesNowhere() {
    LoadRoutes routes =
        new LoadRoutes(cluster(shard(7001, new SlotRange(0, 99))), same -> same, clock);

    assertThat(routes.of(99)).isNotNull();
    assertThat(routes.of(100)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // what the node says, where that is
    "127.0.0.1:7009, 127.0.0.1:7009",
    "10.0.0.3:6379, 127.0.0.1:7003",
    ":7005, 127.0.0.1:7005",
    "?:7005, 127.0.0.1:7005",
    "::1:7005, [::1]:7005",
  })
  void aMovedSlotGoesWhereItsNodeSaidAndNoOther(String said, String reached) {
    LoadRoutes routes = new LoadRoutes(TWO, same -> same, clock);

    routes.moved(5, said, TWO.primaries().get(0));

    assertThat(Objects.requireNonNull(routes.of(5)).address()).isEqualTo(reached);
    assertThat(port(routes, 6)).isEqualTo(7001);
  }

  @Test
  void whoTookOverIsAskedForOnceInAWhileAndTold() {
    AtomicInteger asked = new AtomicInteger();
    Topology later =
        cluster(shard(7001, new SlotRange(0, 8191)), shard(7004, new SlotRange(8192, 16383)));
    LoadRoutes routes =
        new LoadRoutes(
            TWO,
            same -> {
              asked.incrementAndGet();
              return later;
            },
            clock);
    routes.askAgain();
    routes.askAgain();

    assertThat(asked).hasValue(1);
    assertThat(port(routes, 9000)).isEqualTo(7004);
    assertThat(routes.isUsed(TWO.primaries().get(0))).isTrue();
    assertThat(routes.isUsed(TWO.primaries().get(1))).isFalse();
    now.addAndGet(1_000_000_000L);
    routes.askAgain();
    assertThat(asked).hasValue(2);
    assertThat(routes.changes())
        .containsExactly("failover: 127.0.0.1:7004 took over slots 8192-16383 while the load ran");
  }

  @Test
  @Timeout(10)
  void whileOneAsksTheOthersGoOnWithWhatIsKnown() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(1);
    Topology later =
        cluster(shard(7001, new SlotRange(0, 8191)), shard(7004, new SlotRange(8192, 16383)));
    LoadRoutes routes =
        new LoadRoutes(
            TWO,
            same -> {
              begun.countDown();
              awaits(others);
              return later;
            },
            clock);
    Thread asking = new Thread(routes::askAgain);
    asking.start();
    begun.await();
    routes.askAgain();

    assertThat(routes.isUsed(TWO.primaries().get(1))).isTrue();
    assertThat(routes.changes()).isEmpty();
    assertThat(port(routes, 9000)).isEqualTo(7002);
    others.countDown();
    asking.join();
    assertThat(port(routes, 9000)).isEqualTo(7004);
  }

  private static void awaits(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whereNobodyCanTellAllStays() {
    LoadRoutes routes =
        new LoadRoutes(
            TWO,
            same -> {
              throw new RedisFailure(
                  RedisFailure.Kind.CLUSTER_DOWN, same.seed(), "the cluster is down", null);
            },
            clock);
    routes.askAgain();

    assertThat(port(routes, 9000)).isEqualTo(7002);
    assertThat(routes.changes()).isEmpty();
  }

  @Test
  void theServerThatTheUserNamedIsAlwaysTheOne() {
    AtomicInteger asked = new AtomicInteger();
    LoadRoutes routes =
        new LoadRoutes(
            Topology.single(Endpoint.parse(Side.SOURCE, "redis://h:1")),
            same -> {
              asked.incrementAndGet();
              return same;
            },
            clock);
    routes.askAgain();

    assertThat(asked).hasValue(0);
    assertThat(routes.mayChange()).isFalse();
    assertThat(port(routes, 12_345)).isEqualTo(1);
  }

  private static int port(LoadRoutes routes, int slot) {
    return Objects.requireNonNull(routes.of(slot)).port();
  }

  private static Topology cluster(Shard... shards) {
    return new Topology(
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:7001"), true, List.of(shards));
  }

  private static Shard shard(int port, SlotRange slots) {
    Endpoint primary =
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + port)
            .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:7001"), MAP));
    return new Shard(primary, List.of(), SlotSet.of(slots));
  }
}
