package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.SlotMove;
import io.syncanalyzer.embedded.TestCluster;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.run.clean.EveryPrimary;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code clean} where the source is a cluster, or a service behind Sentinels. */
class CleanClusterIT {
  private static final String UUID = "0b9f3a3e-7c1d-4c55-9d1e-0123456789ab";
  private static TestCluster cluster;

  private String out = "";
  private String err = "";

  @BeforeAll
  static void starts() {
    cluster =
        TestCluster.start(TestServers.onPath(), TestCluster.even(3), 1, Duration.ofMillis(1500));
  }

  @AfterAll
  static void ends() {
    cluster.close();
  }

  @AfterEach
  void empties() {
    cluster
        .topology(Side.SOURCE)
        .primaries()
        .forEach(
            primary -> {
              try (RedisConnection connection = RedisConnection.open(primary)) {
                connection.expect("FLUSHALL");
              }
            });
  }

  @Test
  void everyPrimaryIsCleanedFromAnyNodeAndWhatIsNotOursStays() {
    cluster.fill("sa:load:string:", 3000, "v");
    cluster.put("SET", "sa:r:string:0{1a}:7", "r 0{1a} 7 1700000000000 5");
    cluster.put("HSET", "sa:r:hash:3:1", "sentinel", "r 3 1 1700000000000 5");
    cluster.put("SET", "sa:r:fence:" + UUID + "{06}", UUID.replace('0', '1'));
    cluster.put("SET", "sa:load:large:{17}", "v");
    cluster.fill("sa:users:", 30, "theirs");
    cluster.awaitReplicas();
    String replica = cluster.uri(4);

    assertThat(run("clean", "--source", replica, "--dry-run")).as(err).isZero();
    assertThat(out)
        .contains("(a cluster of 3 primaries), database 0: 3,004 keys of ours")
        .contains("  2 sentinels\n", "  1 fence key\n", "  3,001 load keys\n")
        .contains("  30 keys that begin with sa: are not ours and stay\n", "Nothing was removed");
    assertThat(keys()).isEqualTo(3034);

    assertThat(run("clean", "--source", replica, "--run-id", "r")).as(err).isZero();
    assertThat(out).contains("3 keys with the prefix sa:r: removed").contains("2 sentinels");
    assertThat(run("clean", "--source", replica)).as(err).isZero();
    assertThat(out)
        .contains("3,001 keys with the prefix sa: removed from the source")
        .contains("3,001 load keys")
        .contains("30 keys that begin with sa: are not ours and stay, such as sa:users:");
    assertThat(keys()).isEqualTo(30);
  }

  @Test
  void keysOfASlotThatIsHalfMovedAreCountedAsThatAndGoLater() {
    cluster.put("SET", "sa:load:string:{7}", "v");
    cluster.put("SET", "sa:load:large:{7}", "v");
    cluster.fill("sa:load:hot:", 50, "v");
    int slot = HashSlot.of(Bytes.utf8("7"));
    int to = (cluster.primaryOf(slot) + 1) % 3;
    try (SlotMove move = cluster.beginMove(slot, to)) {
      assertThat(move.migrate(1)).isEqualTo(1);
      assertThat(run("clean", "--source", cluster.uri(0), "--dry-run")).as(err).isZero();
      assertThat(out).contains("1 key that begins with sa: could not be had: its slot is");
      assertThat(run("clean", "--source", cluster.uri(0))).as(err).isZero();
      assertThat(out)
          .contains("51 keys with the prefix sa: removed")
          .contains("1 key that begins with sa: could not be had: its slot is on the way");
      move.finish();
    }
    cluster.awaitAgreement();
    assertThat(run("clean", "--source", cluster.uri(0))).as(err).isZero();
    assertThat(out).contains("1 key with the prefix sa: removed").doesNotContain("could not");
    assertThat(keys()).isZero();
  }

  @Test
  void slotsThatMoveMeanwhileTakeNoKeyWithThem() throws Exception {
    cluster.fill("sa:load:string:", 6000, "v");
    CompletableFuture<Integer> moves =
        CompletableFuture.supplyAsync(
            () -> {
              for (int i = 0; i < 8; i++) {
                int slot = 100 + i * 2000;
                int next = (cluster.primaryOf(slot) + 1) % 3;
                cluster.move(SlotSet.parse(slot + "-" + (slot + 1)), next);
              }
              return 0;
            });
    while (!moves.isDone()) {
      assertThat(run("clean", "--source", cluster.uri(0))).as(err).isZero();
    }
    moves.get();
    assertThat(run("clean", "--source", cluster.uri(0))).as(err).isZero();
    assertThat(out).doesNotContain("could not");
    assertThat(keys()).isZero();
  }

