package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.fork.JmhFork;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.sentinel.SentinelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class InsertPhaseIT {
  private static final Duration START = Duration.ofSeconds(30);

  @TempDir Path folder;

  static Stream<ServerBinary> servers() {
    return TestServers.onPathOrAll();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void everyTypeIsWrittenByTheScheduleAndJmhTimesWhatWeTime(ServerBinary binary) throws Exception {
    List<InsertProgress> progress = new ArrayList<>();
    try (EmbeddedPair pair = EmbeddedPair.start(binary);
        InsertPhase insert = InsertPhase.start(request(settings(pair)), progress::add)) {
      insert.awaitReady(START);
      insert.go();
      insert.awaitInsertsDone();
      assertThat(insert.failure()).isEmpty();
      insert.finish();
      InsertSummary summary = insert.result();

      assertThat(summary.incomplete()).isNull();
      assertThat(summary.rows())
          .extracting(row -> SentinelType.of(row.type()))
          .containsExactly(SentinelType.values());
      for (InsertRow row : summary.rows()) {
        // 600/s of six types for two seconds; a busy machine sends some of the warm-up so late that
        // they count as measured, or some of the rest not at all.
        assertThat(row.writes()).as(row.type()).isBetween(100L, 250L);
        assertThat(row.writesPerS())
            .isCloseTo(Objects.requireNonNull(row.writes()) / 2.0, within(1.0));
        assertThat(row.errors()).isZero();
        assertThat(row.latency().p50Nanos())
            .isPositive()
            .isLessThanOrEqualTo(row.latency().p90Nanos());
        assertThat(row.latency().p90Nanos()).isLessThanOrEqualTo(row.latency().maxNanos());
        assertThat(row.latency().p99Nanos()).as("too few for a p99").isNull();
        assertThat(row.latency().maxNanos()).isLessThanOrEqualTo(row.intendedMaxNanos());
      }
      LagAccounting accounting = summary.lag().orElseThrow().phases().get(0).accounting();
      assertThat(accounting.scheduled() + accounting.warmupExcluded()).isEqualTo(1500);
      assertThat(accounting.unsent()).isEqualTo(accounting.scheduled() - accounting.observed());
      assertThat(summary.writes()).isEqualTo(accounting.observed());
      assertThat(progress).isNotEmpty();

      JsonObject jmh = jmhResult();
      assertThat(jmh.get("mode").getAsString()).isEqualTo("sample");
      for (InsertRow row : summary.rows()) {
        JsonObject metric = jmh.getAsJsonObject("secondaryMetrics").getAsJsonObject(row.type());
        double p50Micros = Objects.requireNonNull(row.latency().p50Nanos()) / 1000;
        JsonObject percentiles = metric.getAsJsonObject("scorePercentiles");
        // JMH's samples are the same writes but for those at the edges of its iterations.
        assertThat(percentiles.get("50.0").getAsDouble())
            .as("p50 of %s", row.type())
            .isCloseTo(p50Micros, within(Math.max(50, p50Micros * 0.25)));
      }
    }
  }

  @Test
  void onlyTheTypesAskedForAreWritten() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertPhase insert =
            InsertPhase.start(
                request(
                    settings(pair)
                        .withTypes(List.of(SentinelType.ZSET, SentinelType.LIST), 1)
                        .withSchedule(200, Duration.ZERO, Optional.of(Duration.ofSeconds(1)))),
                second -> {})) {
      insert.awaitReady(START);
      insert.go();
      insert.awaitInsertsDone();
      InsertSummary summary = insert.result();
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.rows())
          .extracting(row -> SentinelType.of(row.type()))
          .containsExactly(SentinelType.ZSET, SentinelType.LIST);
      assertThat(summary.rows()).extracting(InsertRow::threads).containsOnly(1);
      assertThat(summary.writes()).isBetween(198L, 201L);
      assertThat(jmhResult().getAsJsonObject("secondaryMetrics").keySet())
          .contains("list", "zset")
          .doesNotContain("string", "hash", "set", "stream");
    }
  }

  /**
   * A low rate, and rings of 5 hours of it. Each of their arrays is a little more than a mebibyte,
   * so that the collector gives it two: the worst that can be had for the money.
   */
  @Test
  void theForkHasTheHeapThatItsRingsNeed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      LagSettings settings =
          settings(pair)
              .withTypes(List.copyOf(EnumSet.allOf(SentinelType.class)), 6)
              .withObserver(ObserverChoice.TRACKING, Duration.ofHours(5))
              .withSchedule(100, Duration.ZERO, Optional.of(Duration.ofSeconds(1)));
      InsertRequest request = request(settings);
      assertThat(request.heapBytes()).isGreaterThan(512L << 20);
      try (InsertPhase insert = InsertPhase.start(request, second -> {})) {
        insert.awaitReady(START);
        insert.go();
        insert.awaitInsertsDone();
        InsertSummary summary = insert.result();
        assertThat(summary.incomplete()).isNull();
        LagAccounting accounting = summary.lag().orElseThrow().phases().get(0).accounting();
        assertThat(accounting.scheduled()).isEqualTo(100);
        assertThat(accounting.observed()).isEqualTo(100);
      }
    }
  }

  @Test
  void aForkThatIsKilledIsSaidAtOnceWithTheCause() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertPhase insert = InsertPhase.start(request(longRun(settings(pair))), second -> {})) {
      insert.awaitReady(START);
      insert.go();
      Thread.sleep(1000);
      assertThat(forks()).hasSize(1);
      forks().forEach(ProcessHandle::destroyForcibly);
      long begun = System.nanoTime();
      insert.awaitInsertsDone();
      InsertSummary summary = insert.result();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      assertThat(summary.incomplete()).contains("broke off").contains("signal 9");
      assertThat(summary.lag()).isEmpty();
    }
    assertThat(folder.resolve("jmh.json")).doesNotExist();
    assertThat(folder.resolve("jmh.log")).isNotEmptyFile();
  }

  @Test
  void aForkThatIsSignalledHandsOverWhatItHas() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertPhase insert = InsertPhase.start(request(longRun(settings(pair))), second -> {})) {
      insert.awaitReady(START);
      insert.go();
      Thread.sleep(1500);
      // SIGTERM; Ctrl-C's SIGINT takes the same way out of a JVM.
      forks().forEach(ProcessHandle::destroy);
      insert.awaitInsertsDone();
      InsertSummary summary = insert.result();
      assertThat(summary.incomplete()).isEqualTo("interrupted");
      assertThat(summary.writes()).isPositive();
      assertThat(summary.lag().orElseThrow().phases()).isNotEmpty();
    }
  }

  @Test
  void anInterruptStopsTheForkAndKeepsWhatItHas() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertPhase insert = InsertPhase.start(request(longRun(settings(pair))), second -> {})) {
      insert.awaitReady(START);
      insert.go();
      Thread waiting = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                pause(1500);
                waiting.interrupt();
              });
      interrupter.start();
      insert.awaitInsertsDone();
      long begun = System.nanoTime();
      InsertSummary summary = insert.result();
      assertThat(Thread.interrupted()).as("the interrupt is left").isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
      assertThat(summary.incomplete()).isEqualTo("interrupted");
      assertThat(summary.writes()).isPositive();
      assertThat(summary.lag()).isPresent();
      assertThat(jmhResult().getAsJsonObject("primaryMetric").get("score").getAsDouble())
          .isPositive();
    }
    assertThat(forks()).isEmpty();
  }

  @Test
  void aSourceThatDiesIsTheCauseAndWhatWasWrittenIsKept() throws Exception {
    EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
    try (pair;
        InsertPhase insert = InsertPhase.start(request(settings(pair)), second -> {})) {
      insert.awaitReady(START);
      insert.go();
      Thread killer =
          new Thread(
              () -> {
                pause(1500);
                pair.sourceServer().close();
              });
      killer.start();
      insert.awaitInsertsDone();
      killer.join();
      InsertSummary summary = insert.result();
      assertThat(summary.incomplete())
          .contains("source")
          .contains(Integer.toString(pair.sourceServer().port()));
      assertThat(summary.writes()).isPositive();
      assertThat(summary.errors()).isPositive();
    }
  }

  @Test
  void aClosedPortIsNamedBeforeAnythingBegins() {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    Endpoint replica = Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:2");
    try (InsertPhase insert =
        InsertPhase.start(request(LagSettings.of(source, List.of(replica), "t")), second -> {})) {
      assertThatThrownBy(() -> insert.awaitReady(START))
          .isInstanceOf(InsertFailure.class)
          .hasMessageContaining("127.0.0.1:1");
    }
    assertThat(folder.resolve("jmh.json")).doesNotExist();
  }

  @Test
  void aForkThatIsNeverUsedLeavesNoProcess() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      try (InsertPhase insert = InsertPhase.start(request(settings(pair)), second -> {})) {
        insert.awaitReady(START);
      }
      assertThat(forks()).isEmpty();
    }
  }

  @Test
  void passwordsAreNeitherOnACommandLineNorInAFile() throws Exception {
    String password = "s3cr3t-of-the-insert-test";
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      for (Endpoint side : List.of(pair.source(), pair.replica())) {
        try (RedisConnection connection = RedisConnection.open(side)) {
          connection.expect(
              "ACL", "SETUSER", "inserter", "on", ">" + password, "~*", "&*", "+@all");
        }
      }
      LagSettings open = settings(pair);
      LagSettings locked =
          LagSettings.of(
                  login(open.source(), password),
                  List.of(login(open.replicas().get(0), password)),
                  "t")
              .withSchedule(600, Duration.ZERO, Optional.of(Duration.ofSeconds(1)))
              .withHlog(open.hlog());
      try (InsertPhase insert = InsertPhase.start(request(locked), second -> {})) {
        insert.awaitReady(START);
        assertThat(forks()).hasSize(1);
        for (ProcessHandle fork : forks()) {
          Path process = Path.of("/proc", Long.toString(fork.pid()));
          if (Files.isDirectory(process)) {
            assertThat(read(process.resolve("cmdline")))
                .contains("analyzer.control")
                .doesNotContain(password);
            assertThat(read(process.resolve("environ"))).doesNotContain(password);
          }
        }
        insert.go();
        insert.awaitInsertsDone();
        InsertSummary summary = insert.result();
        assertThat(summary.incomplete()).isNull();
        assertThat(summary.toString()).doesNotContain(password);
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> written = files.toList();
      assertThat(written).contains(folder.resolve("jmh.json"), folder.resolve("jmh.log"));
      for (Path file : written) {
        assertThat(read(file)).as(file.toString()).doesNotContain(password);
      }
    }
  }

  @Test
  void aLoadRunsBesideTheInserts() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertLoad load =
            InsertLoad.start(
                JmhLoadRequest.of(Topology.single(pair.source()), folder).with(new Writers(1, 4)),
                second -> {});
        InsertPhase insert = InsertPhase.start(request(settings(pair)), second -> {})) {
      load.awaitReady(START);
      insert.awaitReady(START);
      load.go();
      insert.go();
      insert.awaitInsertsDone();
      load.stop();
      JmhLoadSummary written = load.await();
      InsertSummary summary = insert.result();
      assertThat(written.incomplete()).isNull();
      assertThat(summary.incomplete()).isNull();
      assertThat(written.totals().count()).isGreaterThan(1000);
      assertThat(summary.writes()).isPositive();
    }
    assertThat(folder).isDirectoryContaining("glob:**/jmh.json");
    assertThat(folder).isDirectoryContaining("glob:**/jmh-load.json");
  }

  private LagSettings settings(EmbeddedPair pair) {
    return LagSettings.of(pair.source(), List.of(pair.replica()), "t")
        .withSchedule(600, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(2)))
        .withHlog(Optional.of(folder.resolve("lag.hlog")));
  }

  private static LagSettings longRun(LagSettings settings) {
    return settings.withSchedule(600, Duration.ofMillis(500), Optional.of(Duration.ofSeconds(50)));
  }

  private InsertRequest request(LagSettings settings) {
    return new InsertRequest(settings, folder);
  }

  private JsonObject jmhResult() throws IOException {
    JsonArray results =
        JsonParser.parseString(Files.readString(folder.resolve("jmh.json"))).getAsJsonArray();
    assertThat(results).hasSize(1);
    return results.get(0).getAsJsonObject();
  }

  private static Endpoint login(Endpoint endpoint, String password) {
    return endpoint.withCredentials(Optional.of("inserter"), Optional.of(new Secret(password)));
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static List<ProcessHandle> forks() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().commandLine().orElse("").contains(JmhFork.CONTROL_PROPERTY))
        .toList();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
