package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are lost in the middle of a verification and can be made anew. */
@Tag("faults")
class VerifyLossIT {
  private static final int KEYS = 14_000;

  @TempDir private Path folder;

  @Test
  void lostConnectionsAreMadeAnewAndEveryKeyIsCountedOnce() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port());
        RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      fill(pair, source);
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect("DEL", "k:17");
      replica.expect("SET", "k:18", "other");
      replica.expect("SET", "invented", "v");

      CountDownLatch under = new CountDownLatch(1);
      VerifyRequest request =
          VerifyRequest.of(
                  pair.source(),
                  Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + way.port()),
                  "loss",
                  folder)
              .withRate(6000);
      VerifyPhase phase =
          new VerifyPhase(
              told -> {
                if (told.keysDone() > 2000) {
                  under.countDown();
                }
              },
              NanoClock.SYSTEM);
      CompletableFuture<VerifySummary> verifying =
          CompletableFuture.supplyAsync(() -> phase.run(request));
      assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();
      source.expect("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      Thread.sleep(500);
      way.cut();
      Thread.sleep(1000);
      way.mend();

      VerifySummary summary = verifying.get(60, TimeUnit.SECONDS);
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.keys()).isEqualTo(KEYS + 1);
      assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(KEYS - 2);
      assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(1);
      assertThat(summary.keys(KeyVerdict.VALUE_DIFFERS)).isEqualTo(1);
      assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(1);
      assertThat(summary.mismatches().stream()).hasSize(3);
      assertThat(summary.notes())
          .anySatisfy(note -> assertThat(note).contains("source", "it answered again after"))
          .anySatisfy(note -> assertThat(note).contains("replica", "it answered again after"));
    }
  }

  @Test
  void aServerThatIsAwayAtTheBeginIsWaitedForAsLongAsItsTimeout() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + way.port());
      way.cut();
      VerifyPhase phase = new VerifyPhase(told -> {}, NanoClock.SYSTEM);
      Endpoint hasty = replica.withTimeouts(Duration.ofMillis(300), Duration.ofMillis(300));
      assertThatThrownBy(() -> phase.run(VerifyRequest.of(pair.source(), hasty, "begin", folder)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("it did not come back within 300 ms");

      CompletableFuture<VerifySummary> verifying =
          CompletableFuture.supplyAsync(
              () -> phase.run(VerifyRequest.of(pair.source(), replica, "begin", folder)));
      Thread.sleep(500);
      way.mend();
      VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.notes())
          .anySatisfy(note -> assertThat(note).contains("replica", "it answered again after"));
    }
  }

  private static void fill(EmbeddedPair pair, RedisConnection source) {
    source.expect(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('SET', 'k:' .. i, i) end",
        "0",
        Integer.toString(KEYS));
    try (Fence fence =
        Fences.choose(FenceMode.OFFSET, pair.source(), pair.replica(), "loss", NanoClock.SYSTEM)) {
      fence.pass(Duration.ofSeconds(20));
    }
  }
}
