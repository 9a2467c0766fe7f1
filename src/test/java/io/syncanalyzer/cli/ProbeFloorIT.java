package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code probe} by itself cannot see below, measured first. */
class ProbeFloorIT {
  @TempDir Path folder;
  private String out = "";
  private String err = "";

  @Test
  void eachReplicaHasAFloorAsFarAwayAsItself() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        LinkRelay way = LinkRelay.to(pair.replica().port())) {
      way.delay(Duration.ofMillis(100));
      String far = "127.0.0.1:" + way.port();
      String near = pair.replica().address();

      assertThat(run(pair, "two", "--replica", "redis://" + far)).isZero();

      assertThat(lines("two", "lag.csv"))
          .anyMatch(line -> line.startsWith("floor,max,") && line.contains(near))
          .anyMatch(line -> line.startsWith("probe,max,") && line.contains(near));
      String least =
          lines("two", "lag.csv").stream()
              .filter(line -> line.startsWith("floor,min,") && line.contains(far))
              .findFirst()
              .orElseThrow();
      assertThat(Double.parseDouble(least.split(",", -1)[2])).isGreaterThan(49_000);
      assertThat(lines("two", "lag_accounting.csv")).hasSize(1 + 4);
      assertThat(out).containsSubsequence("on " + near, "floor", "probe", "on " + far, "floor");
      assertThat(out).contains("to " + far).contains("run the analyzer near the replica");
      assertThat(size(pair)).isZero();
    }
  }

  @Test
  void itIsLeftOutWhereNobodyWantsIt() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      assertThat(run(pair, "none", "--floor", "0s")).isZero();

      assertThat(lines("none", "lag.csv"))
          .noneMatch(line -> line.startsWith("floor"))
          .anyMatch(line -> line.startsWith("probe,max,"));
    }
  }

  @Test
  void anEndAskedForWhileItIsMeasuredIsAnInterruptedRunThatLeavesNothingOnTheSource()
      throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      int[] status = new int[1];
      Thread running =
          new Thread(() -> status[0] = run(pair, "ended", "--floor", "60s", "--until-interrupted"));
      running.start();
      long begun = System.nanoTime();
      while (size(pair) == 0 && System.nanoTime() - begun < Duration.ofSeconds(30).toNanos()) {
        Thread.sleep(20);
      }
      running.interrupt();
      running.join(Duration.ofSeconds(30).toMillis());

      assertThat(running.isAlive()).isFalse();
      assertThat(status[0]).isEqualTo(130);
      assertThat(out).contains("Interrupted in floor");
      assertThat(size(pair)).isZero();
    }
  }

  /** Those who granted what the probe needs without it need not grant more. */
  @Test
  void itIsNotKnownWhereTheSourceMayNotBeAsked() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        source.expect("ACL", "SETUSER", "default", "-exists");
      }
      assertThat(run(pair, "deaf")).isZero();

      assertThat(lines("deaf", "lag.csv"))
          .noneMatch(line -> line.startsWith("floor"))
          .anyMatch(line -> line.startsWith("probe,max,"));
      assertThat(err).contains("the probe's floor is not known", "+exists");
    }
  }

  private List<String> lines(String runId, String file) throws IOException {
    return Files.readAllLines(folder.resolve(runId).resolve(file));
  }

  private static long size(EmbeddedPair pair) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      return ((Reply.Int) source.expect("DBSIZE")).value();
    }
  }

  private int run(EmbeddedPair pair, String runId, String... words) {
    List<String> all = new ArrayList<>(List.of("probe", "--duration", "1s", "--warmup", "0s"));
    all.addAll(List.of("--sentinel-rate", "200", "--observer", "poll"));
    all.addAll(List.of("--source", "redis://" + pair.source().address()));
    all.addAll(List.of("--replica", "redis://" + pair.replica().address()));
    all.addAll(List.of("--results", folder.toString(), "--run-id", runId));
    all.addAll(List.of(words));
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int status =
        AnalyzerCli.run(
            all,
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            Map.of());
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    assertThat(err).doesNotContain("Exception");
    return status;
  }
}
