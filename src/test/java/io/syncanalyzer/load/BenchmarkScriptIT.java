package io.syncanalyzer.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Side;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The benchmark image's entry, run as the image runs it, on real servers. What memtier_benchmark
 * does is played by a stand-in that repeats words which the real one said ({@code
 * src/test/resources/memtier}); {@code ImagesIT} runs it with a real one.
 */
@Timeout(60)
class BenchmarkScriptIT {
  private static final String DONE = "[RUN #1 100%, 1 secs]  0 threads: 4711 ops, 4711 ops/sec";

  @TempDir Path folder;

  @WaitingTest
  void theSourceIsFoundWhereTheGatewayIsAndIsNamed() throws Exception {
    try (EmbeddedServer server = start()) {
      // The gateway 127.0.0.1 as the kernel writes it: the last byte first.
      Path routes = folder.resolve("routes");
      Files.writeString(
          routes, "Iface Destination Gateway\neth0 000011AC 00000000\neth0 00000000 0100007F\n");

      Said said =
          run(memtier(DONE, 0), Map.of("SOURCE_PORT", port(server), "ROUTES", routes.toString()));

      assertThat(said.status).as(said.err).isZero();
      assertThat(said.err)
          .contains("to 127.0.0.1:" + port(server))
          .contains("4711 operations, none refused");
      assertThat(Files.readString(folder.resolve("asked")))
          .contains("--server=127.0.0.1")
          .contains("--port=" + port(server))
          .contains("--key-prefix=sa:load:string:");
    }
  }

  @WaitingTest
  void whereNothingListensEveryPlaceThatWasAskedIsNamedInOneLine() throws Exception {
    int closed = closedPort();
    Path routes = folder.resolve("routes");
    Files.writeString(routes, "Iface Destination Gateway\n");

    Said said =
        run(
            memtier(DONE, 0),
            Map.of("SOURCE_PORT", Integer.toString(closed), "ROUTES", routes.toString()));

    assertThat(said.status).isEqualTo(5);
    assertThat(said.err)
        .hasLineCount(1)
        .contains("host.docker.internal:" + closed)
        .contains("127.0.0.1:" + closed + ": nothing listens")
        .contains("SOURCE_HOST");
    assertThat(folder.resolve("asked")).doesNotExist();
  }

