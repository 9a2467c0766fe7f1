package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.metrics.Scrape;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.report.files.RunReader;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.RunReport;
import io.syncanalyzer.result.lag.LagAccounting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole run serves of itself is what its files then say. */
class ServedRunIT {
  private static final Pattern ADDRESS = Pattern.compile("metrics at (http://\\S+/metrics)");

  @TempDir private Path folder;

  /** The lag is measured in the inserts' own JVM, and served by this one. */
  @Test
  void aWholeRunServesTheLagOfItsForkAndItsVerification() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
      ExitStatus status =
          new ServedRuns(server, pair, folder).whole("whole", Duration.ofSeconds(3));

      assertThat(status).isEqualTo(ExitStatus.ALL_EQUAL);
      RunReport run = RunReader.read(new RunFolder(folder, "whole"));
      LagAccounting kept =
          Objects.requireNonNull(run.lag()).accounting().stream()
              .filter(row -> row.phase().equals("load"))
              .findFirst()
              .orElseThrow();
      Scrape end = Scrape.of(server);
      assertThat(kept.scheduled()).isEqualTo(3000);
      assertThat(end.value("sentinels_scheduled_total")).hasValue((double) kept.scheduled());
      assertThat(end.value("sentinels_write_failed_total")).hasValue((double) kept.writeFailed());
      assertThat(end.value("sentinels_write_unknown_total")).hasValue((double) kept.writeUnknown());
      assertThat(end.value("sentinels_observed_total")).hasValue((double) kept.observed());
      assertThat(end.value("sentinels_censored_total")).hasValue((double) kept.censored());
      assertThat(end.value("lag_upper_seconds_count")).hasValue((double) kept.observed());
      assertThat(end.value("lag_lower_seconds_count")).hasValue((double) kept.observed());
      assertThat(end.exactly("verify_equal")).hasValue(1);
      assertThat(end.exactly("verify_complete")).hasValue(1);
      assertThat(end.exactly("verify_keys_compared")).hasValue(3000 + 1000);
      assertThat(end.exactly("run_exit_status")).hasValue(0);
      assertThat(end.exactly("run_complete")).hasValue(1);
      assertThat(end.exactly("run_phase{phase=\"report\"}")).hasValue(1);
      assertThat(end.exactly("run_phase{phase=\"verify\"}")).hasValue(0);
    }
  }

  @Test
  void aVerificationServesWhatDiffersByItsVerdict() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer server = MetricsServer.open("127.0.0.1", 0)) {
      differ(pair);

      ExitStatus status = new ServedRuns(server, pair, folder).verify("differs");

      assertThat(status).isEqualTo(ExitStatus.MISMATCHES);
      Scrape end = Scrape.of(server);
      assertThat(end.exactly("verify_mismatches{verdict=\"VALUE_DIFFERS\"}")).hasValue(1);
      assertThat(end.exactly("verify_mismatches{verdict=\"EXTRA_ON_REPLICA\"}")).hasValue(1);
      assertThat(end.exactly("verify_mismatches{verdict=\"TYPE_DIFFERS\"}")).hasValue(0);
      assertThat(end.exactly("verify_equal")).hasValue(0);
      assertThat(end.exactly("verify_complete")).hasValue(1);
      assertThat(end.exactly("verify_keys_compared")).hasValue(101);
      assertThat(end.exactly("run_exit_status")).hasValue(1);
      assertThat(end.lines()).noneMatch(line -> line.contains("lag") || line.contains("sentinels"));
    }
  }

  /** 100 keys, one of which has another value on the replica, and one more that only it has. */
  static void differ(EmbeddedPair pair) {
    try (RedisConnection source = RedisConnection.open(pair.source());
        RedisConnection replica = RedisConnection.open(pair.replica())) {
      for (int i = 0; i < 100; i++) {
        source.expect("SET", "key:" + i, "value");
      }
      source.expect("WAIT", "1", "5000");
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect("SET", "key:7", "other");
      replica.expect("SET", "key:more", "value");
    }
  }

  /** As its user has it: the address is on the screen, the figures are there while it goes on. */
  @Test
  void aRunUnderWayIsServedWhereItsScreenSays() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      ByteArrayOutputStream err = new ByteArrayOutputStream();
      CompletableFuture<Integer> running =
          CompletableFuture.supplyAsync(() -> verifySlowly(pair, err));
      Matcher told = ADDRESS.matcher("");
      while (!told.reset(err.toString(StandardCharsets.UTF_8)).find() && !running.isDone()) {
        Thread.onSpinWait();
      }
      URI metrics = URI.create(told.group(1));
      Scrape seen = Scrape.of(metrics);
      while (seen.exactly("verify_keys_scanned").orElse(0) == 0) {
        seen = Scrape.of(metrics);
      }
      assertThat(seen.exactly("verify_keys_expected")).hasValue(100);
      assertThat(seen.exactly("run_phase{phase=\"verify\"}")).hasValue(1);
      assertThat(seen.exactly("run_exit_status")).isEmpty();
      assertThat(seen.exactly("verify_equal")).isEmpty();
      assertThat(seen.text()).doesNotContain("s3cret");
      assertThat(running.join()).as(err.toString(StandardCharsets.UTF_8)).isZero();
    }
  }

  private int verifySlowly(EmbeddedPair pair, ByteArrayOutputStream err) {
    try (RedisConnection source = RedisConnection.open(pair.source())) {
      for (int i = 0; i < 100; i++) {
        source.expect("SET", "key:" + i, "value");
      }
      source.expect("WAIT", "1", "5000");
      source.expect("ACL", "SETUSER", "teller", "on", ">s3cret", "~*", "&*", "+@all");
    }
    return AnalyzerCli.run(
        List.of(
            "verify",
            "--listen=0",
            "--rate=50",
            "--results=" + folder,
            "--source=" + pair.source().display().replace("redis://", "redis://teller:s3cret@"),
            "--replica=" + pair.replica().display()),
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of());
  }
}
