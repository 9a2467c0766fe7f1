package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.SlotMove;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.SlotsMoved;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verifies a cluster's primary against its own replica, and ranges of its slots. */
class VerifySlotsIT {
  private static final int KEYS = 3000;
  private static final String GIANT = "{giant}";
  private static final int IN_GIANT = 12_000;

  private static TestCluster cluster;
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(2, 1);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void fill() {
    for (Shard shard : cluster.topology(Side.SOURCE).shards()) {
      cluster.on(numberOf(shard.primary()), "FLUSHALL");
    }
    cluster.fill("string:", KEYS, "value");
    for (int i = 0; i < 60; i++) {
      cluster.put("HSET", "hash:" + i, "f", "v", "g", "" + i);
      cluster.put("RPUSH", "list:" + i, "a", "b", "" + i);
      cluster.put("SADD", "set:" + i, "a", "b", "" + i);
      cluster.put("ZADD", "zset:" + i, "1", "a", "2.5", "b");
      cluster.put("XADD", "stream:" + i, "1-" + i, "f", "v");
      cluster.put("SET", "{tag" + (i % 3) + "}:" + i, "tagged");
    }
    byte[] binary = {0, '\r', '\n', (byte) 0xff, '{', '}'};
    cluster.put("SET", binary, "binary".getBytes(StandardCharsets.UTF_8));
    cluster.awaitReplicas();
  }

  private static int numberOf(Endpoint endpoint) {
    for (int i = 0; i < cluster.size(); i++) {
      if (cluster.endpoint(i, Side.SOURCE).port() == endpoint.port()) {
        return i;
      }
    }
    throw new AssertionError(endpoint + " is no node");
  }

  /** Of a primary and its replica, all that they hold. */
  private VerifyRequest request(int primary) {
    String address = cluster.endpoint(primary, Side.SOURCE).address();
    Shard mine =
        cluster.topology(Side.SOURCE).shards().stream()
            .filter(shard -> shard.primary().address().equals(address))
            .findFirst()
            .orElseThrow();
    return VerifyRequest.of(mine.primary(), mine.replicas().get(0).as(Side.REPLICA), "it", folder)
        .with(mine.slots());
  }

  private static long keysIn(SlotSet slots) {
    long keys = 0;
    for (int i = 0; i < 2; i++) {
      for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
        keys +=
            ((Reply.Int) cluster.on(i, "CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot)))
                .value();
      }
    }
    return keys;
  }

  @Test
  void aShardIsEqualToItsReplicaAndEveryKeyIsLookedAt() {
    for (int primary = 0; primary < 2; primary++) {
      VerifyRequest request = request(primary);
      VerifySummary summary = verify(request);
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.mismatched()).isZero();
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(keysIn(request.slots()));
      assertThat(summary.notes()).anyMatch(note -> note.contains("slot by slot"));
      assertThat(summary.sourceKeys()).isEqualTo(summary.replicaKeys());
      assertThat(summary.withoutVerdict()).isZero();
    }
  }

  @Test
  void aRangeOfSlotsIsComparedAndNothingElse() {
    SlotSet slots = SlotSet.of(List.of(new SlotRange(100, 300), new SlotRange(5000, 5500)));
    cluster.behindReplicas("SET", keyOutside(slots), "other");
    VerifySummary summary = verify(request(0).with(slots));
    assertThat(summary.mismatched()).isZero();
    assertThat(summary.keys()).isEqualTo(keysIn(slots)).isPositive();
  }

  private static String keyOutside(SlotSet slots) {
    for (int i = 0; ; i++) {
      int slot = HashSlot.of(Bytes.utf8("string:" + i));
      if (!slots.contains(slot) && cluster.primaryOf(slot) == 0) {
        return "string:" + i;
      }
    }
  }

  private void corrupt() {
    cluster.behindReplicas("SET", "string:1", "other");
    cluster.behindReplicas("SET", "only-source", "v");
    cluster.behindReplicas("DEL", "string:2");
    cluster.behindReplicas("HSET", "hash:3", "f", "w");
    cluster.behindReplicas("DEL", "list:3");
    cluster.behindReplicas("SET", "list:4", "a string");
    cluster.behindReplicas("SADD", "set:5", "more");
    cluster.behindReplicas("ZADD", "zset:5", "3", "a");
    cluster.behindReplicas("XADD", "stream:5", "9-9", "f", "v");
    cluster.behindReplicas("EXPIRE", "string:6", "1000");
    cluster.behindReplicas("SET", "{tag1}:1", "x");
    cluster.behindReplicas("SET", "{tag1}:4", "x");
  }

  private static final List<String> CORRUPTED =
      List.of(
          "string:1 VALUE_DIFFERS",
          "only-source MISSING_ON_REPLICA",
          "string:2 EXTRA_ON_REPLICA",
          "hash:3 VALUE_DIFFERS",
          "list:3 EXTRA_ON_REPLICA",
          "list:4 TYPE_DIFFERS",
          "set:5 VALUE_DIFFERS",
          "zset:5 VALUE_DIFFERS",
          "stream:5 VALUE_DIFFERS",
          "string:6 TTL_DIFFERS",
          "{tag1}:1 VALUE_DIFFERS",
          "{tag1}:4 VALUE_DIFFERS");

