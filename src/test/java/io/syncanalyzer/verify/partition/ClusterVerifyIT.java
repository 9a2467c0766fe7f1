package io.syncanalyzer.verify.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.topology.TopologyChoice;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyPartition;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.found.VerifyProgress;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real cluster's primaries against their replicas, while it is quiet and while it changes. */
@Timeout(120)
class ClusterVerifyIT {
  private static final int KEYS = 12_000;

  private static TestCluster cluster;

  @TempDir private Path folder;
  private boolean resume;
  private VerifySettings settings = VerifySettings.DEFAULT;
  private volatile Consumer<VerifyProgress> heard = progress -> {};

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(3, 1);
    cluster.fill("key:", KEYS, "value");
    cluster.awaitReplicas();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static Topology topology() {
    return Topologies.discover(
        cluster.topology(Side.SOURCE).seed(), TopologyChoice.AUTO, NodeMap.NONE);
  }

  private PartitionedSummary verify() {
    Topology source = topology();
    Topology replica =
        Topologies.discover(source.seed().as(Side.REPLICA), TopologyChoice.AUTO, NodeMap.NONE);
    Supplier<List<ShardPair>> pairs =
        () -> ShardPairs.ofReplicas(Topologies.again(source), Topologies.again(replica), 0);
    return new PartitionedVerification(
            new PartitionedRequest(pairs.get(), "it", folder, settings, resume),
            pairs,
            PartitionWork.here(NanoClock.SYSTEM),
            progress -> heard.accept(progress),
            NanoClock.SYSTEM)
        .run();
  }

  private static List<String> words(PartitionedSummary all) {
    List<String> words = new ArrayList<>();
    all.whole()
        .mismatches()
        .forEach(one -> words.add(one.key().asUtf8() + " " + one.verdict() + " " + one.shard()));
    return words;
  }

  private static long sum(PartitionedSummary all) {
    return all.partitions().stream().mapToLong(VerifyPartition::keys).sum();
  }

  /** The address that tells the shard of a key. */
  private static String shard(String key) {
    return cluster.endpoint(cluster.primaryOf(key), Side.SOURCE).address();
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void everyShardIsComparedWithItsReplicaAndTheRowsAddUp(Side lead) {
    settings = settings.withScanOn(lead);
    cluster.behindReplicas("SET", "key:7", "other");
    cluster.behindReplicas("DEL", "key:8");
    cluster.behindReplicas("SET", "mine{a}", "x");
    try {
      PartitionedSummary all = verify();
      assertThat(all.whole().incomplete()).isNull();
      assertThat(words(all))
          .containsExactlyInAnyOrder(
              "key:7 VALUE_DIFFERS " + shard("key:7"),
              "key:8 EXTRA_ON_REPLICA " + shard("key:8"),
              "mine{a} MISSING_ON_REPLICA " + shard("mine{a}"));
      assertThat(all.whole().keys()).isEqualTo(KEYS + 1).isEqualTo(sum(all));
      assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(KEYS - 2);
      assertThat(all.partitions()).hasSize(3).allMatch(one -> one.attempts() == 1);
      assertThat(all.partitions()).allMatch(one -> one.fence().equals("offset"));
      assertThat(all.whole().sourceCost().commands()).isPositive();
      // Nobody wrote, so nothing was listed twice.
      assertThat(all.whole().notes()).noneMatch(note -> note.contains("scanned again"));
    } finally {
      cluster.put("SET", "key:7", "value");
      cluster.put("SET", "key:8", "value");
      cluster.put("DEL", "mine{a}");
      cluster.awaitReplicas();
    }
  }

  @Test
  void slotsThatMoveMeanwhileAreComparedWhereTheyAre() throws Exception {
    settings = settings.withRate(KEYS / 3.0);
    SlotSet moving = SlotSet.of(List.of(new SlotRange(100, 103), new SlotRange(1500, 1501)));
    CompletableFuture<Void> moved = new CompletableFuture<>();
    heard =
        progress -> {
          if (progress.keysDone() > 200 && !moved.isDone()) {
            heard = later -> {};
            new Thread(
                    () -> {
                      try {
                        cluster.move(moving, 1);
                        moved.complete(null);
                      } catch (RuntimeException | Error e) {
                        moved.completeExceptionally(e);
                      }
                    })
                .start();
          }
        };
    try {
      PartitionedSummary all = verify();
      moved.get();
      assertThat(all.whole().incomplete()).isNull();
      assertThat(words(all)).isEmpty();
      assertThat(all.whole().keys(KeyVerdict.EQUAL)).isEqualTo(KEYS);
      assertThat(all.whole().keys()).isEqualTo(KEYS).isEqualTo(sum(all));
    } finally {
      cluster.move(moving, 0);
      cluster.awaitReplicas();
    }
  }

  @Test
  void aSlotThatIsLeftHalfMovedIsUnsettledAndTheRestIsProved() {
    int slot = HashSlot.of(Bytes.utf8("key:1"));
    int to = cluster.primaryOf(slot) == 0 ? 1 : 0;
    cluster.put("SET", "{key:1}second", "x");
    cluster.awaitReplicas();
    try (var move = cluster.beginMove(slot, to)) {
      move.migrate(1);
      PartitionedSummary all = verify();
      assertThat(all.whole().incomplete()).isNull();
      assertThat(all.whole().keys(KeyVerdict.UNSETTLED)).isGreaterThanOrEqualTo(2);
      assertThat(all.whole().keys(KeyVerdict.UNREADABLE)).isZero();
      assertThat(all.whole().mismatched()).isZero();
      assertThat(all.whole().keys()).isEqualTo(KEYS + 1);
      List<Mismatch> told = new ArrayList<>();
      all.whole().mismatches().forEach(told::add);
      assertThat(told)
          .allSatisfy(
              one ->
                  assertThat(one.detail()).startsWith("its slot " + slot + " is being moved from"));
      assertThat(all.whole().notes())
          .anyMatch(note -> note.startsWith("slot " + slot) && note.contains("--cluster fix"));
      move.finish();
    } finally {
      cluster.awaitAgreement();
      cluster.move(slot, to == 0 ? 1 : 0);
      cluster.put("DEL", "{key:1}second");
      cluster.awaitReplicas();
    }
  }

  @Test
  void whoIsInterruptedGoesOnWhereItWas() throws Exception {
    settings = settings.withRate(KEYS / 4.0);
    CompletableFuture<PartitionedSummary> cut = new CompletableFuture<>();
    Thread run = new Thread(() -> cut.complete(verify()));
    heard =
        progress -> {
          if (progress.keysDone() > KEYS / 3) {
            run.interrupt();
          }
        };
    run.start();
    run.join();
    assertThat(cut.join().whole().incompleteKind()).isEqualTo(VerifyFailure.Kind.INTERRUPTED);
    assertThat(cut.join().whole().keys()).isBetween(1L, KEYS - 1L);
    assertThat(PartitionedVerification.canGoOn(folder)).isTrue();

    heard = progress -> {};
    settings = VerifySettings.DEFAULT;
    resume = true;
    PartitionedSummary rest = verify();
    assertThat(rest.whole().incomplete()).isNull();
    assertThat(rest.whole().keys(KeyVerdict.EQUAL)).isEqualTo(KEYS);
    assertThat(rest.whole().notes()).anyMatch(note -> note.startsWith("went on after "));
  }
}
