package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.syncanalyzer.WaitingTest;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.ShiftedClock;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar on a real pair whose replica has a clock of its own. Keys expire ten a second from before
 * the comparison to after it, so that at any moment some have ended by the replica's clock alone.
 */
class ClockSkewIT {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int EXPIRING = 600;
  private static final int LASTING = 20;
  private static final String AHEAD = "The replica's clock is \\d\\.\\d\\d s ahead of the source's";
  private static final String BEHIND = "The replica's clock is \\d\\.\\d\\d s behind the source's";
  private static final Map<String, String> LIMITED =
      Map.of(
          "ANALYZER_SOURCE_USER", "u",
          "ANALYZER_SOURCE_PASSWORD", "pw",
          "ANALYZER_REPLICA_USER", "u",
          "ANALYZER_REPLICA_PASSWORD", "pw");

  @TempDir static Path compiled;
  private static ShiftedClock clock;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    clock = ShiftedClock.compiled(compiled);
  }

  @WaitingTest
  void keysThatExpireEarlierOnAReplicaWhoseClockIsAheadAreEqual() throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofSeconds(5))) {
      expectEqual(pair, AHEAD, Map.of());
    }
  }

  @WaitingTest
  void keysThatExpireLaterOnAReplicaWhoseClockIsBehindAreEqual() throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofSeconds(-5))) {
      expectEqual(pair, BEHIND, Map.of());
    }
  }

  @WaitingTest
  void timesToLiveAreComparedNetOfItWhereNoMomentOfExpiryMayBeAsked() throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofSeconds(5))) {
      pair.limitUsers("-pexpiretime");
      expectEqual(pair, AHEAD, LIMITED);
    }
  }

  @WaitingTest
  void aServerThatReplicatesTheTimeLeftHasNoFalseDifferencesEither() throws Exception {
    try (Pair pair = new Pair(TestServers.bundled(), Duration.ofSeconds(5))) {
      expectEqual(pair, AHEAD, Map.of());
    }
  }

  @WaitingTest
  void whatReallyDiffersBesideItIsStillExitOneAndNothingElseIsNamed() throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofSeconds(5))) {
      pair.fill();
      pair.replica.expect("CONFIG", "SET", "replica-read-only", "no");
      pair.replica.expect("DEL", "lasting:1");
      pair.replica.expect("SET", "lasting:2", "another", "KEEPTTL");
      // As much later as the clock is ahead: the times left are the same, the moments are not.
      pair.replica.expect("SET", "late", "v", "PXAT", Long.toString(pair.lateAt + 5000));

      verify(pair, 1, Map.of());

      assertThat(mismatches())
          .hasSize(3)
          .anyMatch(row -> row.startsWith("0,lasting:1,MISSING_ON_REPLICA,"))
          .anyMatch(row -> row.startsWith("0,lasting:2,VALUE_DIFFERS,"))
          .anyMatch(row -> row.startsWith("0,late,TTL_DIFFERS,"));
      assertThat(headline()).contains("Not equal: 3 keys differ").containsPattern(AHEAD);
    }
  }

  @WaitingTest
  void aKeyThatTheSourceKeepsForLongAfterTheReplicasClockEndedItIsUnsettledAndSaysWhy()
      throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofHours(1))) {
      pair.source.expect("SET", "session", "v", "EX", "1800");
      pair.source.expect("SET", "forever", "v");
      pair.awaitReplica();

      verify(pair, 4, Map.of());

      assertThat(mismatches())
          .singleElement()
          .asString()
          .startsWith("0,session,UNSETTLED,")
          .containsPattern(
              "it has expired by the replica's clock, which is 3\\d{3}\\.\\d\\d s ahead");
    }
  }

  @WaitingTest
  void theClocksAreAskedAgainAtTheEndOfAProbeAlone() throws Exception {
    try (Pair pair = new Pair(TestServers.onPath(), Duration.ofSeconds(5));
        AnalyzerJar jar =
            AnalyzerJar.start(
                folder,
                Map.of(),
                "probe",
                "--source",
                pair.sourceServer.endpoint(Side.SOURCE).display(),
                "--replica",
                pair.replicaServer.endpoint(Side.REPLICA).display(),
                "--duration=1s",
                "--warmup=0s",
                "--floor=0s",
                "--run-id",
                "r")) {
      assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isZero();
      assertThat(Files.readString(folder.resolve("results/r/summary.csv")))
          .containsPattern("preflight,(.*_)?clock_ahead,(4[89]|5[01])\\d\\d")
          .containsPattern("run,(.*_)?clock_ahead_at_end,(4[89]|5[01])\\d\\d");
    }
  }

  private void expectEqual(Pair pair, String said, Map<String, String> login) throws Exception {
    pair.fill();
    verify(pair, 0, login);
    assertThat(mismatches()).isEmpty();
    assertThat(headline()).startsWith("Equal.").containsPattern(said);
    // Some had expired before the comparison, those that last had not.
    String counts = Files.readString(folder.resolve("results/r/verify.csv"));
    assertThat(counts).containsPattern("string,EQUAL,\\d{2,3},").doesNotContain("UNSETTLED");
  }

  private void verify(Pair pair, int status, Map<String, String> login) throws Exception {
    try (AnalyzerJar jar =
        AnalyzerJar.start(
            folder,
            login,
            "verify",
            "--source",
            pair.sourceServer.endpoint(Side.SOURCE).display(),
            "--replica",
            pair.replicaServer.endpoint(Side.REPLICA).display(),
            "--run-id",
            "r")) {
      assertThat(jar.await(LONG)).describedAs("%s%s", jar.out(), jar.err()).isEqualTo(status);
    }
  }

  private List<String> mismatches() throws IOException {
    return Files.readAllLines(folder.resolve("results/r/mismatches.csv")).stream().skip(1).toList();
  }

  private String headline() throws IOException {
    String json = Files.readString(folder.resolve("results/r/run.json"));
    return JsonParser.parseString(json).getAsJsonObject().get("headline").getAsString();
  }

  /** A source, and a replica whose clock is shifted. */
  private static final class Pair implements AutoCloseable {
    private final EmbeddedServer sourceServer;
    private final EmbeddedServer replicaServer;
    private final RedisConnection source;
    private final RedisConnection replica;
    private long lateAt;

    Pair(ServerBinary binary, Duration ahead) throws IOException, InterruptedException {
      sourceServer = EmbeddedServer.start(binary, 0, List.of());
      // Comes with the full sync, as a moment on the source's clock whatever the version.
      source = RedisConnection.open(sourceServer.endpoint(Side.SOURCE));
      source.expect("SET", "first", "v", "EX", "9000");
      replicaServer =
          EmbeddedServer.start(
              clock.ahead(binary, ahead),
              0,
              List.of("--replicaof", "127.0.0.1", Integer.toString(sourceServer.port())));
      replica = RedisConnection.open(replicaServer.endpoint(Side.REPLICA));
      awaitReplica();
    }

    void awaitReplica() {
      source.expect("SET", "last", "v");
      source.replyTimeoutMillis(40_000);
      assertThat(source.expect("WAIT", "1", "30000")).isEqualTo(new Reply.Int(1));
    }

    void fill() {
      source.expect(
          "EVAL",
          "for i = 1, ARGV[1] do redis.call('SET', 'expiring:' .. i, i, 'PX', i * 100) end\n"
              + "for i = 1, ARGV[2] do redis.call('SET', 'lasting:' .. i, i, 'EX', 1000 + i) end",
          "0",
          Integer.toString(EXPIRING),
          Integer.toString(LASTING));
      lateAt = System.currentTimeMillis() + 3_000_000;
      source.expect("SET", "late", "v", "PXAT", Long.toString(lateAt));
      awaitReplica();
    }

    void limitUsers(String rule) {
      for (RedisConnection connection : List.of(source, replica)) {
        connection.expect("ACL", "SETUSER", "u", "on", ">pw", "~*", "&*", "+@all", rule);
      }
    }

    @Override
    public void close() {
      source.close();
      replica.close();
      replicaServer.close();
      sourceServer.close();
    }
  }
}