  private List<String> found(List<VerifySummary> summaries) {
    List<String> found = new ArrayList<>();
    for (VerifySummary summary : summaries) {
      mismatches(summary).forEach(one -> found.add(one.key().asUtf8() + " " + one.verdict()));
    }
    return found;
  }

  @Test
  void everyCorruptionIsFoundOfEitherDirection() {
    corrupt();
    List<VerifySummary> summaries = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (int primary = 0; primary < 2; primary++) {
      VerifySummary summary = verify(request(primary));
      found.addAll(found(List.of(summary)));
      summaries.add(summary);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(CORRUPTED);
    assertThat(summaries).allSatisfy(one -> assertThat(one.incomplete()).isNull());
  }

  @Test
  void liveWritesMakeNoFalseMismatchAndHideNone() throws Exception {
    corrupt();
    AtomicBoolean ending = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !ending.get(); i++) {
                cluster.put("SET", "live:" + (i % 200), "v" + i);
                cluster.put("DEL", "live:" + ((i + 100) % 200));
              }
            });
    writer.start();
    List<String> found = new ArrayList<>();
    try {
      for (int primary = 0; primary < 2; primary++) {
        found.addAll(found(List.of(verify(request(primary)))));
      }
    } finally {
      ending.set(true);
      writer.join();
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(CORRUPTED);
  }

  @Test
  void aGiantSlotIsScanned() {
    cluster.fill(GIANT, IN_GIANT, "v");
    cluster.behindReplicas("SET", GIANT + "7", "other");
    cluster.behindReplicas("DEL", GIANT + "8");
    cluster.awaitReplicas();
    VerifyRequest request = request(cluster.primaryOf(GIANT));
    VerifySummary summary = verify(request);
    assertThat(found(List.of(summary)))
        .containsExactlyInAnyOrder(GIANT + "7 VALUE_DIFFERS", GIANT + "8 EXTRA_ON_REPLICA");
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(keysIn(request.slots()) - 1);
  }

  @Test
  void typesNamesAndSamplesArePickedSlotBySlotToo() {
    corrupt();
    List<String> found = new ArrayList<>();
    long hashes = 0;
    for (int primary = 0; primary < 2; primary++) {
      VerifySummary ofType =
          verify(request(primary).with(new VerifyScope(null, null, null, Set.of("list"), 100)));
      found.addAll(found(List.of(ofType)));
      VerifySummary matching =
          verify(
              request(primary)
                  .with(new VerifyScope(null, Bytes.utf8("hash:*"), null, Set.of(), 100)));
      hashes += matching.keys();
    }
    assertThat(found).containsExactlyInAnyOrder("list:3 EXTRA_ON_REPLICA", "list:4 TYPE_DIFFERS");
    assertThat(hashes).isEqualTo(60);
  }

  @Test
  void aSlotHalfMovedEndsItWithThatSlot() {
    String key = "string:" + 17;
    int slot = HashSlot.of(Bytes.utf8(key));
    int from = cluster.primaryOf(slot);
    VerifyRequest request = request(from);
    SlotMove move = cluster.beginMove(slot, 1 - from);
    try {
      move.migrate(1);
      assertThatThrownBy(() -> verify(request))
          .isInstanceOfSatisfying(
              SlotsMoved.class,
              moved -> assertThat(moved.slots()).isEqualTo(SlotSet.of(new SlotRange(slot, slot))));
      VerifySummary rest =
          verify(request.with(request.slots().without(SlotSet.of(new SlotRange(slot, slot)))));
      assertThat(rest.mismatched()).isZero();
      assertThat(rest.incomplete()).isNull();
    } finally {
      move.finish();
      move.close();
      cluster.awaitAgreement();
      cluster.move(slot, from);
    }
  }

  @Test
  void aSlotThatMovesMeanwhileEndsItWithThatSlotAndNothingIsToldToDiffer() {
    int slot = -1;
    for (int i = 0; slot < 5000 || cluster.primaryOf(slot) != 0; i++) {
      slot = HashSlot.of(Bytes.utf8("string:" + i));
    }
    int moving = slot;
    AtomicBoolean moved = new AtomicBoolean();
    VerifyRequest request = request(0).withRate(1000);
    assertThatThrownBy(
            () ->
                verify(
                    request,
                    told -> {
                      if (told.keysDone() > 0 && moved.compareAndSet(false, true)) {
                        cluster.move(moving, 1);
                      }
                    }))
        .isInstanceOfSatisfying(
            SlotsMoved.class,
            failed ->
                assertThat(failed.slots()).isEqualTo(SlotSet.of(new SlotRange(moving, moving))));
    assertThat(moved).isTrue();
    cluster.move(moving, 0);
    cluster.awaitReplicas();
    assertThat(verify(request(0)).mismatched()).isZero();
  }

  @Test
  void slotsThatAreAnotherNodesEndItWithThese() {
    VerifyRequest wrong = request(0).with(SlotSet.ALL);
    assertThatThrownBy(() -> verify(wrong))
        .isInstanceOfSatisfying(
            SlotsMoved.class,
            moved -> assertThat(moved.slots()).isEqualTo(SlotSet.of(new SlotRange(8192, 16383))));
  }
}
