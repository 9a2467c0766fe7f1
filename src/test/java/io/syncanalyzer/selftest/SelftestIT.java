package io.syncanalyzer.selftest;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.cli.AnalyzerCli;
import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.ServerBinary;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelftestIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Stream<ServerBinary> servers() {
    return TestServers.all();
  }

  @Test
  void onAnEmbeddedPairAllIsFoundAndNothingFalse() {
    selftest(TestServers.onPath());
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("servers")
  void onAnEmbeddedPairOfEachServerAllIsFoundAndNothingFalse(ServerBinary binary) {
    selftest(binary);
  }

  private void selftest(ServerBinary binary) {
    int status = cli("selftest", "--quiet", "--redis-server", binary.path().toString());
    assertThat(status).as(said()).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(binary.version(), "0 false of", "consumer pending", "stall, longest", "passed")
        .doesNotContain("missed", "wrong", "WRONG");
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void onTheUsersServersItLeavesDatabaseAndSettingsAsTheyWere() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      try (RedisConnection source = RedisConnection.open(pair.source())) {
        source.expect("SET", "theirs", "1");
      }
      assertThat(users(pair, 9, "--yes")).as(said()).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("lag: not tested", "passed");
      assertUntouched(pair);
      assertThat(keys(pair.source(), 0)).isOne();
      assertThat(keys(pair.replica(), 0)).isOne();
    }
  }

  @Test
  void aCorruptionThatVerificationDoesNotLookAtFailsTheSelfTest() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Bytes blind = Bytes.utf8("sa:selftest:corrupted:0000");
      ExitStatus status =
          direct(pair, request -> request.with(new VerifyScope(9, null, blind, Set.of(), 100)));
      assertThat(status).isEqualTo(ExitStatus.MISMATCHES);
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("missed: missing key, string of 5: expected MISSING_ON_REPLICA", "FAILED");
      assertUntouched(pair);
    }
  }

  @Test
  void withoutYesOrWithAnUnnamedOrFullDatabaseItIsRefusedAndNothingIsWritten() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      assertThat(users(pair, 9)).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("--yes");
      err.reset();
      assertThat(
              cli(
                  "selftest",
                  "--yes",
                  "--source",
                  pair.source().display(),
                  "--replica",
                  pair.replica().display()))
          .isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("must name it");
      err.reset();
      assertThat(cli("selftest", "--yes", "--source", pair.source().display() + "/9")).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("both --source and --replica");
      err.reset();
      try (RedisConnection source = RedisConnection.open(pair.source().withDatabase(9))) {
        source.expect("SET", "theirs", "1");
        source.expect("WAIT", "1", "5000");
        assertThat(users(pair, 9, "--yes")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
            .contains("--source: database 9", "holds 1 key;")
            .hasLineCount(1);
        source.expect("DEL", "theirs");
        source.expect("WAIT", "1", "5000");
      }
      assertUntouched(pair);
    }
  }

  @Test
  void aReplicaWhoseConfigurationIsNotOursIsSaidAndNothingIsWritten() {
    try (EmbeddedPair pair =
        EmbeddedPair.start(
            TestServers.onPath(), 0, 0, List.of("--rename-command", "CONFIG", "\"\""))) {
      assertThat(users(pair, 9, "--yes")).isEqualTo(5);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("refuses CONFIG GET replica-read-only", "embedded pair");
      assertThat(keys(pair.source(), 9)).isZero();
    }
  }

  @Test
  void aReplicaThatFollowsAnotherSourceIsNeverCorrupted() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        EmbeddedServer stranger = EmbeddedServer.start(TestServers.onPath(), 0, List.of())) {
      Endpoint source = stranger.endpoint(Side.SOURCE).withDatabase(9);
      Endpoint replica = pair.replica().withDatabase(9);
      int status =
          cli("selftest", "--yes", "--source", source.display(), "--replica", replica.display());
      assertThat(status).isEqualTo(5);
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("follow")
          .doesNotContain("clean up");
      assertThat(keys(stranger.endpoint(Side.SOURCE), 9)).isZero();
      assertUntouched(pair);
    }
  }

  @Test
  void anInterruptEndsItSoonAndLeavesNothingBehind() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      CompletableFuture<Thread> verifying = new CompletableFuture<>();
      AtomicReference<ExitStatus> status = new AtomicReference<>();
      Thread worker =
          new Thread(
              () ->
                  status.set(
                      direct(
                          pair,
                          request -> {
                            verifying.complete(Thread.currentThread());
                            return request.withRate(50);
                          })));
      worker.start();
      verifying.get(60, TimeUnit.SECONDS).interrupt();
      worker.join(10_000);
      assertThat(status.get()).isEqualTo(ExitStatus.INTERRUPTED);
      assertUntouched(pair);
    }
  }

  @Test
  void oneThatWasKilledWhileItCorruptedIsUndoneByTheNextAndToldByClean() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      leaveHalf(pair);
      assertThat(users(pair, 9, "--yes")).as(said()).isZero();
      assertThat(err.toString(StandardCharsets.UTF_8))
          .contains("an earlier selftest was killed here")
          .hasLineCount(1);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("passed");
      assertUntouched(pair);

      leaveHalf(pair);
      assertThat(cli("clean", "--source", pair.source().withDatabase(9).display())).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("a selftest was killed here", "CONFIG SET replica-read-only yes");
      assertThat(keys(pair.source(), 9)).isZero();
    }
  }

  @Test
  void whatOthersKeepUnderItsPrefixStaysWhenOneThatWasKilledIsUndone() {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath());
        RedisConnection source = RedisConnection.open(pair.source().withDatabase(9))) {
      leaveHalf(pair);
      source.expect("SET", SelftestName.PREFIX + "users", "theirs");
      assertThat(users(pair, 9, "--yes")).as(said()).isEqualTo(2);
      assertThat(err.toString(StandardCharsets.UTF_8)).contains("holds 1 key;");
      assertThat(source.expect("KEYS", "*"))
          .isEqualTo(
              new Reply.Items(List.of(new Reply.Text(Bytes.utf8(SelftestName.PREFIX + "users")))));
    }
  }

  /** What a self test leaves that is killed in the midst of its corruption. */
  private static void leaveHalf(EmbeddedPair pair) {
    try (SelftestPair half =
            new SelftestPair(
                pair.source().withDatabase(9), pair.replica().withDatabase(9), NanoClock.SYSTEM);
        RedisConnection replica = RedisConnection.open(pair.replica().withDatabase(9))) {
      half.begin();
      half.fill(SelftestKeys.untouched(0).get(0));
      replica.expect("CONFIG", "SET", "replica-read-only", "no");
      replica.expect("SET", SelftestName.PREFIX + "corrupted:0002", "1");
    }
  }

  private int users(EmbeddedPair pair, int database, String... more) {
    List<String> words = new ArrayList<>(List.of("selftest", "--quiet"));
    words.addAll(List.of("--source", pair.source().withDatabase(database).display()));
    words.addAll(List.of("--replica", pair.replica().withDatabase(database).display()));
    words.addAll(List.of(more));
    return cli(words.toArray(String[]::new));
  }

  private int cli(String... words) {
    return AnalyzerCli.run(
        List.of(words),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("PATH", System.getenv("PATH")));
  }

  private ExitStatus direct(EmbeddedPair pair, UnaryOperator<VerifyRequest> verification) {
    Console console =
        new Console(
            new Console.Setting(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                true,
                NanoClock.SYSTEM));
    return Selftest.run(
        new RunContext(console, "", NanoClock.SYSTEM, Clock.systemUTC()),
        new ServersRequest(
            pair.source().withDatabase(9),
            List.of(pair.replica().withDatabase(9)),
            false,
            Optional.empty()),
        true,
        verification);
  }

  private static void assertUntouched(EmbeddedPair pair) {
    assertThat(keys(pair.source(), 9)).isZero();
    assertThat(keys(pair.replica(), 9)).isZero();
    try (RedisConnection replica = RedisConnection.open(pair.replica())) {
      assertThat(replica.expect("CONFIG", "GET", "replica-read-only"))
          .isEqualTo(
              new Reply.Items(
                  List.of(
                      new Reply.Text(Bytes.utf8("replica-read-only")),
                      new Reply.Text(Bytes.utf8("yes")))));
    }
  }

  private static long keys(Endpoint endpoint, int database) {
    try (RedisConnection connection = RedisConnection.open(endpoint.withDatabase(database))) {
      return ((Reply.Int) connection.expect("DBSIZE")).value();
    }
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
