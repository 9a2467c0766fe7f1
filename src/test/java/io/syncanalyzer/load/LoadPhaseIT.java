package io.syncanalyzer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.load.memtier.LoadLimits;
import io.syncanalyzer.load.memtier.LoadRequest;
import io.syncanalyzer.load.memtier.MemtierLocation;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Secret;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.load.LoadRow;
import io.syncanalyzer.result.load.LoadSecond;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole phase against real servers, with programs that only pose as memtier. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LoadPhaseIT {
  @TempDir Path folder;

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void aReportOfOperationsThatTheSourceNeverServedIsNoProof(ServerBinary binary) {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of())) {
      LoadSummary summary =
          load(server.endpoint(Side.SOURCE), FakeMemtier.report("set-get") + "exit 0");

      assertThat(summary.incomplete())
          .contains("the load is not proved:")
          .contains("126728 SET are claimed, the source served 0");
      assertThat(summary.operations()).isEqualTo(253_456);
      assertThat(summary.proof().orElseThrow().claimed()).isEqualTo(253_456);
      assertThat(summary.engineVersion()).contains("2.3.1");
      assertThat(summary.figures())
          .contains(new Figure("load", "operations", "253456", "ops"))
          .contains(new Figure("load", "source_calls", "0", "ops"));
      assertThat(folder.resolve("memtier_benchmark.txt"))
          .hasSameBinaryContentAs(Fixtures.path("2.3.1", "set-get.txt"));
      assertThat(folder.resolve("memtier_benchmark.json"))
          .hasSameBinaryContentAs(Fixtures.path("2.3.1", "set-get.json"));
      assertThat(summary.files()).hasSize(3).allMatch(Files::exists);
    }
  }

  /** Played by the test, command for command, since a machine may lack a memtier. */
  @ParameterizedTest
  @MethodSource("servers")
  void writesReadsAndScriptsAreToldApartByTheSourceItself(ServerBinary binary) throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(binary, 0, List.of())) {
      Thread memtier = new Thread(() -> play(server.endpoint(Side.SOURCE)));
      memtier.start();
      LoadSummary summary =
          load(
              server.endpoint(Side.SOURCE),
              "progress 16; while [ ! -e \"${json%/*}/played\" ]; do sleep 0.05; done\n"
                  + "cat > \"$json\" <<'END'\n"
                  + """
                  {"ALL STATS": {"Runtime": {"Total duration": 1000},
                   "Setexs": {"Count": 2, "Ops/sec": 2, "Time-Serie": {"0": {"Count": 2}}},
                   "Gets": {"Count": 5, "Ops/sec": 5, "Time-Serie": {"0": {"Count": 5}}},
                   "Xgroups": {"Count": 1, "Ops/sec": 1, "Time-Serie": {"0": {"Count": 1}}},
                   "Evals": {"Count": 3, "Ops/sec": 3, "Time-Serie": {"0": {"Count": 3}}},
                   "Totals": {"Count": 11, "Ops/sec": 11, "Time-Serie": {"0": {"Count": 11}}}}}
                  """
                  + "END\nexit 0");
      memtier.join();

      assertThat(summary.incomplete()).isNull();
      assertThat(summary.rows())
          .extracting(LoadRow::command, row -> row.kind() == null ? "" : row.kind().label())
          .containsExactlyInAnyOrder(
              tuple("SETEX", "write"),
              tuple("GET", "read"),
              tuple("XGROUP", "write"),
              tuple("EVAL", "other"),
              tuple("Totals", ""));
      assertThat(summary.timeline())
          .extracting(LoadSecond::opsPerS, LoadSecond::writesPerS, LoadSecond::readsPerS)
          .containsExactly(tuple(11.0, 3.0, 5.0));
      // Two SETEX, one XGROUP CREATE, and what the three scripts wrote.
      assertThat(summary.figures())
          .contains(new Figure("load", "source_write_calls", "6", "ops"))
          .contains(new Figure("load", "source_read_calls", "5", "ops"));
      assertThat(summary.warnings())
          .anyMatch(
              line ->
                  line.startsWith("EVAL may write: each call counts as neither")
                      && line.contains("6 write commands"));
    }
  }

  private void play(Endpoint source) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      while (!Files.exists(folder.resolve("memtier_benchmark.stderr"))) {
        Thread.sleep(20);
      }
      for (int i = 0; i < 2; i++) {
        connection.expect("SETEX", "sa:load:x", "100", "v");
      }
      for (int i = 0; i < 5; i++) {
        connection.expect("GET", "sa:load:x");
      }
      connection.expect("XGROUP", "CREATE", "sa:load:s", "g", "$", "MKSTREAM");
      for (int i = 0; i < 3; i++) {
        connection.expect("EVAL", "return redis.call('set', KEYS[1], '1')", "1", "sa:load:y");
      }
      Files.createFile(folder.resolve("played"));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void halfAJsonBesideAWholeTableIsSaidAndTheTableKept() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary =
          load(
              server.endpoint(Side.SOURCE),
              FakeMemtier.report("set-get")
                  + "head -c 5000 \"$json\" > \"$json.half\"; mv \"$json.half\" \"$json\"; exit 0");

      assertThat(summary.incomplete()).contains("JSON ends before its time");
      assertThat(summary.rows()).extracting(LoadRow::command).contains("SET", "GET", "Totals");
    }
  }

  @Test
  void endingWellWithoutAnyResultIsNoSuccess() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary = load(server.endpoint(Side.SOURCE), "echo bye >&2; exit 0");

      assertThat(summary.incomplete())
          .isEqualTo(
              "memtier_benchmark 2.3.1 ended with status 0 but left no results, its last words"
                  + " `bye`");
      assertThat(summary.rows()).isEmpty();
    }
  }

  @Test
  void aTableOfZerosIsNoSuccess() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary =
          load(server.endpoint(Side.SOURCE), FakeMemtier.report("refused") + "exit 0");

      assertThat(summary.incomplete()).isEqualTo("memtier_benchmark 2.3.1 did no operation at all");
      assertThat(summary.rows()).singleElement().matches(LoadRow::isTotals);
    }
  }

  @Test
  void aDeathBySignalIsNamedAndWhatItToldBeforeIsKept() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary =
          load(server.endpoint(Side.SOURCE), "progress 4711; kill -SEGV $$; sleep 1");

      assertThat(summary.incomplete()).isEqualTo("memtier_benchmark 2.3.1 was ended by SIGSEGV");
      assertThat(summary.operations()).isEqualTo(4711);
      assertThat(summary.timeline()).hasSize(1);
    }
  }

  @Test
  void aSourceThatDiesMeanwhileLeavesASummaryThatSaysSo() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary =
          load(
              server.endpoint(Side.SOURCE),
              FakeMemtier.report("set-get") + "kill " + server.pid() + "; sleep 1; exit 0");

      assertThat(summary.incomplete())
          .contains("the load is not proved: nothing listens at the source");
      assertThat(summary.operations()).isEqualTo(253_456);
    }
  }

  @Test
  void aClosedPortIsSaidBeforeAnythingIsStarted() {
    Endpoint nobody = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");

    assertThatThrownBy(() -> load(nobody, "exit 0"))
        .isInstanceOf(LoadFailure.class)
        .hasMessageStartingWith("nothing listens at the source redis://127.0.0.1:1")
        .hasMessageNotContaining("\n");
    assertThat(folder.resolve("memtier_benchmark.txt")).doesNotExist();
  }

  @Test
  void aWrongPasswordIsSaidBeforeAnythingIsStarted() {
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--requirepass", "right"))) {
      Endpoint source =
          server
              .endpoint(Side.SOURCE)
              .withCredentials(Optional.empty(), Optional.of(new Secret("wrong")));

      assertThatThrownBy(() -> load(source, "exit 0"))
          .isInstanceOf(LoadFailure.class)
          .hasMessageContaining("refused the user or password")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void thePasswordIsInNoFileAndNoCommandLineThatIsShown() throws IOException {
    String password = "pa:ss-4711";
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--requirepass", password))) {
      Endpoint source =
          server
              .endpoint(Side.SOURCE)
              .withCredentials(Optional.empty(), Optional.of(new Secret(password)));

      LoadSummary summary =
          load(
              source,
              "printf '{\\n"
                  + "\\t\"configuration\":{\\n"
                  + "\\t\\t\"authenticate\": \"%s\"\\n"
                  + "\\t\\t,}\\n"
                  + "\\t,}\\n"
                  + "' \"default:"
                  + password
                  + "\" > \"$json\"; echo \"authenticate = default:"
                  + password
                  + "\" >&2; exit 0");

      assertThat(summary.warnings()).anyMatch(line -> line.contains("only on its command line"));
      assertThat(summary.commandLines().get(0)).contains("--authenticate=***");
      assertThat(summary.toString()).doesNotContain(password);
      assertThat(Files.readString(folder.resolve("memtier_benchmark.json")))
          .isEqualTo("{\n\t\"configuration\":{\n\t\t\"authenticate\": \"***\"\n\t\t}\n\t}\n");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files.filter(file -> file.getFileName().toString().startsWith("memtier")))
            .hasSizeGreaterThanOrEqualTo(2)
            .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(password));
      }
    }
  }

  @Test
  void anInterruptedPhaseReturnsWhatItHas() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Path ready = folder.resolve("ready");
      LoadSummary[] summary = new LoadSummary[1];
      boolean[] flag = new boolean[1];
      Thread phase =
          new Thread(
              () -> {
                summary[0] =
                    load(
                        server.endpoint(Side.SOURCE),
                        "trap '"
                            + FakeMemtier.report("sigint").replace("'", "\"").strip()
                            + "; exit 0' INT; progress 9; echo > "
                            + ready
                            + "; while :; do sleep 0.1; done");
                flag[0] = Thread.currentThread().isInterrupted();
              });
      phase.start();
      while (!Files.exists(ready)) {
        Thread.sleep(10);
      }
      long start = System.nanoTime();
      phase.interrupt();
      phase.join(20_000);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(flag[0]).isTrue();
      assertThat(summary[0].incomplete()).isEqualTo("interrupted");
      assertThat(summary[0].operations()).isPositive();
    }
  }

  @Test
  void whatIsNotMemtierIsRefused() throws IOException {
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1");
    Path text = Files.writeString(folder.resolve("text"), "text");
    Path other = Files.writeString(folder.resolve("other"), "#!/bin/sh\necho other 1.0\n");
    Path silent = Files.writeString(folder.resolve("silent"), "#!/bin/sh\n");
    assertThat(other.toFile().setExecutable(true)).isTrue();
    assertThat(silent.toFile().setExecutable(true)).isTrue();

    assertThatThrownBy(() -> new LoadPhase(p -> {}).run(request(source, folder.resolve("none"))))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("there is no file")
        .hasMessageContaining("get it with");
    assertThatThrownBy(() -> new LoadPhase(p -> {}).run(request(source, text)))
        .hasMessageContaining("is not executable; run chmod +x");
    assertThatThrownBy(() -> new LoadPhase(p -> {}).run(request(source, folder)))
        .hasMessageContaining("is no file");
    assertThatThrownBy(() -> new LoadPhase(p -> {}).run(request(source, other)))
        .hasMessageContaining(
            "is not memtier_benchmark: asked for its version it says `other 1.0`");
    assertThatThrownBy(() -> new LoadPhase(p -> {}).run(request(source, silent)))
        .hasMessageContaining("it says nothing");
  }

  @Test
  void withoutADockerEngineOneLineSaysSo() throws IOException {
    Path docker =
        Files.writeString(
            folder.resolve("docker"),
            "#!/bin/sh\necho 'Cannot connect to the daemon' >&2; exit 1\n");
    assertThat(docker.toFile().setExecutable(true)).isTrue();
    LoadRequest request =
        request(
            Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"), MemtierLocation.parse("docker"));

    assertThatThrownBy(() -> phase(folder.toString()).run(request))
        .isInstanceOf(LoadFailure.class)
        .hasMessageContaining("no Docker engine answers (Cannot connect to the daemon)");
    assertThatThrownBy(() -> phase("/nowhere").run(request))
        .hasMessageContaining("there is no docker on PATH");
  }

  @Test
  void theContainerGetsTheHostsNetworkTheRunFolderAndOurOwnUser() throws IOException {
    Path memtier = FakeMemtier.in(folder, "exit 0");
    Path docker =
        Files.writeString(
            folder.resolve("docker"),
            "#!/bin/sh\n[ \"$1\" = version ] && { echo 28.0; exit 0; }\n"
                + "while [ \"$1\" != mine:1 ]; do shift; done; shift\nexec "
                + memtier
                + " \"$@\"\n");
    assertThat(docker.toFile().setExecutable(true)).isTrue();
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      LoadSummary summary =
          phase(folder.toString())
              .run(request(server.endpoint(Side.SOURCE), MemtierLocation.parse("docker:mine:1")));

      Object uid = Files.getAttribute(folder, "unix:uid");
      Object gid = Files.getAttribute(folder, "unix:gid");
      assertThat(summary.commandLines().get(0))
          .containsSequence("run", "--rm", "--init", "--name")
          .containsSequence("--network", "host", "--user", uid + ":" + gid)
          .containsSequence("--volume", folder.toAbsolutePath() + ":/results", "mine:1")
          .contains("--out-file=/results/memtier_benchmark.txt");
      assertThat(summary.incomplete()).contains("left no results");
    }
  }

  private LoadSummary load(Endpoint source, String behaviour) {
    return new LoadPhase(progress -> {}).run(request(source, FakeMemtier.in(folder, behaviour)));
  }

  private static LoadPhase phase(String path) {
    return new LoadPhase(
        io.syncanalyzer.time.NanoClock.SYSTEM, java.time.Clock.systemUTC(), progress -> {}, path);
  }

  private LoadRequest request(Endpoint source, Path memtier) {
    return request(source, new MemtierLocation.AtPath(memtier));
  }

  private LoadRequest request(Endpoint source, MemtierLocation memtier) {
    return new LoadRequest(
        Topology.single(source),
        folder,
        memtier,
        "strings",
        Optional.of(Duration.ofSeconds(2)),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        List.of(),
        LoadLimits.DEFAULT);
  }
}
