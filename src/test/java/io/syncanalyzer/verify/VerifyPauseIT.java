package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.fence.CountedFence;
import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.server.Abilities;
import io.syncanalyzer.verify.server.Connections;
import io.syncanalyzer.verify.settle.BothSides;
import io.syncanalyzer.verify.settle.LargeSettler;
import io.syncanalyzer.verify.settle.Outcome;
import io.syncanalyzer.verify.settle.PausedSettler;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that were paused go on at once, however the settling under the pause ends. */
class VerifyPauseIT {
  private static final Duration PAUSE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"OFFSET, stop", "SENTINEL, stop", "OFFSET, lost", "SENTINEL, lost"})
  void writesGoOnLongBeforeThePauseIsOver(FenceMode mode, String end) throws Exception {
    try (VerifiedPair pair = new VerifiedPair(TestServers.onPath(), folder).filled(10)) {
      Endpoint source = pair.servers().source().withTimeouts(PAUSE, PAUSE);
      Endpoint replica = pair.servers().replica().withTimeouts(PAUSE, PAUSE);
      Fence fence = Fences.choose(mode, source, replica, "it", NanoClock.SYSTEM);
      // A replica that does not answer keeps us in the middle of the pause.
      Thread stopped = stopped(pair.servers().replicaServer().pid());
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread settling = new Thread(() -> ended.complete(settled(fence, source)));
      settling.start();
      CompletableFuture<Long> written = heldWrite(pair, source);
      long from = System.nanoTime();
      if (end.equals("stop")) {
        // What an interrupt does: it closes every connection from outside.
        fence.close();
      } else {
        pair.servers().replicaServer().close();
      }
      long at = written.get(20, TimeUnit.SECONDS);
      assertThat(Duration.ofNanos(at - from)).isLessThan(Duration.ofSeconds(2));
      assertThat(ended.get(5, TimeUnit.SECONDS)).isInstanceOf(RedisFailure.class);
      stopped.join();
      fence.close();
    }
  }

  /** Settles under a pause and returns what ended that. */
  private static Throwable settled(Fence fence, Endpoint source) {
    SettleSettings settling =
        new SettleSettings(
            FenceMode.AUTO, Duration.ofSeconds(10), 1, Duration.ofSeconds(1), Optional.of(PAUSE));
    CountedFence counted = new CountedFence(fence, 0, NanoClock.SYSTEM, waiting -> {});
    Abilities abilities = new Abilities(true, false, false, true, true, true, ClockSkew.NONE);
    LargeSettler large = new LargeSettler(abilities, counted, settling, NanoClock.SYSTEM);
    try (Connections connections = new Connections()) {
      BothSides sides =
          connections.keep(
              new BothSides(connections, source, source, abilities, 1000, NanoClock.SYSTEM));
      new PausedSettler(large, counted, settling, NanoClock.SYSTEM)
          .settle(sides, List.of(), PAUSE, new Outcome());
      return new AssertionError("it settled under a pause that nobody could end");
    } catch (RuntimeException e) {
      return e;
    }
  }

  /** Waits until writes are held, and returns one that is: when it went through. */
  private static CompletableFuture<Long> heldWrite(VerifiedPair pair, Endpoint source)
      throws InterruptedException {
    while (true) {
      CompletableFuture<Long> written =
          CompletableFuture.supplyAsync(
              () -> {
                try (RedisConnection connection = RedisConnection.open(source)) {
                  connection.expect("SET", "held", "v");
                  return System.nanoTime();
                }
              });
      Thread.sleep(200);
      pair.source().expect("PING");
      if (!written.isDone()) {
        return written;
      }
    }
  }

  private static Thread stopped(long pid) throws InterruptedException {
    Thread stopping =
        new Thread(
            () -> {
              try {
                RelayedPair.pause(pid, Duration.ofMillis(1500));
              } catch (AssertionError replicaEndedMeanwhile) {
                // As the test wanted: nobody is there to go on.
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    stopping.start();
    Thread.sleep(200);
    return stopping;
  }
}