  @Test
  void anotherDatabaseIsWrongUsage() {
    assertThat(run("clean", "--source", cluster.uri(0) + "/3")).isEqualTo(2);
    assertThat(err).hasLineCount(1).contains("database 3", "has database 0 alone");
  }

  @Test
  void aNodeThatMayNotBeScannedIsNamed() {
    cluster.on(1, "ACL", "SETUSER", "default", "-scan");
    try {
      assertThat(run("clean", "--source", cluster.uri(0))).isEqualTo(5);
      assertThat(err).hasLineCount(1).contains(cluster.endpoint(1, Side.SOURCE).address(), "SCAN");
    } finally {
      cluster.on(1, "ACL", "SETUSER", "default", "+scan");
    }
  }

  @Test
  void keysOfOthersOnAnyNodeRefuseALoadAndAnEarlierRunsSentinelsTheirName() {
    cluster.put("SET", "sa:load:own:4", "theirs");
    RunContext context = context();
    assertThatThrownBy(
            () ->
                ForeignKeys.refuse(
                    context,
                    cluster.topology(Side.SOURCE),
                    Optional.of("r"),
                    Optional.of(key -> false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 key under sa:load: that we did not write");
    cluster.put("SET", "sa:r:string:0{1a}:7", "r 0{1a} 7 1700000000000 5");
    assertThatThrownBy(
            () ->
                ForeignKeys.refuse(
                    context, cluster.topology(Side.SOURCE), Optional.of("r"), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 sentinel of an earlier run r");
  }

  @Test
  void rangesAreRemovedAtTheNodesThatOwnTheirSlots() {
    for (int i = 0; i < 300; i++) {
      cluster.put("SET", "sa:r:string:0{1a}:" + i, "r 0{1a} " + i + " 1700000000000 5");
      cluster.put("SET", "sa:r:string:1:" + i, "r 1 " + i + " 1700000000000 5");
    }
    List<SentinelRange> written =
        List.of(
            new SentinelRange("sa:r:string:0{1a}:", 0, 300),
            new SentinelRange("sa:r:string:1:", 0, 301));
    KeyCensus removed =
        new EveryPrimary(context(), cluster.topology(Side.SOURCE))
            .removing(
                (shard, found) -> {
                  try (RedisConnection connection = RedisConnection.open(shard.primary())) {
                    new SentinelCleaner(connection, looked -> {}, shard.slots())
                        .remove(written, found);
                  }
                });
    assertThat(removed.ours()).isEqualTo(600);
    assertThat(keys()).isZero();
  }

  @Test
  void aNodeThatDiesMeanwhileIsCleanedAsTheOneThatTakesItsPlace() {
    try (TestCluster other =
        TestCluster.start(TestServers.onPath(), TestCluster.even(3), 1, Duration.ofMillis(800))) {
      other.fill("sa:load:string:", 40_000, "v");
      other.awaitReplicas();
      CompletableFuture<Integer> cleaned =
          CompletableFuture.supplyAsync(() -> run("clean", "--source", other.uri(0)));
      TestCluster.await(
          "the removal to begin",
          () -> other.on(0, "DBSIZE") instanceof Reply.Int left && left.value() < 12_000);
      other.kill(1);
      assertThat(cleaned.join()).as(err).isZero();
      assertThat(out).contains("load keys");
      assertThat(other.primaryOf(8000)).isEqualTo(4);
      assertThat(other.on(0, "DBSIZE")).isEqualTo(new Reply.Int(0));
      assertThat(other.on(4, "DBSIZE")).isEqualTo(new Reply.Int(0));
    }
  }

  private static long keys() {
    long keys = 0;
    for (var primary : cluster.topology(Side.SOURCE).primaries()) {
      try (RedisConnection connection = RedisConnection.open(primary)) {
        keys += ((Reply.Int) connection.expect("DBSIZE")).value();
      }
    }
    return keys;
  }

  private int run(String... words) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        AnalyzerCli.run(
            List.of(words),
            new PrintStream(to, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            Map.of());
    out = to.toString(StandardCharsets.UTF_8);
    err = errors.toString(StandardCharsets.UTF_8);
    return status;
  }

  private static RunContext context() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(new Console.Setting(nowhere, nowhere, false, false, false, NanoClock.SYSTEM));
    return new RunContext(console, "", NanoClock.SYSTEM, Clock.systemUTC());
  }
}
