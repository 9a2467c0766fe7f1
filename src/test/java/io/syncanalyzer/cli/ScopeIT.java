package io.syncanalyzer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which databases are compared, and what is said where nothing was. */
class ScopeIT {
  @TempDir Path folder;
  private EmbeddedPair pair;
  private int runs;
  private String said = "";

  @BeforeEach
  void start() {
    pair = EmbeddedPair.start(TestServers.onPath());
    on(pair.replica(), 0, "CONFIG", "SET", "replica-read-only", "no");
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private static void on(Endpoint server, int database, String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(server.withDatabase(database))) {
      connection.expect(command, arguments);
    }
  }

  /** Keys in databases 0 and 3 of the source, the latter another on the replica. */
  private void fill() {
    on(pair.source(), 0, "SET", "a", "v");
    on(pair.source(), 3, "MSET", "b", "v", "c", "v");
    on(pair.source(), 3, "WAIT", "1", "10000");
    on(pair.replica(), 3, "SET", "b", "other");
  }

  private int run(String path, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--source", "redis://" + pair.source().address() + path));
    all.addAll(List.of("--replica", "redis://" + pair.replica().address() + path));
    all.addAll(List.of("--results", folder.toString(), "--run-id", "r" + ++runs, "--quiet"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    int status = AnalyzerCli.run(all, print, print, Map.of());
    said = out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
    return status;
  }

  private String written(String file) throws IOException {
    return Files.readString(folder.resolve("r" + runs).resolve(file));
  }

  @Test
  void everyDatabaseThatHoldsKeysIsComparedUnlessOneIsNamed() throws Exception {
    fill();
    assertThat(run("", "verify")).isEqualTo(1);
    assertThat(written("mismatches.csv")).contains("\r\n3,b,VALUE_DIFFERS,");
    assertThat(written("summary.csv"))
        .contains("verify,scope,\"databases 0, 3\",")
        .contains(
            "verify,source_keys,3,keys",
            "verify,appeared_not_looked_at,0,keys",
            "verify,moves_not_looked_at,0,calls");
    assertThat(run("", "verify", "--db", "all")).isEqualTo(1);
    assertThat(run("/3", "verify", "--db", "all")).isEqualTo(1);
    assertThat(run("", "verify", "--db", "3")).isEqualTo(1);
    assertThat(run("", "verify", "--db", "0")).isZero();
    assertThat(said).contains("Equal. Left out: 2 keys in other databases than the one named.");
    assertThat(run("/0", "verify")).isZero();
    assertThat(written("summary.csv"))
        .contains("verify,scope,database 0,", "verify,other_databases_left_out,2,keys");
  }

  @Test
  void aDatabaseThatOnlyTheReplicaHoldsKeysInIsCompared() throws Exception {
    on(pair.replica(), 9, "SET", "stray", "v");
    assertThat(run("", "verify")).isEqualTo(1);
    assertThat(written("mismatches.csv")).contains("\r\n9,stray,EXTRA_ON_REPLICA,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "counts"})
  void loadAndVerifyComparesThemAllBeforeAndAfter(String initial) throws Exception {
    fill();
    int status =
        run(
            "",
            "load-and-verify",
            "--load-engine",
            "none",
            "--duration",
            "1s",
            "--warmup",
            "0s",
            "--baseline",
            "0s",
            "--initial-verify",
            initial);
    assertThat(status).isEqualTo(1);
    assertThat(written("summary.csv")).contains("initial_verify,source_keys,3,keys");
    assertThat(written("mismatches.csv")).contains("\r\n3,b,VALUE_DIFFERS,");
  }

  @ParameterizedTest
  @CsvSource({
    "--match zzz*, passes --match zzz*",
    "--types stream, passes --types stream",
    "'--types stream,zset', 'passes --types stream,zset'",
    "--sample 0.00001, passes --sample 0.00001",
    "--exclude *, passes --exclude *",
    "--db 5, neither side holds a key in database 5"
  })
  void whereNothingWasComparedThoughSomeWereAskedForItIsNotEqual(String asked, String why) {
    fill();
    List<String> words = new ArrayList<>(List.of("verify"));
    words.addAll(List.of(asked.split(" ", -1)));
    assertThat(run("", words.toArray(String[]::new))).isEqualTo(4);
    assertThat(said).contains("Incomplete: nothing was compared: ").contains(why);
  }

  @Test
  void twoEmptyServersAreEqualWhereAllThereIsWasAskedFor() {
    assertThat(run("", "verify")).isZero();
    assertThat(said)
        .contains("Equal: no key was there to compare.")
        .contains("neither side holds a key in any database");
    assertThat(run("/0", "verify")).isEqualTo(4);
  }

  @Test
  void functionsThatDifferAreMismatchesOfNoDatabase() throws Exception {
    fill();
    on(pair.replica(), 3, "SET", "b", "v");
    on(
        pair.replica(),
        0,
        "FUNCTION",
        "LOAD",
        "#!lua name=mine\nredis.register_function('f', function() return 1 end)");
    assertThat(run("", "verify")).isEqualTo(1);
    assertThat(said).contains("Not equal: 1 library of functions differs.");
    assertThat(written("mismatches.csv")).contains(",mine,EXTRA_ON_REPLICA,,function,");
    assertThat(written("verify.csv")).contains("function,EXTRA_ON_REPLICA,1,1,");
    assertThat(written("summary.csv"))
        .contains("verify,functions_mismatched,1,libraries", "verify,replica_keys,3,keys");
  }

  @Test
  void aDatabaseThatTheReplicaDoesNotHaveIsKnownNotToHaveBeenLookedAt() throws Exception {
    try (EmbeddedPair small =
        EmbeddedPair.start(TestServers.onPath(), 0, 0, List.of("--databases", "4"))) {
      fill();
      on(pair.source(), 7, "MSET", "x", "v", "y", "v");
      on(pair.replica(), 3, "SET", "b", "v");
      on(small.source(), 0, "SET", "a", "v");
      on(small.source(), 3, "MSET", "b", "v", "c", "v");
      int status =
          AnalyzerCli.run(
              List.of(
                  "verify",
                  "--fence",
                  "none",
                  "--source",
                  "redis://" + pair.source().address(),
                  "--replica",
                  "redis://" + small.source().address(),
                  "--results",
                  folder.toString(),
                  "--run-id",
                  "r" + ++runs,
                  "--quiet"),
              System.out,
              System.err,
              Map.of());
      assertThat(status).isEqualTo(4);
      assertThat(written("summary.csv"))
          .contains("verify,unselectable_not_looked_at,2,keys", "verify,equal,3,keys");
      assertThat(written("run.json")).contains("the replica does not let us select it");
    }
  }

  @Test
  void databasesThatTheUserMayNotSelectAreKnownNotToHaveBeenLookedAt() throws Exception {
    fill();
    on(pair.replica(), 0, "ACL", "SETUSER", "default", "-select");
    assertThat(run("", "verify")).isEqualTo(4);
    assertThat(said)
        .contains(
            "2 keys in databases that one side does not let us select were not looked at",
            "does not let us select it (NOPERM",
            "grant +select");
  }
}
