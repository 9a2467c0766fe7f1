package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.load.LoadRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The built-in engine on a real cluster. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterInsertLoadIT {
  private static TestCluster cluster;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(3, 1);
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @Test
  @Order(1)
  void everyKeyGoesToItsPrimaryAndAllOfItIsThere() throws InterruptedException {
    long before = calls();
    JmhLoadSummary summary = load(cluster.topology(Side.SOURCE), 2000, () -> {}, 500);

    assertThat(summary.incomplete()).isNull();
    assertThat(summary.errorReplies()).isEmpty();
    long count = Objects.requireNonNull(summary.totals().count());
    assertThat(count).isPositive();
    assertThat(calls() - before).isEqualTo(count);
    assertThat(shards(summary)).hasSize(3);
    assertThat(shards(summary).stream().mapToLong(row -> Objects.requireNonNull(row.count())).sum())
        .isEqualTo(count);
  }

  @Test
  @Order(1)
  void theRateIsThatOfAllPrimariesTogether() throws InterruptedException {
    long before = calls();
    JmhLoadRequest request =
        JmhLoadRequest.of(cluster.topology(Side.SOURCE), folder)
            .with(Data.DEFAULT.withValueBytes(64).withKeyRange(HashSlot.COUNT))
            .withPace();
    try (InsertLoad load = InsertLoad.start(request, second -> {})) {
      load.awaitReady(Duration.ofSeconds(60));
      load.go();
      load.pace(1, 3_000);
      load.listen(Duration.ofSeconds(4));
      load.pace(1, 0);
      load.stop();
      JmhLoadSummary summary = load.await();

      assertThat(summary.incomplete()).isNull();
      long count = Objects.requireNonNull(summary.totals().count());
      assertThat(calls() - before).isEqualTo(count);
      JmhLoadSummary.Pace pace = summary.paces().get(0);
      assertThat(pace.answered() * 1e9 / pace.nanos() / 3_000).isCloseTo(1, within(0.01));
      assertThat(shards(summary)).hasSize(3);
      assertThat(
              shards(summary).stream().mapToLong(row -> Objects.requireNonNull(row.count())).sum())
          .isEqualTo(count);
    }
  }

  @Test
  @Order(2)
  void ofOneNodeAloneOnlyItsOwnSlotsAreWritten() throws InterruptedException {
    Topology whole = cluster.topology(Side.SOURCE);
    JmhLoadSummary summary =
        load(
            new Topology(whole.seed(), true, true, whole.shards().subList(0, 1)),
            1000,
            () -> {},
            0);

    assertThat(summary.errorReplies()).isEmpty();
    assertThat(shards(summary)).hasSize(1);
  }

  @Test
  @Order(3)
  void aSlotThatMovesMeanwhileIsFollowedAndEveryTurnIsCounted() throws InterruptedException {
    JmhLoadSummary summary =
        load(
            cluster.topology(Side.SOURCE),
            3500,
            () -> cluster.move(SlotSet.of(new SlotRange(0, 19)), cluster.primaryOf(16_000)),
            800);

    assertThat(summary.incomplete()).isNull();
    assertThat(summary.errorReplies().keySet()).isSubsetOf("MOVED", "ASK");
    assertThat(summary.errorReplies().get("MOVED")).isPositive();
    assertThat(summary.totals().errors().replies())
        .isEqualTo(summary.errorReplies().values().stream().mapToLong(Long::longValue).sum());
    assertThat(summary.report(List.of()).warnings())
        .anyMatch(line -> line.contains("sent again where it belongs"));
  }

  @Test
  @Order(4)
  void afterAFailoverItGoesOnWhereTheReplicaTookOver() throws InterruptedException {
    int victim = cluster.primaryOf(16_000);
    int heir = cluster.replicasOf(victim).get(0);
    JmhLoadSummary summary =
        load(cluster.topology(Side.SOURCE), 9_000, () -> cluster.kill(victim), 800);

    assertThat(summary.incomplete()).isNull();
    assertThat(summary.totals().errors().connections()).isPositive();
    assertThat(shards(summary))
        .extracting(LoadRow::shard)
        .contains(cluster.endpoint(heir, Side.SOURCE).address());
    assertThat(summary.report(List.of()).warnings())
        .anyMatch(line -> line.contains("failover: ") && line.contains("took over slots"));
  }

  private JmhLoadSummary load(Topology source, long millis, Runnable meanwhile, long after)
      throws InterruptedException {
    JmhLoadRequest request =
        JmhLoadRequest.of(source, folder)
            .with(new Writers(2, 16))
            .with(Data.DEFAULT.withValueBytes(64).withKeyRange(HashSlot.COUNT));
    Consumer<Long> pause = ClusterInsertLoadIT::pause;
    try (InsertLoad load = InsertLoad.start(request, second -> {})) {
      load.awaitReady(Duration.ofSeconds(60));
      load.go();
      Thread driver =
          new Thread(
              () -> {
                pause.accept(after);
                meanwhile.run();
                pause.accept(millis - after);
                load.stop();
              });
      driver.start();
      JmhLoadSummary summary = load.await();
      driver.join();
      return summary;
    }
  }

  private static List<LoadRow> shards(JmhLoadSummary summary) {
    return summary.rows().stream().filter(row -> row.shard() != null).toList();
  }

  /** Of the load's commands, by every primary's own count. */
  private static long calls() {
    long calls = 0;
    for (int node = 0; node < 3; node++) {
      Reply.Text stats = (Reply.Text) cluster.on(node, "INFO", "commandstats");
      for (String line : stats.bytes().asUtf8().split("\r\n", -1)) {
        if (line.matches("cmdstat_(set|hset|lpush|ltrim|sadd|zadd|xadd):.*")) {
          calls += Long.parseLong(line.replaceFirst(".*?calls=(\\d+).*", "$1"));
        }
      }
    }
    return calls;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
