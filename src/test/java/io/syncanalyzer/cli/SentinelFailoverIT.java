package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.bench.KeyspaceMix;
import io.syncanalyzer.embedded.TestSentinel;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees whose source is failed over by Sentinels in the midst of a run. */
class SentinelFailoverIT {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aProbeGoesOnAtTheNewSourceAndLeavesNothingThere() throws Exception {
    try (TestSentinel service = TestSentinel.start(2)) {
      Endpoint first = service.source();
      CompletableFuture<Integer> run =
          start(service, "probe", "--duration", "8s", "--warmup", "1s", "--sentinel-rate", "100");
      // 33 of them are the floor's, in which nothing is followed.
      await("sentinels are written", () -> calls(first, "hset") > 70, run);
      service.killSource();
      Endpoint second = service.source();
      // 4 where some that the old source acknowledged never reached the new one.
      int status = run.get(60, TimeUnit.SECONDS);
      assertThat(status).as(words()).isIn(0, 4);
      assertThat(words())
          .contains("failover: the source's " + first.address() + " was left at ")
          .contains(second.address() + " took its place")
          .doesNotContain("are still on the source");
      assertThat(keys(second)).isZero();
    }
  }

  @Test
  void aVerificationBeginsAgainAtTheNewSourceAndSaysWhen() throws Exception {
    try (TestSentinel service = TestSentinel.start(2)) {
      Endpoint first = service.source();
      KeyspaceMix.write(first, 9000, 10, 20, 1);
      CompletableFuture<Integer> run = start(service, "verify", "--rate", "1500");
      await("keys are compared", () -> calls(first, "mget") > 5, run);
      service.killSource();
      Endpoint second = service.source();
      int status = run.get(60, TimeUnit.SECONDS);
      assertThat(status).as(words()).isZero();
      assertThat(words())
          .contains("failover: ", second.address(), "and everything was compared again")
          .contains("9,040 equal");
    }
  }

  private CompletableFuture<Integer> start(TestSentinel service, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--source", service.uri(), "--replica", service.uri(), "--results", folder.toString()));
    PrintStream to = new PrintStream(out, true, StandardCharsets.UTF_8);
    return CompletableFuture.supplyAsync(() -> AnalyzerCli.run(all, to, to, Map.of()));
  }

  /** All that was printed, its lines and their indents one. */
  private String words() {
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  private interface Condition {
    boolean holds();
  }

  private void await(String what, Condition condition, CompletableFuture<Integer> run) {
    BackOff looks = BackOff.steady(NanoClock.SYSTEM, 50_000_000).within(60_000_000_000L);
    while (!condition.holds()) {
      assertThat(run.isDone()).as("%s: %s", what, out).isFalse();
      assertThat(looks.more()).as(what).isTrue();
    }
  }

  private static long calls(Endpoint server, String command) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      return ServerInfo.read(connection, true).commandCalls().getOrDefault(command, 0L);
    }
  }

  private static long keys(Endpoint server) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      return ServerInfo.readSection(connection, "keyspace").keyspaces().stream()
          .mapToLong(ServerInfo.Keyspace::keys)
          .sum();
    }
  }
}
