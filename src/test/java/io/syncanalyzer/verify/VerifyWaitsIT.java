package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.begin;
import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are there but serve nothing for a while, and data that vanishes meanwhile. */
class VerifyWaitsIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  @TempDir private Path folder;
  private VerifiedPair pair;

  @BeforeEach
  void start() {
    pair =
        new VerifiedPair(
                TestServers.onPath(),
                folder,
                "--lua-time-limit",
                "50",
                "--replica-serve-stale-data",
                "no",
                "--repl-diskless-sync-delay",
                "0")
            .filled(5000);
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private RedisConnection side(String name) {
    return name.equals("source") ? pair.source() : pair.replica();
  }

  private Endpoint endpoint(String name) {
    return name.equals("source") ? pair.servers().source() : pair.servers().replica();
  }

  /** Keeps a server busy with a script until it is killed. */
  private Thread busy(String name) throws InterruptedException {
    Endpoint endpoint = endpoint(name).withTimeouts(TIMEOUT, Duration.ofMinutes(1));
    Thread script =
        new Thread(
            () -> {
              try (RedisConnection connection = RedisConnection.open(endpoint)) {
                connection.call("EVAL", "while true do end", "0");
              }
            });
    script.setDaemon(true);
    script.start();
    while (!(side(name).call("PING") instanceof Reply.Failed failed
        && failed.code().equals("BUSY"))) {
      Thread.sleep(10);
    }
    return script;
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "replica"})
  void aScriptThatEndsInTimeIsWaitedForAndSaid(String busy) throws Exception {
    pair.replica().expect("DEL", "string:4999");
    Set<String> waits = new ConcurrentSkipListSet<>();
    CompletableFuture<VerifySummary> verifying =
        begin(
            pair.request(TIMEOUT).withRate(4000),
            told -> waits.add(String.valueOf(told.waitingFor())));
    Thread.sleep(700);
    Thread script = busy(busy);
    Thread.sleep(1000);
    assertThat(verifying).isNotDone();
    side(busy).expect("SCRIPT", "KILL");
    script.join();
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(5039);
    assertThat(summary.mismatched()).isEqualTo(1);
    assertThat(waits).contains("the " + busy + " is busy running a script");
    assertThat(summary.notes())
        .anyMatch(note -> note.matches("waited up to .* s: the " + busy + " is busy .*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"source", "replica"})
  void aScriptThatDoesNotEndEndsItWithinTheTimeout(String busy) throws Exception {
    Duration timeout = Duration.ofSeconds(1);
    CompletableFuture<VerifySummary> verifying =
        begin(pair.request(timeout).withRate(2000), told -> {});
    Thread.sleep(700);
    Thread script = busy(busy);
    VerifySummary summary = verifying.get(10, TimeUnit.SECONDS);
    assertThat(summary.incompleteKind()).isEqualTo(VerifyFailure.Kind.SERVER);
    assertThat(summary.incomplete()).contains(busy, "busy running a script", "--timeout");
    assertThat(summary.keys(KeyVerdict.EQUAL)).isBetween(1L, 5039L);
    assertThat(summary.withoutVerdict()).isEqualTo(5040 - summary.keys());
    assertThatThrownBy(() -> verify(pair.request(timeout)))
        .isInstanceOfSatisfying(
            RedisFailure.class, e -> assertThat(e.kind()).isEqualTo(RedisFailure.Kind.BUSY));
    side(busy).expect("SCRIPT", "KILL");
    script.join();
  }

  @Test
  void aReplicaThatLoadsItsDataAnewMeanwhileIsWaitedFor() throws Exception {
    pair.replica().expect("CONFIG", "SET", "replica-serve-stale-data", "yes");
    // A full synchronization over the running connection: 5,040 keys at 200 µs each.
    pair.replica().expect("CONFIG", "SET", "loading-process-events-interval-bytes", "1024");
    pair.replica().expect("CONFIG", "SET", "key-load-delay", "200");
    Set<String> waits = new ConcurrentSkipListSet<>();
    CompletableFuture<VerifySummary> verifying =
        begin(
            pair.request(TIMEOUT).withRate(4000),
            told -> waits.add(String.valueOf(told.waitingFor())));
    Thread.sleep(700);
    pair.replica().expect("REPLICAOF", "NO", "ONE");
    String port = Integer.toString(pair.servers().sourceServer().port());
    pair.replica().expect("REPLICAOF", "127.0.0.1", port);
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.mismatched()).isZero();
    assertThat(summary.keys()).isEqualTo(5040);
    assertThat(summary.notes())
        .anyMatch(note -> note.matches("waited up to .* s: the replica is loading its data"));
    assertThat(waits).contains("the replica is loading its data");
  }

  @Test
  void aReplicaWithoutItsLinkThatServesNothingStaleIsSaidToBeSo() throws Exception {
    CompletableFuture<VerifySummary> verifying =
        begin(pair.request(Duration.ofSeconds(1)).withRate(2000), told -> {});
    Thread.sleep(700);
    pair.replica().expect("REPLICAOF", "127.0.0.1", "1");
    VerifySummary summary = verifying.get(20, TimeUnit.SECONDS);
    assertThat(summary.incomplete()).contains("replica", "link");
    assertThat(summary.mismatched()).isZero();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isBetween(1L, 5039L);
  }

  @Test
  void aSourceThatIsFlushedMeanwhileHasNoFalseMismatches() throws Exception {
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(4000), told -> {});
    Thread.sleep(700);
    pair.source().expect("FLUSHALL");
    VerifySummary summary = verifying.get(20, TimeUnit.SECONDS);
    assertThat(summary.incompleteKind()).isEqualTo(VerifyFailure.Kind.CHANGED);
    assertThat(summary.incomplete()).contains("the source was flushed");
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isBetween(1L, 5039L);
    assertThat(summary.notes()).anyMatch(note -> note.contains("5,040 keys when this began"));
  }

  @Test
  void aReplicaThatIsFlushedMeanwhileLacksWhatWasNotLookedAtYet() throws Exception {
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(4000), told -> {});
    Thread.sleep(700);
    pair.replica().expect("FLUSHALL");
    VerifySummary summary = verifying.get(20, TimeUnit.SECONDS);
    assertThat(summary.keys()).isEqualTo(5040);
    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isBetween(1L, 5039L);
    // Those looked at before are gone as well, which only the number of keys shows.
    assertThat(summary.incompleteKind()).isEqualTo(VerifyFailure.Kind.CHANGED);
    assertThat(summary.incomplete())
        .contains("the replica lost keys", "it held 0 of db 0", "the replica was flushed");
  }
}
