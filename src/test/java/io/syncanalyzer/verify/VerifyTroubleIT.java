package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.VerifyFailure;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyTroubleIT {
  private VerifiedPair verified;
  private EmbeddedPair pair;
  private RedisConnection source;
  private RedisConnection replica;
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    verified = new VerifiedPair(TestServers.onPath(), folder);
    pair = verified.servers();
    source = verified.source();
    replica = verified.replica();
  }

  @AfterEach
  void stop() {
    verified.close();
  }

  @Test
  void anInterruptEndsItSoonWithWhatIsKnown() throws Exception {
    verified.filled(20_000);
    CompletableFuture<VerifySummary> summary = new CompletableFuture<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              summary.complete(verify(verified.request().withRate(5000)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    Thread.sleep(1500);
    long asked = System.nanoTime();
    thread.interrupt();
    thread.join(10_000);
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(3));
    assertThat(flag).isTrue();
    assertThat(summary.join().incomplete()).isEqualTo("interrupted");
    assertThat(summary.join().incompleteKind()).isEqualTo(VerifyFailure.Kind.INTERRUPTED);
    assertThat(summary.join().keys(KeyVerdict.EQUAL)).isBetween(500L, 19_999L);
  }

  @Test
  void aServerThatDiesMidWayLeavesAPartialSummary() throws Exception {
    verified.filled(20_000);
    CompletableFuture<VerifySummary> summary = new CompletableFuture<>();
    Endpoint hasty = pair.replica().withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));
    VerifyRequest request = VerifyRequest.of(pair.source(), hasty, "it", folder).withRate(5000);
    Thread thread = new Thread(() -> summary.complete(verify(request)));
    thread.start();
    Thread.sleep(1500);
    pair.replicaServer().close();
    thread.join(20_000);
    assertThat(summary.join().incomplete()).contains("replica", "did not come back within 2000 ms");
    assertThat(summary.join().incompleteKind()).isEqualTo(VerifyFailure.Kind.SERVER);
    assertThat(summary.join().keys(KeyVerdict.EQUAL)).isPositive();
  }

  @Test
  void theRateIsKept() {
    verified.filled(3000);
    VerifySummary summary = verify(verified.request().withRate(3000));
    assertThat(summary.elapsed()).isGreaterThan(Duration.ofMillis(600));
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(3040);
  }

  @Test
  void whatMayNotBeReadIsUnreadableAndSaysWhy() {
    verified.filled(100);
    source.expect(
        "ACL", "SETUSER", "limited", "on", ">pw", "~*", "+@all", "-dump", "-zrange", "-lrange");
    Endpoint limited =
        pair.source().withCredentials(Optional.of("limited"), Optional.of(new Secret("pw")));
    VerifySummary summary = verify(VerifyRequest.of(limited, pair.replica(), "it", folder));
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.UNREADABLE)).isEqualTo(20);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(120);
    assertThat(mismatches(summary))
        .hasSize(20)
        .allSatisfy(m -> assertThat(m.detail()).startsWith("source: NOPERM"));
  }

  @Test
  void aScopePicksTheSameKeysOnBothSides() {
    verified.filled(5000);
    replica.expect("SET", "string:extra", "v");
    replica.expect("DEL", "hash:1");
    VerifyScope onlyHashes = new VerifyScope(0, null, null, Set.of("hash"), 100);
    VerifySummary hashes = verify(verified.request().with(onlyHashes));
    assertThat(hashes.keys()).isEqualTo(10);
    assertThat(hashes.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1);
    VerifyScope some =
        new VerifyScope(0, Bytes.utf8("string:*"), Bytes.utf8("string:1*"), Set.of(), 50);
    VerifySummary sampled = verify(verified.request().with(some));
    assertThat(sampled.keys()).isBetween(1500L, 2500L);
    assertThat(sampled.keys(KeyVerdict.MISSING_ON_REPLICA)).isZero();
    VerifyScope nothing = new VerifyScope(0, Bytes.utf8("nothing:*"), null, Set.of(), 100);
    assertThat(verify(verified.request().with(nothing)).notes())
        .anySatisfy(note -> assertThat(note).contains("no key matched"));
  }

  @Test
  void aVerificationThatWasKilledGoesOnWhereItWas() throws Exception {
    verified.filled(30_000);
    replica.expect("DEL", "string:17");
    replica.expect("SET", "string:18", "other");
    Process first = byHand();
    try {
      Path checkpoint = folder.resolve("verify-checkpoint.json");
      for (int i = 0; i < 300 && !java.nio.file.Files.exists(checkpoint); i++) {
        Thread.sleep(50);
      }
      assertThat(checkpoint).exists();
    } finally {
      first.destroyForcibly().waitFor();
    }
    VerifyRequest request =
        VerifyRequest.of(pair.source(), pair.replica(), "by-hand", folder).resumed();
    VerifySummary summary = verify(request);
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.notes()).anySatisfy(note -> assertThat(note).startsWith("went on after"));
    assertThat(summary.keys()).isEqualTo(30_040);
    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1);
    assertThat(summary.keys(KeyVerdict.VALUE_DIFFERS)).isEqualTo(1);
    assertThat(mismatches(summary)).hasSize(2);
    assertThat(folder.resolve("verify-checkpoint.json")).doesNotExist();
  }

  private Process byHand() throws java.io.IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            VerifyByHand.class.getName(),
            pair.source().display(),
            pair.replica().display(),
            folder.toString(),
            "slow")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void everyDatabaseIsVerified() {
    verified.filled(10);
    source.expect("SELECT", "3");
    source.expect("SET", "in-three", "v");
    verified.sync();
    replica.expect("SELECT", "5");
    replica.expect("SET", "in-five", "v");
    VerifySummary summary = verify(verified.request());
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(51);
    assertThat(mismatches(summary)).hasSize(1);
    assertThat(mismatches(summary).get(0).db()).isEqualTo(5);
    assertThat(mismatches(summary).get(0).verdict()).isEqualTo(KeyVerdict.EXTRA_ON_REPLICA);
  }

  @Test
  void whatNeverRestsIsUnsettledUnlessWritesArePaused() throws Exception {
    verified.filled(10);
    AtomicBoolean ending = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              try (RedisConnection connection = RedisConnection.open(pair.source())) {
                for (int i = 0; !ending.get(); i++) {
                  connection.call("SET", "restless", "v" + i);
                }
              }
            });
    writer.start();
    try {
      Thread.sleep(100);
      // On the replica it is always something else: only a proof can tell, and there is none.
      Thread corrupting =
          new Thread(
              () -> {
                while (!ending.get()) {
                  replica.call("SET", "restless", "other");
                }
              });
      corrupting.start();
      VerifySummary unsettled = verify(verified.request());
      VerifySummary paused =
          verify(
              verified
                  .request()
                  .with(
                      new SettleSettings(
                          FenceMode.AUTO,
                          Duration.ofSeconds(10),
                          2,
                          Duration.ofSeconds(1),
                          Optional.of(Duration.ofSeconds(2)))));
      ending.set(true);
      corrupting.join();
      assertThat(unsettled.keys()).isEqualTo(51);
      assertThat(paused.keys(KeyVerdict.UNSETTLED)).isZero();
    } finally {
      ending.set(true);
      writer.join();
    }
    long before = System.nanoTime();
    source.expect("SET", "after", "v");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }
}
