package io.syncanalyzer.insert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.insert.load.JmhLoadProgress;
import io.syncanalyzer.insert.load.JmhLoadRequest;
import io.syncanalyzer.insert.load.JmhLoadRequest.Data;
import io.syncanalyzer.insert.load.JmhLoadRequest.Writers;
import io.syncanalyzer.insert.load.JmhLoadSummary;
import io.syncanalyzer.insert.load.LoadCommand;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.load.CommandKind;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InsertLoadIT {
  @TempDir Path folder;

  /** Every writer has recorders of its own for every command. */
  @Test
  void theForkHasTheHeapThatSoManyWritersNeed() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      JmhLoadRequest request =
          request(server)
              .with(new Writers(256, 4))
              .with(Data.DEFAULT.withValueBytes(64).withKeyRange(1000).withReadShare(0.5))
              .withDuration(Duration.ofSeconds(2));
      assertThat(request.heapBytes()).isGreaterThan(512L << 20);
      try (InsertLoad load = InsertLoad.start(request, second -> {})) {
        load.awaitReady(Duration.ofSeconds(30));
        load.go();
        assertThat(load.await().incomplete()).isNull();
      }
    }
  }

  @Test
  void everyTypeIsWrittenAndReadUntilTheTimeIsOver() throws Exception {
    List<JmhLoadProgress> progress = new ArrayList<>();
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        InsertLoad load =
            InsertLoad.start(
                request(server)
                    .with(new Writers(2, 8))
                    .with(Data.DEFAULT.withValueBytes(64).withKeyRange(1000).withReadShare(0.25))
                    .withDuration(Duration.ofMillis(2300)),
                progress::add)) {
      load.awaitReady(Duration.ofSeconds(30));
      load.go();
      JmhLoadSummary summary = load.await();

      assertThat(summary.incomplete()).isNull();
      assertThat(summary.rows())
          .extracting(LoadRow::command)
          .containsExactly(
              Stream.concat(
                      Stream.of(LoadCommand.values()).map(LoadCommand::name),
                      Stream.of(LoadRow.TOTALS))
                  .toArray(String[]::new));
      LoadRow totals = summary.totals();
      assertThat(totals.errors().replies()).isZero();
      assertThat(totals.errors().connections()).isZero();
      long sum = summary.rows().stream().mapToLong(InsertLoadIT::count).sum() - count(totals);
      assertThat(totals.count()).isEqualTo(sum).isGreaterThan(1000);
      assertThat(totals.latency().p50Nanos())
          .isPositive()
          .isLessThanOrEqualTo(totals.latency().p99Nanos());
      assertThat(totals.latency().p999Nanos()).isLessThanOrEqualTo(totals.latency().maxNanos());
      assertThat(summary.elapsed()).isBetween(Duration.ofMillis(2200), Duration.ofMillis(3300));
      assertThat(summary.timeline()).hasSizeBetween(3, 4);
      assertThat(summary.timeline().get(summary.timeline().size() - 1).partial()).isTrue();
      assertThat(progress).hasSizeBetween(2, 3);
      double reads =
          summary.rows().stream()
              .filter(row -> List.of("GET", "HGET", "ZSCORE").contains(row.command()))
              .mapToDouble(InsertLoadIT::count)
              .sum();
      assertThat(reads / count(totals)).isBetween(0.10, 0.15);
      assertThat(summary.rows())
          .allSatisfy(
              row ->
                  assertThat(row.kind())
                      .isEqualTo(
                          row.command().equals(LoadRow.TOTALS)
                              ? null
                              : row.command().matches(".*GET|LRANGE|SISMEMBER|ZSCORE|XREVRANGE")
                                  ? CommandKind.READ
                                  : CommandKind.WRITE));
      assertThat(summary.timeline())
          .allSatisfy(
              second -> assertThat(second.writesPerS()).isPositive().isLessThan(second.opsPerS()));

      try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.SOURCE))) {
        for (SentinelType type : SentinelType.values()) {
          assertThat(
                  connection.call(
                      "SCAN", "0", "MATCH", "sa:load:" + type.label() + ":*", "COUNT", "9999"))
              .isInstanceOfSatisfying(
                  Reply.Items.class,
                  items -> assertThat(((Reply.Items) items.list().get(1)).list()).isNotEmpty());
        }
        assertThat(connection.call("RANDOMKEY").toString()).contains("sa:load:");
      }
    }
    assertThat(
            JsonParser.parseString(Files.readString(folder.resolve("jmh-load.json"))).isJsonArray())
        .isTrue();
    assertThat(folder.resolve("jmh-load.log")).content().contains("LoadWrites.pipeline");
  }

  @Test
  void aLoadWithoutEndStopsWhenToldAndJmhStillHasItsResult() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        InsertLoad load = InsertLoad.start(request(server), second -> {})) {
      load.awaitReady(Duration.ofSeconds(30));
      load.go();
      Thread stopper = stopAfter(load, 1500);
      long begun = System.nanoTime();
      JmhLoadSummary summary = load.await();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      stopper.join();
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.totals().count()).isPositive();
      double jmhScore =
          JsonParser.parseString(Files.readString(folder.resolve("jmh-load.json")))
              .getAsJsonArray()
              .get(0)
              .getAsJsonObject()
              .getAsJsonObject("primaryMetric")
              .get("score")
              .getAsDouble();
      // JMH counts and times by itself; both speak of the same commands.
      assertThat(summary.totals().opsPerS()).isBetween(jmhScore * 0.8, jmhScore * 1.2);
    }
  }

  @Test
  void anInterruptEndsTheLoadAndKeepsWhatItWrote() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        InsertLoad load = InsertLoad.start(request(server), second -> {})) {
      load.awaitReady(Duration.ofSeconds(30));
      load.go();
      Thread waiting = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                pause(1000);
                waiting.interrupt();
              });
      interrupter.start();
      JmhLoadSummary summary = load.await();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(summary.incomplete()).isEqualTo("interrupted");
      assertThat(summary.totals().count()).isPositive();
    }
  }

  @Test
  void aSourceThatDiesEndsTheLoadWithTheCauseAndWhatWasWritten() throws Exception {
    EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    try (server;
        InsertLoad load =
            InsertLoad.start(request(server).withDuration(Duration.ofSeconds(40)), second -> {})) {
      load.awaitReady(Duration.ofSeconds(30));
      load.go();
      Thread killer =
          new Thread(
              () -> {
                pause(1500);
                server.close();
              });
      killer.start();
      JmhLoadSummary summary = load.await();
      assertThat(summary.incomplete()).contains("source").contains(Integer.toString(server.port()));
      assertThat(summary.totals().count()).isPositive();
      assertThat(summary.totals().errors().connections()).isPositive();
    }
    assertThat(folder.resolve("jmh-load.json")).doesNotExist();
  }

  @Test
  void aSourceThatRefusesEveryWriteIsNoSuccess() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        InsertLoad load =
            InsertLoad.start(
                JmhLoadRequest.of(Topology.single(pair.replica().as(Side.SOURCE)), folder)
                    .withDuration(Duration.ofSeconds(1)),
                second -> {})) {
      load.awaitReady(Duration.ofSeconds(30));
      load.go();
      JmhLoadSummary summary = load.await();
      assertThat(summary.incomplete()).contains("refused every command").contains("READONLY");
      assertThat(summary.totals().count()).isZero();
      assertThat(summary.totals().latency().p99Nanos()).isNull();
      assertThat(summary.errorReplies()).containsOnlyKeys("READONLY");
    }
  }

  /** All lanes together hold more than there is; one value is less than a reply may be. */
  @Test
  void aForkThatRunsOutOfHeapEndsAtOnceWithWhatToDo() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        InsertLoad load =
            InsertLoad.start(
                request(server)
                    .with(new Writers(16, 2))
                    .with(
                        Data.DEFAULT
                            .withTypes(List.of(SentinelType.STRING))
                            .withValueBytes(3 << 20)
                            .withKeyRange(4)
                            .withReadShare(0.5))
                    .withDuration(Duration.ofSeconds(50)),
                48L << 20,
                second -> {},
                NanoClock.SYSTEM)) {
      long begun = System.nanoTime();
      assertThatThrownBy(
              () -> {
                load.awaitReady(Duration.ofSeconds(30));
                load.go();
                load.await();
              })
          .isInstanceOf(InsertFailure.class)
          .hasMessage(
              "the load's JMH fork broke off: out of heap: 48 MiB given; lower --load-threads,"
                  + " --load-value-size or --load-pipeline");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void aClosedPortIsNamedBeforeAnythingBegins() {
    Endpoint nobody = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    try (InsertLoad load =
        InsertLoad.start(JmhLoadRequest.of(Topology.single(nobody), folder), second -> {})) {
      assertThatThrownBy(() -> load.awaitReady(Duration.ofSeconds(30)))
          .isInstanceOf(InsertFailure.class)
          .hasMessageContaining("127.0.0.1:1");
    }
    assertThat(folder.resolve("jmh-load.json")).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    Endpoint nobody = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    assertThatThrownBy(
            () ->
                InsertLoad.start(
                    JmhLoadRequest.of(Topology.single(nobody), folder.resolve("absent")),
                    second -> {}))
        .isInstanceOf(InsertFailure.class)
        .hasMessageContaining("absent");
  }

  private JmhLoadRequest request(EmbeddedServer server) {
    return JmhLoadRequest.of(Topology.single(server.endpoint(Side.SOURCE)), folder)
        .with(new Writers(2, 16))
        .with(Data.DEFAULT.withValueBytes(64).withKeyRange(1000));
  }

  private static Thread stopAfter(InsertLoad load, long millis) {
    Thread stopper =
        new Thread(
            () -> {
              pause(millis);
              load.stop();
            });
    stopper.start();
    return stopper;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long count(LoadRow row) {
    return Objects.requireNonNull(row.count());
  }
}
