package io.syncanalyzer.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.memtier.LoadProfile;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.load.proof.LoadProof;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.load.LoadRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real memtier_benchmark on a real cluster; skipped where there is none. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterLoadIT {
  /** Of every profile at most: 20 connections, with 4 commands each, to each of three nodes. */
  private static final long ON_THE_WAY = 20 * 4 * 3;

  private static @Nullable TestCluster started;

  @TempDir Path folder;

  static List<String> profiles() {
    return LoadProfile.names();
  }

  @BeforeAll
  static void start() {
    started = TestMemtier.all().isEmpty() ? null : TestCluster.start(3, 1);
  }

  @AfterAll
  static void end() {
    if (started != null) {
      started.close();
    }
  }

  private static TestCluster cluster() {
    return Objects.requireNonNull(started, "no cluster without memtier");
  }

  @BeforeEach
  void needsMemtier() {
    TestMemtier.needed();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  @Order(1)
  void everyProfileIsProvedByTheSumOfThePrimariesAndNothingIsMoved(String profile) {
    LoadSummary summary = load(profile, 1);

    assertThat(summary.incomplete()).isNull();
    assertThat(summary.errorReplies()).isEmpty();
    LoadProof proof = summary.proof().orElseThrow();
    assertThat(proof.errors()).doesNotContainKeys("MOVED", "ASK");
    assertThat(proof.claimed()).isEqualTo(summary.operations()).isPositive();
    // What is on its way to the other nodes as its time is over is carried out, and not counted.
    assertThat(proof.served()).isBetween(proof.claimed(), proof.claimed() + ON_THE_WAY);
    List<LoadRow> shards = shards(summary);
    assertThat(shards).hasSize(3).allSatisfy(row -> assertThat(row.count()).isPositive());
    assertThat(shards.stream().mapToLong(row -> Objects.requireNonNull(row.count())).sum())
        .isEqualTo(proof.served());
  }

  @Test
  @Order(2)
  void whatIsMovedIsToldAndNotCountedAsDone() throws IOException {
    Path own =
        Files.writeString(
            folder.resolve("own.txt"),
            "--threads=1\n--clients=4\n--key-prefix=\n--key-minimum=1\n--key-maximum=5000\n"
                + "--command=SET sa:load:string:__key__ __data__\n");
    LoadSummary summary = load(own.toString(), 1);

    LoadProof proof = summary.proof().orElseThrow();
    long moved = Objects.requireNonNull(summary.errorReplies().get("MOVED"));
    assertThat(proof.errors().get("MOVED")).isBetween(moved, moved + ON_THE_WAY);
    assertThat(moved).isGreaterThan(summary.operations() / 10);
    assertThat(proof.served()).isBetween(summary.operations(), summary.operations() + ON_THE_WAY);
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.warnings()).anyMatch(line -> line.contains("MOVED"));
  }

  @Test
  @Order(3)
  void aSlotThatMovesMeanwhileIsToldAndTheRestIsProved() {
    CompletableFuture<Void> moving =
        CompletableFuture.runAsync(
            () -> {
              pause(1500);
              int to = cluster().primaryOf(16_000);
              cluster().move(SlotSet.of(new SlotRange(0, 19)), to);
            });
    LoadSummary summary = load("all-types", 4);
    moving.join();

    LoadProof proof = summary.proof().orElseThrow();
    assertThat(proof.gap()).isEmpty();
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.errorReplies().getOrDefault("MOVED", 0L)).isPositive();
    assertThat(proof.served()).isGreaterThanOrEqualTo(summary.operations());
  }

  @Test
  @Order(4)
  void aPrimaryThatIsKilledMeanwhileProvesNothing() {
    int victim = cluster().primaryOf(16_000);
    String address = cluster().endpoint(victim, Side.SOURCE).address();
    CompletableFuture<Void> killing =
        CompletableFuture.runAsync(
            () -> {
              pause(1500);
              cluster().kill(victim);
            });
    LoadSummary summary = load("strings", 3);
    killing.join();

    assertThat(summary.incomplete())
        .contains("failover: the primary " + address + " is gone")
        .contains("took over slots");
    assertThat(shards(summary)).hasSize(2).noneMatch(row -> address.equals(row.shard()));
  }

  private static List<LoadRow> shards(LoadSummary summary) {
    return summary.rows().stream().filter(row -> row.shard() != null).toList();
  }

  private LoadSummary load(String profile, int seconds) {
    return new LoadPhase(heard -> {})
        .run(
            new LoadRequest(
                cluster().topology(Side.SOURCE),
                folder,
                new MemtierLocation.AtPath(TestMemtier.first()),
                profile,
                Optional.of(Duration.ofSeconds(seconds)),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of(),
                LoadLimits.DEFAULT));
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
