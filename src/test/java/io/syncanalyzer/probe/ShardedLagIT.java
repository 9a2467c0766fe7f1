package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lag of a cluster's shards, on one of three primaries with a replica each. */
class ShardedLagIT {
  private static final List<SentinelType> ALL = List.of(SentinelType.values());
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(3, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void everyShardIsMeasuredAndTheRowsAddUpToThoseOfAll(@TempDir Path folder) {
    LagSettings settings = settings("sum").withHlog(Optional.of(folder.resolve("lag.hlog")));
    LagProbe probe = probe();
    LagSummary summary = probe.floor(settings).plus(probe.run(settings));

    assertThat(summary.incomplete()).isNull();
    for (String phase : List.of("floor", "probe")) {
      LagPhase all = together(summary, phase);
      List<LagPhase> shards = shards(summary, phase);
      assertThat(shards)
          .extracting(one -> one.accounting().shard())
          .hasSize(3)
          .doesNotHaveDuplicates();
      assertThat(shards).allMatch(one -> one.accounting().censored() == 0);
      assertThat(shards).allMatch(one -> one.accounting().observed() > 100);
      for (ToLongFunction<LagAccounting> count :
          List.<ToLongFunction<LagAccounting>>of(
              LagAccounting::scheduled,
              LagAccounting::observed,
              LagAccounting::samples,
              LagAccounting::warmupExcluded)) {
        assertThat(shards.stream().map(LagPhase::accounting).mapToLong(count).sum())
            .isEqualTo(count.applyAsLong(all.accounting()));
      }
      assertThat(shards.stream().mapToLong(one -> one.row("50").samples()).sum())
          .isEqualTo(all.row("50").samples());
      assertThat(all.timeline().stream().mapToLong(LagSecond::observed).sum())
          .isEqualTo(all.accounting().observed());
      assertThat(all.row("max").upper().micros())
          .isEqualTo(
              shards.stream()
                  .map(one -> one.row("max").upper().micros())
                  .max(Double::compare)
                  .get());
    }
    assertThat(together(summary, "probe").accounting().scheduled()).isEqualTo(1200);
    assertThat(LagProbe.clean(settings, summary.written())).isPositive();
    assertThat(cluster.on(0, "DBSIZE").toString()).contains("0");
  }

  @Test
  void aReplicaThatStandsStillHoldsNoOtherShardUp() throws Exception {
    int stalled = cluster.replicasOf(1).get(0);
    LagSettings settings = settings("stall");
    LagSummary summary = Meanwhile.run(settings, () -> stallFor(stalled, Duration.ofMillis(1500)));
    LagProbe.clean(settings, summary.written());

    String shard = cluster.endpoint(1, Side.SOURCE).address();
    for (LagPhase one : shards(summary, "probe")) {
      double max = Objects.requireNonNull(one.row("max").upper().micros());
      if (shard.equals(one.accounting().shard())) {
        assertThat(max).isGreaterThan(800_000);
      } else {
        assertThat(max).as(one.accounting().shard()).isLessThan(500_000);
      }
      assertThat(one.accounting().censored()).isZero();
      assertThat(one.accounting().unsent()).isZero();
    }
    assertThat(together(summary, "probe").row("max").upper().micros()).isGreaterThan(800_000);
  }

  @Test
  void aSlotThatIsMovedIsFollowedAndWhatFailsMeanwhileIsCounted() throws Exception {
    LagSettings settings = settings("move");
    int slot = settings.pairs().get(0).slots().middle();
    int from = cluster.primaryOf(slot);
    int to = cluster.primaryOf(16383);
    LagSummary summary = Meanwhile.run(settings, () -> cluster.move(slot, to));
    cluster.move(slot, from);
    LagProbe.clean(settings, summary.written());

    String shard = cluster.endpoint(from, Side.SOURCE).address();
    LagPhase moved =
        shards(summary, "probe").stream()
            .filter(one -> shard.equals(one.accounting().shard()))
            .findFirst()
            .orElseThrow();
    assertThat(moved.warnings())
        .anyMatch(line -> line.contains("was moved") && line.contains(shard))
        .anyMatch(line -> line.contains(cluster.endpoint(to, Side.SOURCE).address()));
    // It went on at its new owner, and was seen on that one's replica.
    assertThat(moved.accounting().observed()).isGreaterThan(250);
    assertThat(summary.phases()).allMatch(one -> one.accounting().scheduled() > 0);
  }

  @Test
  void primariesOfALayoutOfItsOwnAreMeasuredByPair() {
    // Each half of the keys' slots goes to another server in the place of the replica's: the very
    // nodes, as seen by a source that is one server.
    Topology now = cluster.topology(Side.SOURCE);
    Topology other = cluster.topology(Side.REPLICA);
    List<ShardPair> pairs = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      Endpoint source = now.shards().get(shard).primary();
      Endpoint replica = other.shards().get(shard).replicas().get(0);
      SlotSet slots = now.shards().get(shard).slots();
      int middle = slots.middle();
      SlotSet low = slots.and(SlotSet.parse("0-" + middle));
      pairs.add(new ShardPair(source, replica, low));
      pairs.add(new ShardPair(source, replica, slots.without(low)));
    }
    Layout layout = new Layout(now, List.of(other), List.of(pairs));
    LagSettings settings = settings(layout, "pairs");
    LagSummary summary = probe().run(settings);
    LagProbe.clean(settings, summary.written());

    assertThat(shards(summary, "probe")).hasSize(6);
    assertThat(shards(summary, "probe")).allMatch(one -> one.accounting().observed() > 100);
    assertThat(shards(summary, "probe")).allMatch(one -> one.accounting().replica() != null);
  }

  private static LagSettings settings(String run) {
    Topology now = cluster.topology(Side.SOURCE);
    Topology other = cluster.topology(Side.REPLICA);
    List<ShardPair> pairs = new ArrayList<>();
    for (int shard = 0; shard < 3; shard++) {
      pairs.add(
          new ShardPair(
              now.shards().get(shard).primary(),
              other.shards().get(shard).replicas().get(0),
              now.shards().get(shard).slots()));
    }
    return settings(new Layout(now, List.of(other), List.of(pairs)), run);
  }

  private static LagSettings settings(Layout layout, String run) {
    return LagSettings.of(LagPair.of(layout), run)
        .withPhase(ProbePhase.PROBE)
        .withTypes(ALL, 0)
        .withSchedule(400, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(3)));
  }

  private static LagProbe probe() {
    return new LagProbe(NanoClock.SYSTEM, WallClock.SYSTEM, progress -> {});
  }

  private static LagPhase together(LagSummary summary, String phase) {
    return summary.phases().stream()
        .filter(one -> one.phase().equals(phase) && one.accounting().shard() == null)
        .findFirst()
        .orElseThrow();
  }

  private static List<LagPhase> shards(LagSummary summary, String phase) {
    return summary.phases().stream()
        .filter(one -> one.phase().equals(phase) && one.accounting().shard() != null)
        .toList();
  }

  private static void stallFor(int node, Duration time) {
    signal("-STOP", node);
    pause(time);
    signal("-CONT", node);
  }

  private static void signal(String signal, int node) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(cluster.pidOf(node))).start().waitFor();
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
