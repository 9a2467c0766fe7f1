package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.metrics.MetricsServer;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LagObserversIT {
  static java.util.stream.Stream<ServerBinary> servers() {
    return TestServers.onPathOrAll();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyObserverSeesEverySentinelAndSaysHow(ServerBinary binary) {
    try (EmbeddedPair pair = EmbeddedPair.start(binary)) {
      LagPhase auto = phase(probe(pair, "a-u.to", ObserverChoice.AUTO));
      assertThat(auto.observer()).contains("client tracking, which the replica supports");
      LagPhase tracking = phase(probe(pair, "tr-1", ObserverChoice.TRACKING));
      assertThat(tracking.observer()).contains("client tracking, as asked for");

      assertThatThrownBy(() -> probe(pair, "n1", ObserverChoice.NOTIFY))
          .isInstanceOf(ProbeFailure.class)
          .hasMessageContaining("sends no keyspace notifications")
          .hasMessageContaining("set it to KA");
      try (RedisConnection replica = RedisConnection.open(pair.replica())) {
        replica.expect("CONFIG", "SET", "notify-keyspace-events", "KA");
      }
      LagPhase notified = phase(probe(pair, "n-2", ObserverChoice.NOTIFY));
      assertThat(notified.observer()).contains("keyspace notifications");
      for (LagPhase phase : List.of(auto, tracking, notified)) {
        assertAllSeen(phase);
        assertThat(phase.accounting().outOfOrder()).isZero();
      }
    }
  }

  @Test
  void aReplicaThatRefusesTrackingIsPolledAndSaysWhy() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Endpoint limited = limited(pair, "+@all -client|tracking");
      LagSummary summary = probe(settings(pair.source(), limited, "limited", ObserverChoice.AUTO));
      assertThat(phase(summary).observer()).contains("poll alone").contains("NOPERM");
      assertAllSeen(phase(summary));
      assertThatThrownBy(
              () -> probe(settings(pair.source(), limited, "l2", ObserverChoice.TRACKING)))
          .isInstanceOf(ProbeFailure.class)
          .hasMessageContaining("does not support client tracking")
          .hasMessageContaining("--observer auto");
    }
  }

  @Test
  void aMissingPermissionIsNamedBeforeAnythingIsMeasured() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Endpoint noExists = limited(pair, "+@all -exists");
      assertThatThrownBy(() -> probe(settings(pair.source(), noExists, "p1", ObserverChoice.AUTO)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("EXISTS")
          .hasMessageContaining("ACL SETUSER");
      assertThatThrownBy(
              () ->
                  probe(
                      settings(
                          pair.replica().as(Side.SOURCE),
                          pair.replica(),
                          "p2",
                          ObserverChoice.AUTO)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("read-only replica");
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        source.expect("ACL", "SETUSER", "writer", "on", ">pw", "~*", "+@all", "-xadd");
      }
      Endpoint writer =
          Endpoint.parse(Side.SOURCE, "redis://writer:pw@127.0.0.1:" + pair.source().port());
      assertThatThrownBy(() -> probe(settings(writer, pair.replica(), "p3", ObserverChoice.AUTO)))
          .isInstanceOf(RedisFailure.class)
          .hasMessageContaining("XADD")
          .hasMessageNotContaining("pw@");
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        assertThat(source.expect("DBSIZE")).isEqualTo(new Reply.Int(0));
      }
    }
  }

  @Test
  void infoThatIsRefusedIsUnknownNotAFailure() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Endpoint noInfo = limited(pair, "+@all -info");
      LagPhase phase = phase(probe(settings(pair.source(), noInfo, "i", ObserverChoice.AUTO)));
      assertAllSeen(phase);
      assertThat(phase.figures().replicaCpuShare()).isNull();
      assertThat(phase.timeline()).allMatch(row -> row.offsetGapBytes() == null);
      assertThat(phase.timeline()).allMatch(row -> row.linkUp() == null);
    }
  }

  @Test
  void sentinelsOfAnEarlierRunOfThatNameAreNotTakenForArrivals() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source())) {
      source.expect(
          "SET", new SentinelCodec("again", SentinelType.STRING, "0").keyPrefix() + 0, "old");
      source.expect("WAIT", "1", "5000");
      assertThatThrownBy(() -> probe(pair, "again", ObserverChoice.AUTO))
          .isInstanceOf(ProbeFailure.class)
          .hasMessageContaining("still holds sentinels of a run named again")
          .hasMessageContaining("clean");
    }
  }

  @Test
  void eachOfSeveralReplicasHasItsOwnRowsAndTag(@TempDir Path folder) throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer second =
            EmbeddedServer.start(
                TestServers.onPath(),
                0,
                List.of("--replicaof", "127.0.0.1", Integer.toString(pair.source().port())))) {
      awaitLink(second);
      Path hlog = folder.resolve("lag.hlog");
      LagSettings settings =
          LagSettings.of(
                  pair.source(), List.of(pair.replica(), second.endpoint(Side.REPLICA)), "several")
              .withHlog(Optional.of(hlog))
              .withSchedule(500, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(2)));
      LagSummary summary = probe(settings);
      assertThat(summary.phases())
          .extracting(LagPhase::replica)
          .containsExactly(pair.replica().address(), second.endpoint(Side.REPLICA).address());
      assertThat(summary.phases()).allSatisfy(LagObserversIT::assertAllSeen);
      assertThat(java.nio.file.Files.readString(hlog))
          .contains("Tag=upper,")
          .contains("Tag=upper@127.0.0.1:" + second.port() + ",");
    }
  }

  @Test
  void aProbeWithoutEndCleansBehindServesItsFiguresAndEndsWhenInterrupted() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        MetricsServer served = MetricsServer.open("127.0.0.1", 0);
        RedisConnection source = RedisConnection.open(pair.source())) {
      LagSettings settings =
          settings(pair.source(), pair.replica(), "endless", ObserverChoice.AUTO)
              .withSchedule(500, Duration.ZERO, Optional.empty())
              .withCleanBehind(true);
      FutureTask<LagSummary> probing =
          new FutureTask<>(
              () -> {
                LagSummary summary =
                    new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {})
                        .tellingInFull(second -> served.metrics().second(second, false))
                        .run(settings);
                assertThat(Thread.interrupted()).isTrue();
                return summary;
              });
      Thread prober = new Thread(probing, "prober");
      prober.start();
      Thread.sleep(4000);
      long left = ((Reply.Int) source.expect("DBSIZE")).value();
      assertThat(left).isLessThan(1800);
      HttpResponse<String> scraped =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create("http://127.0.0.1:" + served.port() + "/metrics"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(scraped.statusCode()).isEqualTo(200);
      assertThat(scraped.body())
          .contains("analyzer_lag_upper_seconds_bucket{")
          .contains("analyzer_sentinels_observed_total{replica=\"" + pair.replica().address())
          .contains("analyzer_sentinels_censored_total{");
      long interrupted = System.nanoTime();
      prober.interrupt();
      LagSummary summary = probing.get();
      assertThat(System.nanoTime() - interrupted).isLessThan(5_000_000_000L);
      // It was asked to go on until then: what was outstanding has been waited for.
      assertThat(summary.incomplete()).isNull();
      LagAccounting accounting = phase(summary).accounting();
      assertThat(accounting.censored()).isZero();
      assertThat(accounting.observed()).isGreaterThan(1000);
      LagProbe.clean(settings, summary.written());
      assertThat(source.expect("DBSIZE")).isEqualTo(new Reply.Int(0));
    }
  }

  /**
   * The source is killed: writes under way are unknown, later ones find no connection and fail;
   * none of them is lag, and all of them are accounted for.
   */
  @Test
  void aSourceThatDiesLeavesFailedWritesNotLag() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Endpoint source = pair.source().withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(500));
      LagSettings settings =
          settings(source, pair.replica(), "dies", ObserverChoice.AUTO)
              .withSchedule(200, Duration.ZERO, Optional.of(Duration.ofSeconds(3)));
      CompletableFuture<LagSummary> probing = CompletableFuture.supplyAsync(() -> probe(settings));
      Thread.sleep(1500);
      pair.sourceServer().close();
      LagSummary summary = probing.get();
      assertThat(summary.incomplete()).contains("lost the source", "nothing listens at the source");
      LagPhase phase = phase(summary);
      LagAccounting accounting = phase.accounting();
      assertThat(accounting.scheduled()).isEqualTo(600);
      assertThat(accounting.writeFailed()).isGreaterThan(200);
      assertThat(accounting.observed()).isBetween(150L, 350L);
      assertThat(accounting.censored()).isLessThanOrEqualTo(12);
      assertThat(phase.warnings()).anyMatch(line -> line.contains("writes failed"));
    }
  }

  private static void awaitLink(EmbeddedServer replica) throws InterruptedException {
    try (RedisConnection connection = RedisConnection.open(replica.endpoint(Side.REPLICA))) {
      for (int i = 0; i < 500; i++) {
        if (io.syncanalyzer.redis.server.ServerInfo.readSection(connection, "replication")
            .linkStatus()
            .filter("up"::equals)
            .isPresent()) {
          return;
        }
        Thread.sleep(20);
      }
    }
    throw new AssertionError("no link");
  }

  private static Endpoint limited(EmbeddedPair pair, String rules) {
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      String[] words = rules.split(" ", -1);
      String[] arguments = new String[words.length + 6];
      String[] head = {"SETUSER", "limited", "on", ">pw", "~*", "&*"};
      System.arraycopy(head, 0, arguments, 0, 6);
      System.arraycopy(words, 0, arguments, 6, words.length);
      replica.expect("ACL", arguments);
    }
    return Endpoint.parse(Side.REPLICA, "redis://limited:pw@127.0.0.1:" + pair.replica().port());
  }

  private static LagSettings settings(
      Endpoint source, Endpoint replica, String run, ObserverChoice observer) {
    return LagSettings.of(source, List.of(replica), run)
        .withPhase(ProbePhase.PROBE)
        .withObserver(observer, Duration.ofSeconds(5))
        .withSchedule(500, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(2)));
  }

  private static LagSummary probe(EmbeddedPair pair, String run, ObserverChoice observer) {
    return probe(settings(pair.source(), pair.replica(), run, observer));
  }

  private static LagSummary probe(LagSettings settings) {
    LagSummary summary =
        new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {}).run(settings);
    System.out.println(TruthTables.of(summary));
    return summary;
  }

  /** Late sends move sentinels from the warm-up to what is measured, so only the sum is fixed. */
  private static void assertAllSeen(LagPhase phase) {
    LagAccounting accounting = phase.accounting();
    assertThat(accounting.observed()).isEqualTo(accounting.scheduled());
    assertThat(accounting.scheduled() + accounting.warmupExcluded()).isEqualTo(1250);
  }

  private static LagPhase phase(LagSummary summary) {
    return summary.phases().get(0);
  }
}
