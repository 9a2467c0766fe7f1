package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code clean}, and what a run does that would write among keys of others. */
class CleanIT {
  private static final String OURS = "r 0 0 1700000000000 5";

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  @Test
  void itTakesOnlyOursFromEveryDatabaseThatHoldsKeys() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = server.endpoint(Side.SOURCE);
      for (int database : new int[] {0, 3, 15}) {
        ask(source.withDatabase(database), "SET", "sa:r:string:0:0", OURS);
        ask(source.withDatabase(database), "MSET", "sa:users:1", "x", "sa:x:f:1", "x");
      }
      assertThat(run("clean", "--source", source.display(), "--dry-run")).isZero();
      assertThat(out)
          .contains("database 0: 1 key of ours", "database 3: 1 key", "database 15: 1 key")
          .contains("  1 sentinel\n    sa:r:string:0:0\n")
          .contains("  2 keys that begin with sa: are not ours and stay\n")
          .contains("    sa:users:1\n", "    sa:x:f:1\n", "Nothing was removed");
      assertThat(size(source)).isEqualTo(3);

      assertThat(run("clean", "--source", source.withDatabase(3).display())).isZero();
      assertThat(size(source.withDatabase(3))).isEqualTo(2);
      assertThat(size(source)).isEqualTo(3);
      assertThat(run("clean", "--source", source.display() + "/0")).isZero();
      assertThat(size(source)).isEqualTo(2);
      assertThat(size(source.withDatabase(15))).isEqualTo(3);
      assertThat(run("clean", "--source", source.display())).isZero();
      assertThat(out)
          .contains("1 key with the prefix sa: removed", "1 sentinel")
          .contains("2 keys that begin with sa: are not ours and stay, such as sa:");
      for (int database : new int[] {0, 3, 15}) {
        assertThat(size(source.withDatabase(database))).isEqualTo(2);
      }
    }
  }

  @Test
  void aSourceThatIsBusyForAMomentIsWaitedForAndThatIsSaid() throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--lua-time-limit", "100"))) {
      Endpoint source = server.endpoint(Side.SOURCE);
      ask(source, "SET", "sa:r:string:0:0", OURS);
      Thread busy = new Thread(() -> call(source, "EVAL", "while true do end", "0"), "busy");
      busy.start();
      TimeUnit.MILLISECONDS.sleep(400);
      Thread killer = new Thread(() -> killScript(source), "killer");
      killer.start();
      assertThat(run("clean", "--source", source.display())).as(err).isZero();
      killer.join();
      busy.join();
      assertThat(size(source)).isZero();
    }
    assertThat(err).contains("waiting: the source is busy running a script");
  }

  @Test
  void aRunsNameTakesNothingThatOnlyBeginsSo() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = server.endpoint(Side.SOURCE);
      ask(source, "MSET", "sa:r:string:0:0", OURS, "sa:r:1", "x", "sa:load:string:1", "x");
      assertThat(run("clean", "--source", source.display(), "--run-id", "r")).isZero();
      assertThat(size(source)).isEqualTo(2);
      assertThat(run("clean", "--source", source.display(), "--run-id", "load")).isZero();
      assertThat(out).contains("1 load key");
      assertThat(ask(source, "EXISTS", "sa:r:1")).isEqualTo(new Reply.Int(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "r*", "[r]", "r?", "a:b", "", "r\\"})
  void whatIsNoNameOfARunIsWrongUsageAndNothingIsAsked(String name) {
    assertThat(run("clean", "--source", "redis://127.0.0.1:1", "--run-id", name)).isEqualTo(2);
    assertThat(err).hasLineCount(1).contains("no name for a run");
  }

  @Test
  void tenOfEachKindAreShownWhateverTheirNumber() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = server.endpoint(Side.SOURCE);
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        keys.addAll(List.of("sa:load:string:" + i, "v", "sa:mine:" + i, "v"));
      }
      ask(source, "MSET", keys.toArray(String[]::new));
      assertThat(run("clean", "--source", source.display(), "--dry-run")).isZero();
      assertThat(out).contains("1,500 load keys", "1,500 keys that begin with sa: are not ours");
      assertThat(out.lines().filter(line -> line.contains("sa:load:string:"))).hasSize(10);
      assertThat(out.lines().filter(line -> line.contains("    sa:mine:"))).hasSize(10);
      assertThat(size(source)).isEqualTo(3000);
    }
  }

  @Test
  void onATerminalItAsksAndOnlyYesRemoves() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = server.endpoint(Side.SOURCE);
      ask(source, "MSET", "sa:r:string:0:0", OURS, "sa:users:1", "x");
      for (String no : List.of("n\n", "\n", "", "yesterday\n")) {
        assertThat(onTerminal(no, source)).contains("Remove 1 key? [y/N]", "Nothing was removed");
        assertThat(size(source)).isEqualTo(2);
      }
      assertThat(onTerminal("y\n", source)).contains("sa:r:string:0:0", "1 sentinel");
      assertThat(size(source)).isEqualTo(1);
      ask(source, "SET", "sa:r:string:0:0", OURS);
      assertThat(onTerminal("", source, "--yes")).doesNotContain("[y/N]");
      assertThat(size(source)).isEqualTo(1);
    }
  }

  @Test
  void aRunThatWouldWriteAmongKeysOfOthersIsRefusedBeforeItWritesAnything() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Endpoint source = pair.source();
      ask(source, "MSET", "sa:users:1", "x", "sa:users:string:0:0", "x");
      String[] probe = {"probe", "--run-id", "users", "--duration", "1s", "--warmup", "0s"};
      assertThat(run(pair, probe)).isEqualTo(2);
      assertThat(err).contains("2 keys under sa:users: that we did not write", "another --run-id");
      String[] all = {
        "load-and-verify",
        "--run-id",
        "users",
        "--load-engine",
        "none",
        "--duration",
        "1s",
        "--warmup",
        "0s"
      };
      assertThat(run(pair, all)).isEqualTo(2);
      for (String key : List.of("sa:load:users:1", "sa:load:string:x", "sa:load:hash:1")) {
        ask(source, "SET", key, "x");
        assertThat(run(pair, "load", "--load-engine", "jmh", "--duration", "1s")).isEqualTo(2);
        assertThat(err).contains("1 key under sa:load: that we did not write, such as " + key);
        ask(source, "DEL", key);
      }
      assertThat(size(source)).isEqualTo(2);
      assertThat(results()).isEmpty();

      // What another run left is no reason, nor is a name that only begins alike.
      ask(source, "MSET", "sa:load:string:1", "v", "sa:used:1", "v");
      String[] other = {"probe", "--run-id", "use", "--duration", "1s", "--warmup", "0s"};
      assertThat(run(pair, other)).isZero();
      assertThat(run(pair, "load", "--load-engine", "jmh", "--duration", "1s")).isZero();
      assertThat(run("clean", "--source", source.display())).isZero();
      assertThat(size(source)).isEqualTo(3);
    }
  }

  @Test
  void sentinelsOfAnEarlierRunOfThatNameAreNotTakenForThisOnes() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      String[] probe = {
        "probe", "--run-id", "again", "--duration", "1s", "--warmup", "0s", "--keep"
      };
      assertThat(run(pair, probe)).isZero();
      long kept = size(pair.source());
      assertThat(kept).isPositive();
      List<String> elsewhere = new ArrayList<>(List.of(probe));
      elsewhere.addAll(List.of("--source", pair.source().display()));
      elsewhere.addAll(List.of("--replica", pair.replica().display()));
      elsewhere.addAll(List.of("--results", folder.resolve("elsewhere").toString()));

      assertThat(run(elsewhere.toArray(String[]::new))).isEqualTo(2);

      assertThat(err)
          .contains("sentinels of an earlier run again, such as sa:again:")
          .contains("remove them with `clean --run-id again`");
      assertThat(size(pair.source())).isEqualTo(kept);
      assertThat(run("clean", "--source", pair.source().display(), "--run-id", "again")).isZero();
      assertThat(run(elsewhere.toArray(String[]::new))).describedAs(err).isZero();
    }
  }

  private int run(EmbeddedPair pair, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--source", pair.source().display()));
    if (!words[0].equals("load")) {
      all.addAll(List.of("--replica", pair.replica().display()));
    }
    all.addAll(List.of("--results", folder.resolve("results").toString(), "--quiet"));
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    ByteArrayOutputStream toOut = new ByteArrayOutputStream();
    ByteArrayOutputStream toErr = new ByteArrayOutputStream();
    int status =
        AnalyzerCli.run(
            List.of(words),
            new PrintStream(toOut, true, StandardCharsets.UTF_8),
            new PrintStream(toErr, true, StandardCharsets.UTF_8),
            Map.of("PATH", System.getenv("PATH")));
    out = toOut.toString(StandardCharsets.UTF_8);
    err = toErr.toString(StandardCharsets.UTF_8);
    return status;
  }

  private List<Path> results() throws IOException {
    Path results = folder.resolve("results");
    if (!Files.exists(results)) {
      return List.of();
    }
    try (var files = Files.list(results)) {
      return files.toList();
    }
  }

  /** What the jar says on a terminal of its own, whoever sits there typing that and leaving. */
  private String onTerminal(String typed, Endpoint source, String... more) throws Exception {
    Path jar = Path.of(System.getProperty("analyzer.jar", "target/analyzer.jar")).toAbsolutePath();
    String command =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -jar "
            + jar
            + " clean --source "
            + source.display()
            + " "
            + String.join(" ", more);
    Path keys = Files.writeString(folder.resolve("typed"), typed);
    Path said = folder.resolve("said");
    Process script =
        new ProcessBuilder("script", "-qec", command, "/dev/null")
            .redirectInput(keys.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertThat(script.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(script.exitValue()).isZero();
    } finally {
      script.destroyForcibly();
    }
    return Files.readString(said);
  }

  private static long size(Endpoint database) {
    return ask(database, "DBSIZE") instanceof Reply.Int keys ? keys.value() : -1;
  }

  private static void killScript(Endpoint source) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1500));
    call(source, "SCRIPT", "KILL");
  }

  private static Reply call(Endpoint database, String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(database)) {
      return connection.call(command, arguments);
    }
  }

  private static Reply ask(Endpoint database, String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(database)) {
      return connection.expect(command, arguments);
    }
  }
}