  @WaitingTest
  void aWrongAMissingAndTheRightPassword() throws Exception {
    String password = "a:b *$'\"";
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--requirepass", password))) {
      Map<String, String> source = Map.of("SOURCE_HOST", "127.0.0.1", "SOURCE_PORT", port(server));

      assertThat(run(memtier(DONE, 0), source)).is(refused("set SOURCE_PASSWORD"));
      assertThat(run(memtier(DONE, 0), with(source, "SOURCE_PASSWORD", "other")))
          .is(refused("WRONGPASS"));
      Said said = run(memtier(DONE, 0), with(source, "SOURCE_PASSWORD", password));

      assertThat(said.status).as(said.err).isZero();
      assertThat(said.err).doesNotContain(password);
      assertThat(Files.readString(folder.resolve("asked")))
          .contains("--authenticate=:" + password + "\n");
      assertThat(Files.readString(folder.resolve("memtier_benchmark.json")))
          .contains("\"authenticate\": \"***\"")
          .doesNotContain(password);
    }
  }

  @WaitingTest
  void aReadOnlyReplicaAClusterNodeAndWhatIsNoRedisAreNoSources() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer node =
            EmbeddedServer.start(TestServers.onPath(), 0, List.of("--cluster-enabled", "yes"));
        ServerSocket http = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answer(http, "HTTP/1.1 400 Bad Request\r\n\r\n"));
      server.setDaemon(true);
      server.start();

      assertThat(run(memtier(DONE, 0), at(pair.replica().port()))).is(refused("READONLY"));
      assertThat(run(memtier(DONE, 0), at(node.endpoint(Side.SOURCE).port()))).is(refused("MOVED"));
      assertThat(run(memtier(DONE, 0), at(http.getLocalPort())))
          .is(refused("it is no Redis: `HTTP/1.1 400"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[RUN #1 100%, 1 secs]  1 threads:   0 ops,   0 ops/sec | 0 | no operation was done",
        "'' | 0 | no operation was done",
        "server 127.0.0.1:1 handle error response: -READONLY You can't write | 0 | READONLY",
        "server 127.0.0.1:1 handle error response: -MOVED 1 h:2 | 0 | refused: -MOVED",
        "error: authentication failed [-WRONGPASS invalid] | 0 | WRONGPASS",
        "Connection error: Connection refused | 0 | the source went away",
        "9 threads: 4711 ops, 1 ops/sec Connection error: Connection reset by peer | 0 | went away",
        "9 threads: 4711 ops, 1 ops/sec connection dropped. | 0 | the source went away",
        "TLS connection error: certificate verify failed | 0 | the load was refused: TLS",
        "[RUN #1 9%, 1 secs] 1 threads: 4711 ops, 4711 ops/sec | 139 | status 139",
        "memtier_benchmark: unrecognized option '--bogus' | 2 | unrecognized option '--bogus'",
      })
  void memtiersZeroIsNotBelieved(String says, int status, String reason) throws Exception {
    try (EmbeddedServer server = start()) {
      Said said = run(memtier(says, status), at(server.endpoint(Side.SOURCE).port()));

      assertThat(said.status).isEqualTo(5);
      assertThat(said.err.lines().toList()).hasSize(2).last().asString().contains(reason);
    }
  }

  @WaitingTest
  void aLoadThatEndsBeforeItsTimeIsNoneUnlessTheArgumentsLimitIt() throws Exception {
    try (EmbeddedServer server = start()) {
      Map<String, String> source = with(at(server), "DURATION_SECONDS", "20");

      Said early = run(memtier(DONE, 0), source);
      Said limited = run(memtier(DONE, 0), source, "-n100");

      assertThat(early.status).isEqualTo(5);
      assertThat(early.err).contains("s of 20, after 4711 operations");
      assertThat(limited.status).as(limited.err).isZero();
    }
  }

  @WaitingTest
  void whoLetsMemtierConnectAnewIsToldOfASourceThatIsGoneAtTheEnd() throws Exception {
    String dropped = DONE + "\nconnection dropped.";
    try (EmbeddedServer server = start()) {
      Said back = run(memtier(dropped, 0), at(server), "--reconnect-on-error");
      Path bin = memtier(dropped, 0);
      Files.writeString(
          bin.resolve("memtier_benchmark"),
          "\nkill " + server.pid() + "; sleep 1\n",
          StandardOpenOption.APPEND);
      Said gone = run(bin, at(server), "--reconnect-on-error");

      assertThat(back.status).as(back.err).isZero();
      assertThat(gone.status).isEqualTo(5);
      assertThat(gone.err).contains("went away during the load: nothing listens");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-p%d -s127.0.0.1",
        "-p %d -s 127.0.0.1",
        "-Rp%d -D4h127.0.0.1",
        "--port=%d --server=127.0.0.1",
        "--po %d --ho 127.0.0.1",
        "-a -p1 --por=%d --serve=127.0.0.1",
      })
  void theSourceThatTheArgumentsNameIsTheOneThatIsAsked(String arguments) throws Exception {
    try (EmbeddedServer server = start()) {
      String port = port(server);
      Map<String, String> elsewhere =
          Map.of("SOURCE_HOST", "192.0.2.1", "SOURCE_PORT", Integer.toString(closedPort()));

      Said said = run(memtier(DONE, 0), elsewhere, arguments.replace("%d", port).split(" "));

      assertThat(said.status).as(said.err).isZero();
      assertThat(said.err).contains("to 127.0.0.1:" + port + "\n");
    }
  }

  @WaitingTest
  void whatTheLastLoadLeftStaysUntilAnotherBegins() throws Exception {
    Path last = Files.writeString(folder.resolve("memtier_benchmark.txt"), "the last load's");

    Said none = run(memtier(DONE, 0), at(closedPort()));
    assertThat(none.status).isEqualTo(5);
    assertThat(last).hasContent("the last load's");

    try (EmbeddedServer server = start()) {
      run(memtier(DONE, 0), at(server));
      assertThat(last).isEmptyFile();
    }
  }

  @WaitingTest
  void whatIsWrongInTheSettingsIsSaidBeforeAnythingIsAsked() throws Exception {
    Path memtier = memtier(DONE, 0);

    Said profile = run(memtier, Map.of("PROFILE", "nope"));
    Said port = run(memtier, Map.of("SOURCE_PORT", "70000"));
    Said seconds = run(memtier, Map.of("DURATION_SECONDS", "1m"));
    Said output = run(memtier, Map.of("OUTPUT", folder.resolve("absent").toString()));

    assertThat(List.of(profile.status, port.status, seconds.status, output.status))
        .containsExactly(2, 2, 2, 5);
    assertThat(profile.err).hasLineCount(1).contains("`nope`").contains("all-types");
    assertThat(port.err).hasLineCount(1).contains("`70000`").contains("65535");
    assertThat(seconds.err).hasLineCount(1).contains("DURATION_SECONDS").contains("`1m`");
    assertThat(output.err).hasLineCount(1).contains("cannot write").contains("--user");
  }

  private static Condition<Said> refused(String reason) {
    return new Condition<>(
        said -> said.status == 5 && said.err.lines().count() == 1 && said.err.contains(reason),
        "ended with 5 and one line that says `%s`",
        reason);
  }

  private static Map<String, String> at(EmbeddedServer server) {
    return at(server.endpoint(Side.SOURCE).port());
  }

  private static Map<String, String> at(int port) {
    return Map.of("SOURCE_HOST", "127.0.0.1", "SOURCE_PORT", Integer.toString(port));
  }

  private static Map<String, String> with(Map<String, String> some, String name, String value) {
    Map<String, String> more = new HashMap<>(some);
    more.put(name, value);
    return more;
  }

  private static void answer(ServerSocket socket, String text) {
    try (var client = socket.accept()) {
      client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // The test looks at what the script says.
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static EmbeddedServer start() {
    return EmbeddedServer.start(TestServers.onPath(), 0, List.of());
  }

  private static String port(EmbeddedServer server) {
    return Integer.toString(server.endpoint(Side.SOURCE).port());
  }

  /** A stand-in: keeps its arguments in {@code asked}, says that on stderr, ends with that. */
  private Path memtier(String says, int status) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path memtier = bin.resolve("memtier_benchmark");
    Files.writeString(bin.resolve("says"), says + "\n");
    Files.writeString(
        memtier,
        """
        #!/bin/sh
        printf '%%s\\n' "$@" > %1$s/asked
        for argument in "$@"; do
          case $argument in
            --authenticate=*) login=${argument#*=} ;;
            --json-out-file=*) json=${argument#*=} ;;
          esac
        done
        printf '\\t,"authenticate": "%%s"\\n' "${login:-}" > "$json"
        cat %1$s/bin/says >&2
        [ %2$d -eq 0 ] || exit %2$d
        """
            .formatted(folder, status));
    assertThat(memtier.toFile().setExecutable(true)).isTrue();
    return bin;
  }

  private Said run(Path bin, Map<String, String> environment, String... arguments)
      throws Exception {
    Path err = folder.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of("sh", Path.of("memtier", "benchmark.sh").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SOURCE_"));
    builder.environment().merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
    builder.environment().putAll(Map.of("OUTPUT", folder.toString(), "DURATION_SECONDS", "1"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(50, TimeUnit.SECONDS))
        .as("ended: %s", Files.readString(err))
        .isTrue();
    return new Said(process.exitValue(), Files.readString(err));
  }

  private record Said(int status, String err) {}
}
