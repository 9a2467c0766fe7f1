package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.bench.KeyspaceMix;
import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One source and three replicas, verified together. */
class SeveralReplicasIT {
  private static final int STRINGS = 20_000;
  private static final List<String> READS =
      List.of("scan", "mget", "get", "dump", "smembers", "lrange", "zrange", "xrange", "hgetall");

  private static EmbeddedServer source;
  private static final List<EmbeddedServer> REPLICAS = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    source = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
    for (int i = 0; i < 3; i++) {
      REPLICAS.add(
          EmbeddedServer.start(
              TestServers.onPath(),
              0,
              List.of("--replica-read-only", "no", "--repl-diskless-sync-delay", "0")));
    }
    KeyspaceMix.write(source.endpoint(Side.SOURCE), STRINGS, 500, 20, 1);
  }

  @AfterAll
  static void stop() {
    REPLICAS.forEach(EmbeddedServer::close);
    source.close();
  }

  /** All three follow the source, and have exactly what it has. */
  @BeforeEach
  void follow() throws InterruptedException {
    // What is more than is kept of the source's answers is asked for again.
    on(source, "DEL", "large", "larger");
    for (EmbeddedServer replica : REPLICAS) {
      on(replica, "REPLICAOF", "NO", "ONE");
      on(replica, "FLUSHALL");
      on(replica, "REPLICAOF", "127.0.0.1", Integer.toString(source.port()));
    }
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!on(source, "WAIT", "3", "1000").equals(new Reply.Int(3))) {
      assertThat(System.nanoTime()).isLessThan(end);
      on(source, "DEL", "nothing");
    }
  }

  private static Reply on(EmbeddedServer server, String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(server.endpoint(Side.REPLICA))) {
      return connection.call(command, arguments);
    }
  }

  private VerifyRequest request(int replica, String name) {
    Path work = folder.resolve(name + replica);
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Duration timeout = Duration.ofSeconds(2);
    Endpoint to = REPLICAS.get(replica).endpoint(Side.REPLICA).withTimeouts(timeout, timeout);
    return VerifyRequest.of(source.endpoint(Side.SOURCE), to, "several", work);
  }

  private List<Verified> together(int replicas, UnaryOperator<VerifyRequest> how) {
    List<VerifyRequest> requests = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      requests.add(how.apply(request(i, "together")));
    }
    return new VerifyPhase(told -> {}, NanoClock.SYSTEM).runTogether(requests);
  }

  private static VerifySummary summary(Verified verified) {
    return Objects.requireNonNull(verified.summary(), () -> "failed: " + verified.failure());
  }

  private static void corruptEachInItsOwnWay() {
    on(REPLICAS.get(0), "SET", "only0", "v");
    on(REPLICAS.get(0), "EXPIRE", "only0", "1000");
    on(REPLICAS.get(1), "SET", "both", "other");
    on(REPLICAS.get(1), "HSET", "myhash", "f", "other");
    on(REPLICAS.get(2), "DEL", "both");
    on(REPLICAS.get(2), "RPUSH", "mylist", "d");
    on(REPLICAS.get(2), "EXPIRE", "myhash", "1000");
  }

  private static void writeSomeOfMine() {
    on(source, "SET", "both", "value");
    on(source, "HSET", "myhash", "f", "1", "g", "2");
    on(source, "RPUSH", "mylist", "a", "b", "c");
    on(source, "SET", "large", "x".repeat(3_000_000));
    on(source, "SETRANGE", "larger", "12000000", "end");
    on(source, "WAIT", "3", "5000");
  }

  @Test
  void eachHasItsOwnVerdictAndTheCountsOfAVerificationAlone() {
    writeSomeOfMine();
    corruptEachInItsOwnWay();

    List<Verified> all = together(3, request -> request);

    for (int i = 0; i < 3; i++) {
      VerifySummary mine = summary(all.get(i));
      VerifySummary alone = VerifiedPair.verify(request(i, "alone"));
      assertThat(mine.incomplete()).isNull();
      assertThat(mine.rows()).isEqualTo(alone.rows());
      assertThat(mine.sourceKeys()).isEqualTo(alone.sourceKeys());
      assertThat(mine.replicaKeys()).isEqualTo(alone.replicaKeys());
      assertThat(words(mine)).isEqualTo(words(alone));
    }
    assertThat(words(summary(all.get(0)))).containsExactly("only0 EXTRA_ON_REPLICA");
    assertThat(words(summary(all.get(1))))
        .containsExactly("both VALUE_DIFFERS", "myhash VALUE_DIFFERS");
    assertThat(words(summary(all.get(2))))
        .containsExactly("both MISSING_ON_REPLICA", "myhash TTL_DIFFERS", "mylist VALUE_DIFFERS");
  }

  private static List<String> words(VerifySummary summary) {
    return mismatches(summary).stream()
        .map(one -> one.key().asUtf8() + " " + one.verdict())
        .sorted()
        .toList();
  }

  @Test
  void theSourceIsReadOnceHoweverManyReplicasThereAre() {
    List<Long> reads = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();
    for (int replicas : List.of(1, 3)) {
      on(source, "CONFIG", "RESETSTAT");
      List<Verified> all = together(replicas, request -> request);
      assertThat(all).allSatisfy(one -> assertThat(summary(one).mismatched()).isZero());
      reads.add(reads());
      bytes.add(number("stats", "total_net_output_bytes:(\\d+)"));
    }
    assertThat(reads.get(0)).isPositive();
    // Each tries what the source can, and asks it for a fence.
    assertThat(reads.get(1)).isBetween(reads.get(0), reads.get(0) + 10);
    assertThat(bytes.get(1)).isLessThan(bytes.get(0) + 300_000);
  }

  private static long reads() {
    long all = 0;
    for (String command : READS) {
      all += number("commandstats", "cmdstat_" + Pattern.quote(command) + ":calls=(\\d+)");
    }
    return all;
  }

  private static long number(String section, String pattern) {
    Matcher found =
        Pattern.compile(pattern)
            .matcher(((Reply.Text) on(source, "INFO", section)).bytes().asUtf8());
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  @Test
  void oneThatStopsInItsMidstTakesNothingFromTheOthers() {
    on(REPLICAS.get(2), "SET", "only2", "v");
    List<VerifyRequest> requests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      requests.add(request(i, "stopping").withRate(8000));
    }
    List<Verified> all;
    boolean[] stopped = new boolean[1];
    try {
      all =
          new VerifyPhase(
                  told -> {
                    if (told.keysDone() > 5000 && !stopped[0]) {
                      stopped[0] = true;
                      signal("STOP", REPLICAS.get(1));
                    }
                  },
                  NanoClock.SYSTEM)
              .runTogether(requests);
    } finally {
      signal("CONT", REPLICAS.get(1));
    }
    VerifySummary lost = summary(all.get(1));
    assertThat(lost.incomplete()).contains(Integer.toString(REPLICAS.get(1).port()));
    assertThat(lost.incompleteKind()).isEqualTo(VerifyFailure.Kind.SERVER);
    for (int i : List.of(0, 2)) {
      VerifySummary whole = summary(all.get(i));
      assertThat(whole.incomplete()).isNull();
      assertThat(whole.keys(KeyVerdict.EQUAL)).isEqualTo(whole.sourceKeys());
      assertThat(whole.mismatched()).isEqualTo(i == 2 ? 1 : 0);
    }
  }

  private static void signal(String name, EmbeddedServer server) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start().waitFor();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void oneThatFollowsNothingAndOneThatIsAwayHaveNoVerdictAndTheOthersHave() {
    on(REPLICAS.get(0), "REPLICAOF", "NO", "ONE");
    List<VerifyRequest> requests = new ArrayList<>();
    Duration briefly = Duration.ofSeconds(1);
    for (int i = 0; i < 3; i++) {
      VerifyRequest one = request(i, "following");
      requests.add(one.with(one.settings().settling().withFenceTimeout(briefly)));
    }
    Endpoint nobody =
        Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:1").withTimeouts(briefly, briefly);
    requests.add(VerifyRequest.of(source.endpoint(Side.SOURCE), nobody, "several", folder));

    List<Verified> all = new VerifyPhase(told -> {}, NanoClock.SYSTEM).runTogether(requests);

    assertThat(all.get(0).failure()).isInstanceOf(VerifyFailure.class);
    assertThat(summary(all.get(1)).mismatched()).isZero();
    assertThat(summary(all.get(2)).mismatched()).isZero();
    assertThat(all.get(3).failure()).hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void theLimitOfMismatchesIsEachReplicasOwn() {
    for (int i = 0; i < 10; i++) {
      on(REPLICAS.get(1), "SET", "extra" + i, "v");
    }
    List<Verified> all = together(3, request -> request.withMaxMismatches(5));
    assertThat(summary(all.get(1)).stoppedEarly()).isTrue();
    assertThat(summary(all.get(1)).mismatched()).isGreaterThanOrEqualTo(5);
    assertThat(summary(all.get(0)).stoppedEarly()).isFalse();
    assertThat(summary(all.get(2)).mismatched()).isZero();
  }

  @Test
  void writesGoOnAndNothingIsToldToDiffer() throws Exception {
    Thread writing =
        new Thread(
            () -> {
              try (RedisConnection connection =
                  RedisConnection.open(source.endpoint(Side.SOURCE))) {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                  connection.expect("SET", "live:" + i % 500, "v" + i);
                  connection.expect("RPUSH", "livelist:" + i % 50, "v" + i);
                  connection.expect("LTRIM", "livelist:" + i % 50, "-20", "-1");
                }
              }
            });
    writing.start();
    try {
      for (Verified one : together(3, request -> request)) {
        assertThat(summary(one).mismatched()).isZero();
        assertThat(mismatches(summary(one)).stream().map(Mismatch::verdict))
            .doesNotContain(KeyVerdict.VALUE_DIFFERS, KeyVerdict.MISSING_ON_REPLICA);
      }
    } finally {
      writing.interrupt();
      writing.join();
    }
  }

  @Test
  void aSourceThatIsLostForAMomentIsGoneThroughTogetherAgain() throws Exception {
    boolean[] killed = new boolean[1];
    List<VerifyRequest> requests = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      requests.add(request(i, "losing").withRate(8000));
    }
    List<Verified> all =
        new VerifyPhase(
                told -> {
                  if (told.keysDone() > 20_000 && !killed[0]) {
                    killed[0] = true;
                    on(source, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                  }
                },
                NanoClock.SYSTEM)
            .runTogether(requests);
    assertThat(killed[0]).isTrue();
    for (Verified one : all) {
      assertThat(summary(one).incomplete()).isNull();
      assertThat(summary(one).keys(KeyVerdict.EQUAL)).isEqualTo(summary(one).sourceKeys());
    }
    assertThat(summary(all.get(0)).rows().stream().mapToLong(VerifyRow::keys).sum())
        .isEqualTo(summary(all.get(1)).keys());
  }

  @Test
  void eachGoesOnFromItsOwnCheckpointTogether() throws Exception {
    List<VerifyRequest> requests = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      requests.add(request(i, "resuming").withRate(3000));
    }
    List<Verified> cut = new ArrayList<>();
    Thread verifying =
        new Thread(
            () -> cut.addAll(new VerifyPhase(told -> {}, NanoClock.SYSTEM).runTogether(requests)));
    verifying.start();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!requests.stream().allMatch(one -> VerifyPhase.canGoOn(one.folder()))) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(20);
    }
    verifying.interrupt();
    verifying.join();
    assertThat(cut)
        .allSatisfy(
            one ->
                assertThat(summary(one).incompleteKind())
                    .isEqualTo(VerifyFailure.Kind.INTERRUPTED));

    on(source, "CONFIG", "RESETSTAT");
    List<VerifyRequest> again = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      again.add(request(i, "resuming").resumed());
    }
    List<Verified> whole = new VerifyPhase(told -> {}, NanoClock.SYSTEM).runTogether(again);

    for (Verified one : whole) {
      assertThat(summary(one).incomplete()).isNull();
      assertThat(summary(one).keys(KeyVerdict.EQUAL)).isEqualTo(summary(one).sourceKeys());
      assertThat(new Reply.Int(summary(one).keys())).isEqualTo(on(source, "DBSIZE"));
    }
  }

  @Test
  void oneThatIsLostForAMomentGoesOnAloneAndEndsWhole() throws Exception {
    List<VerifyRequest> requests = new ArrayList<>();
    boolean[] cut = new boolean[1];
    try (LinkRelay way = LinkRelay.to(REPLICAS.get(1).port())) {
      Duration timeout = Duration.ofSeconds(5);
      for (int i = 0; i < 3; i++) {
        requests.add(request(i, "losing-one").withRate(8000));
      }
      Endpoint relayed =
          Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:" + way.port())
              .withTimeouts(timeout, timeout);
      requests.set(
          1,
          VerifyRequest.of(
                  source.endpoint(Side.SOURCE), relayed, "several", requests.get(1).folder())
              .withRate(8000));
      List<Verified> all =
          new VerifyPhase(
                  told -> {
                    if (told.keysDone() > 20_000 && !cut[0]) {
                      cut[0] = true;
                      way.cut();
                      Thread mending =
                          new Thread(
                              () -> {
                                try {
                                  Thread.sleep(1000);
                                } catch (InterruptedException e) {
                                  Thread.currentThread().interrupt();
                                }
                                way.mend();
                              });
                      mending.start();
                    }
                  },
                  NanoClock.SYSTEM)
              .runTogether(requests);
      assertThat(cut[0]).isTrue();
      for (Verified one : all) {
        assertThat(summary(one).incomplete()).isNull();
        assertThat(new Reply.Int(summary(one).keys(KeyVerdict.EQUAL)))
            .isEqualTo(on(source, "DBSIZE"));
      }
      assertThat(summary(all.get(1)).notes())
          .anySatisfy(note -> assertThat(note).contains("it answered again after"));
      assertThat(summary(all.get(0)).notes())
          .noneSatisfy(note -> assertThat(note).contains("it answered again after"));
    }
  }
}
