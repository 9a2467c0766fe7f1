package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.IdleRule;
import io.syncanalyzer.embedded.Relay;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** Verifications whose connections are dropped whenever they are idle for a while. */
class VerifyIdleIT {
  private static final int KEYS = 70;
  private static final int FEW = 30;

  /** Three workers and the scan, each idle for more than a second at this rate. */
  private static final double RATE = 5;

  @TempDir private Path folder;

  private VerifiedPair pair(String... options) {
    return new VerifiedPair(TestServers.onPath(), folder, options).filled(KEYS - 40);
  }

  private static void isWholeAndSilent(VerifySummary summary) {
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(KEYS - 1);
    assertThat(summary.mismatched()).isEqualTo(1);
    assertThat(mismatches(summary).get(0).verdict()).isEqualTo(KeyVerdict.MISSING_ON_REPLICA);
    assertThat(summary.notes()).noneMatch(note -> note.contains("answered again"));
  }

  @WaitingTest
  void serversThatCloseIdleConnectionsEndNothing() {
    try (VerifiedPair pair = pair("--timeout", "1")) {
      pair.replica().expect("DEL", "string:7");
      isWholeAndSilent(verify(pair.request().withRate(RATE)));
    }
  }

  @WaitingTest
  void aRelayThatClosesIdleConnectionsEndsNothing() throws Exception {
    relayed(IdleRule.Way.CLOSES);
  }

  @WaitingTest
  void aRelayThatForgetsIdleConnectionsEndsNothing() throws Exception {
    relayed(IdleRule.Way.SWALLOWS);
  }

  private void relayed(IdleRule.Way way) throws Exception {
    Duration idle = Duration.ofMillis(1500);
    IdleRule onSource = new IdleRule(way, idle);
    IdleRule onReplica = new IdleRule(way, idle);
    try (VerifiedPair pair = pair();
        Relay source = Relay.to(pair.servers().sourceServer().port(), onSource);
        Relay replica = Relay.to(pair.servers().replicaServer().port(), onReplica)) {
      pair.replica().expect("DEL", "string:7");
      VerifyRequest request =
          VerifyRequest.of(
              source.endpoint(Side.SOURCE), replica.endpoint(Side.REPLICA), "it", folder);
      isWholeAndSilent(verify(request.withRate(RATE)));
      assertThat(onSource.forgotten()).isPositive();
      assertThat(onReplica.forgotten()).isPositive();
    }
  }

  /** Nobody asks it anything while it goes, and what takes the connection's place is another's. */
  @WaitingTest
  void aReplicaRestartedBetweenTwoUsesIsVerifiedAnew() throws Exception {
    restarted(Side.REPLICA, RelayedPair::restartReplica);
  }

  @WaitingTest
  void aSourceRestartedBetweenTwoUsesIsVerifiedAnew() throws Exception {
    restarted(
        Side.SOURCE,
        pair -> {
          pair.restartSource();
          fill(pair);
        });
  }

  private static void fill(RelayedPair pair) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      for (int i = 0; i < FEW; i++) {
        source.expect("SET", "k:" + i, "v");
      }
    }
  }

  private void restarted(Side side, Consumer<RelayedPair> restart) throws Exception {
    Path own = Files.createDirectory(folder.resolve(side.label()));
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      fill(pair);
      CountDownLatch under = new CountDownLatch(1);
      // A batch is ten keys, and how far it is is told with each: then nothing is asked for 3 s.
      CompletableFuture<VerifySummary> verifying =
          VerifiedPair.begin(
              VerifyRequest.of(pair.source(), pair.replica(), "again", own).withRate(FEW / 9.0),
              told -> {
                if (told.keysDone() > 0) {
                  under.countDown();
                }
              });
      assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();
      Thread.sleep(1000);
      restart.accept(pair);
      VerifySummary summary = verifying.get(60, TimeUnit.SECONDS);
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(FEW);
      assertThat(summary.keys()).isEqualTo(FEW);
      assertThat(summary.notes())
          .anySatisfy(
              note ->
                  assertThat(note)
                      .startsWith("lost the connection to the " + side.label())
                      .contains("it was restarted", "it answered again after"));
    }
  }

  /** The watch on what is settled lasts as long as the fence, far longer than a connection may. */
  @WaitingTest
  void aWatchOutlivesAFenceThatTakesLong() {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      source.expect("MSET", "a", "1", "b", "2");
      source.expect("WAIT", "1", "5000");
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect("DEL", "a");
      source.expect("CONFIG", "SET", "timeout", "1");
      replica.expect("CONFIG", "SET", "timeout", "1");
      pair.relay().delay(Duration.ofMillis(3200));
      SettleSettings once =
          new SettleSettings(
              FenceMode.SENTINEL,
              Duration.ofSeconds(20),
              1,
              Duration.ofSeconds(1),
              Optional.empty());
      VerifySummary summary =
          verify(VerifyRequest.of(pair.source(), pair.replica(), "watch", folder).with(once));
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(1);
      assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1);
      // A lost watch would have had it looked at ten times.
      assertThat(summary.elapsed()).isLessThan(Duration.ofSeconds(25));
    }
  }
}
