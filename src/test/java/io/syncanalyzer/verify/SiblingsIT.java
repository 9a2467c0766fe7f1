package io.syncanalyzer.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas of one source are compared, and the one in the source's place is behind. */
class SiblingsIT {
  private static final int KEYS = 3000;

  @TempDir private Path folder;

  @Test
  void aSourceThatIsBehindTheReplicaMakesNoKeyDiffer() throws InterruptedException {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath());
        EmbeddedServer other =
            EmbeddedServer.start(
                TestServers.onPath(),
                0,
                List.of(
                    "--replica-read-only",
                    "no",
                    "--repl-diskless-sync-delay",
                    "0",
                    "--replicaof",
                    "127.0.0.1",
                    Integer.toString(pair.source().port())));
        RedisConnection writing = RedisConnection.open(pair.source());
        RedisConnection there = RedisConnection.open(other.endpoint(Side.REPLICA))) {
      for (int i = 0; i < KEYS; i++) {
        writing.expect("SET", "k" + i, "old");
      }
      awaitLink(there);
      writing.expect("WAIT", "2", "10000");
      there.expect("SET", "k7", "other");
      there.expect("SET", "extra", "only there");
      pair.relay().delay(Duration.ofMillis(600));
      AtomicBoolean over = new AtomicBoolean();
      Thread writer = new Thread(() -> write(pair.source(), over), "writer");
      writer.start();
      VerifySummary summary;
      try {
        summary = VerifiedPair.verify(request(pair, other));
      } finally {
        over.set(true);
        writer.join();
      }
      assertThat(VerifiedPair.mismatches(summary).stream().map(one -> one.key().asUtf8()).toList())
          .containsExactlyInAnyOrder("k7", "extra");
      assertThat(summary.notes()).anyMatch(line -> line.contains("may be behind the replica"));
    }
  }

  private VerifyRequest request(RelayedPair pair, EmbeddedServer other) {
    Endpoint source = pair.replica().as(Side.SOURCE);
    return VerifyRequest.of(source, other.endpoint(Side.REPLICA), "siblings", folder)
        .withRate(2000);
  }

  /** Every key but a few, one after the other, with a new value each time. */
  private static void write(Endpoint source, AtomicBoolean over) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      BackOff pauses = BackOff.steady(NanoClock.SYSTEM, 500_000);
      for (int i = 0; !over.get(); i++) {
        connection.expect("SET", "k" + (8 + i % (KEYS - 8)), "new" + i);
        pauses.more();
      }
    }
  }

  private static void awaitLink(RedisConnection replica) {
    BackOff looks = BackOff.steady(NanoClock.SYSTEM, 20_000_000).within(20_000_000_000L);
    while (!ServerInfo.readSection(replica, "replication")
        .linkStatus()
        .equals(java.util.Optional.of("up"))) {
      assertThat(looks.more()).as("the link came up").isTrue();
    }
  }
}
