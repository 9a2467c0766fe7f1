package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.VerifyPhase;
import io.syncanalyzer.verify.VerifySummary;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every corruption there is, between clusters and servers that are in none: two ranges of slots are
 * verified, and what is found in both together is what was injected.
 */
class CorruptionSlotsIT {
  private static final List<SlotSet> HALVES =
      List.of(SlotSet.of(new SlotRange(0, 8191)), SlotSet.of(new SlotRange(8192, 16383)));

  private static TestCluster clean;
  private static TestCluster corrupted;
  private static EmbeddedServer cleanServer;
  private static EmbeddedServer corruptedServer;
  private static List<SelftestCorruption> injected;
  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    clean = TestCluster.start(1, 0);
    corrupted = TestCluster.start(1, 0);
    cleanServer = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    corruptedServer = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    long seed = Long.getLong("seed", System.nanoTime());
    System.err.println("seed " + seed + " (repeat with -Dseed=" + seed + ")");
    CorruptionPlan plan = new CorruptionPlan(new Random(seed), System.currentTimeMillis(), false);
    List<SelftestWrite> fill = new ArrayList<>();
    plan.before().forEach(fill::addAll);
    injected = plan.corruptions();
    List<SelftestWrite> changes = new ArrayList<>();
    injected.forEach(one -> changes.addAll(one.change()));
    for (Endpoint one : List.of(node(clean, Side.SOURCE), cleanServer.endpoint(Side.SOURCE))) {
      write(one, fill);
    }
    for (Endpoint one :
        List.of(node(corrupted, Side.REPLICA), corruptedServer.endpoint(Side.REPLICA))) {
      write(one, fill);
      write(one, changes);
    }
  }

  private static void write(Endpoint endpoint, List<SelftestWrite> writes) {
    try (RedisConnection connection = RedisConnection.open(endpoint)) {
      SelftestWrite.send(connection, writes);
    }
  }

  private static Endpoint node(TestCluster cluster, Side side) {
    return cluster.topology(side).shards().get(0).primary();
  }

  @AfterAll
  static void stop() {
    clean.close();
    corrupted.close();
    cleanServer.close();
    corruptedServer.close();
  }

  @Test
  void betweenTwoClusters() throws Exception {
    check(node(clean, Side.SOURCE), node(corrupted, Side.REPLICA));
  }

  @Test
  void betweenAServerAndACluster() throws Exception {
    check(cleanServer.endpoint(Side.SOURCE), node(corrupted, Side.REPLICA));
  }

  @Test
  void betweenAClusterAndAServer() throws Exception {
    check(node(clean, Side.SOURCE), corruptedServer.endpoint(Side.REPLICA));
  }

  private static void check(Endpoint source, Endpoint replica) throws Exception {
    Map<Bytes, KeyVerdict> found = new HashMap<>();
    long mismatched = 0;
    for (SlotSet half : HALVES) {
      VerifySummary summary =
          new VerifyPhase(told -> {}, NanoClock.SYSTEM)
              .run(
                  VerifyRequest.of(source, replica, "it", Files.createTempDirectory(folder, "v"))
                      .with(SettleSettings.DEFAULT.withFence(FenceMode.NONE))
                      .with(half));
      assertThat(summary.incomplete()).isNull();
      mismatched += summary.mismatched();
      summary.mismatches().forEach(mismatch -> found.put(mismatch.key(), mismatch.verdict()));
    }
    CorruptionTable table = CorruptionTable.of(injected, found);
    assertThat(table.rows())
        .allSatisfy(row -> assertThat(row.right()).isEqualTo(row.injected()).isPositive());
    assertThat(table.falseOnes()).isEmpty();
    assertThat(mismatched).isEqualTo(injected.size());
  }
}
