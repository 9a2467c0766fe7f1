package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.begin;
import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.attempt.VerifyRequest;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keys that get their name, or their database, while they are compared, behind the scan that has
 * passed there: none is called equal unless it was looked at.
 */
@ParameterizedClass
@EnumSource(Side.class)
class NamesThatComeIT {
  private static final int KEYS = 4000;
  private static final double RATE = 4000;

  private final Side lead;
  @TempDir private Path folder;
  private VerifiedPair pair;
  private volatile boolean writing;

  NamesThatComeIT(Side lead) {
    this.lead = lead;
  }

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder).leading(lead);
    script(pair.source(), "redis.call('SET', 'old:' .. i, 'v' .. i)");
    pair.sync();
  }

  @AfterEach
  void stop() {
    writing = false;
    pair.close();
  }

  private static void script(RedisConnection to, String each) {
    to.expect("EVAL", "for i = 1, " + KEYS + " do " + each + " end", "0");
  }

  /** Begins to compare, and gives the rest when about half of the keys have been looked at. */
  private CompletableFuture<VerifySummary> halfway(VerifyRequest request) throws Exception {
    CompletableFuture<Void> half = new CompletableFuture<>();
    CompletableFuture<VerifySummary> verifying =
        begin(
            request.withRate(RATE),
            told -> {
              if (told.keysScanned() > KEYS / 3) {
                half.complete(null);
              }
            });
    half.get(20, TimeUnit.SECONDS);
    return verifying;
  }

  private static VerifySummary end(CompletableFuture<VerifySummary> verifying) throws Exception {
    return verifying.get(60, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('RENAME', 'old:' .. i, 'new:' .. i)",
        "redis.call('RENAMENX', 'old:' .. i, 'new:' .. i)",
        "redis.call('COPY', 'old:' .. i, 'new:' .. i)",
        "redis.call('RESTORE', 'new:' .. i, 0, redis.call('DUMP', 'old:' .. i))",
        "redis.call('SET', 'new:' .. i, 'v')",
        "redis.call('HSET', 'new:' .. i, 'f', 'v')",
        "redis.call('SUNIONSTORE', 'new:' .. i, 'set')"
      })
  void whatCameByANameWhileItWasComparedIsLookedAt(String came) throws Exception {
    pair.source().expect("SADD", "set", "a", "b");
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    script(pair.source(), came);
    pair.sync();
    pair.replica().expect("DEL", "new:1234");
    pair.replica().expect("SET", "new:2345", "other");

    VerifySummary summary = end(verifying);

    assertThat(mismatches(summary))
        .extracting(row -> row.key().asUtf8())
        .containsExactlyInAnyOrder("new:1234", "new:2345");
    assertThat(summary.notLookedAt().appeared()).isZero();
    assertThat(summary.keys() + summary.goneKeys()).isGreaterThanOrEqualTo(KEYS);
    assertThat(summary.sourceKeys())
        .isGreaterThanOrEqualTo(new KeysNow(pair.source()).count("new:*"));
  }

  /** Counts by KEYS, which no scan of ours has a part in. */
  private record KeysNow(RedisConnection server) {
    long count(String glob) {
      return ((io.syncanalyzer.redis.Reply.Items) server.expect("KEYS", glob)).list().size();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, MOVE", "0, COPY", "3, MOVE"})
  void whatCameFromAnotherDatabaseOrIntoANewOneIsLookedAt(int from, String how) throws Exception {
    int to = from == 0 ? 7 : 0;
    try (RedisConnection there = RedisConnection.open(pair.servers().source().withDatabase(from))) {
      script(there, "redis.call('SET', 'there:' .. i, 'v')");
      pair.sync();
      CompletableFuture<VerifySummary> verifying = halfway(pair.request());
      script(
          there,
          how.equals("MOVE")
              ? "redis.call('MOVE', 'there:' .. i, " + to + ")"
              : "redis.call('COPY', 'there:' .. i, 'there:' .. i, 'DB', " + to + ")");
      pair.sync();
      try (RedisConnection other =
          RedisConnection.open(pair.servers().replica().withDatabase(to))) {
        other.expect("SET", "there:77", "other");
      }

      VerifySummary summary = end(verifying);

      assertThat(mismatches(summary))
          .extracting(row -> row.db() + " " + row.key().asUtf8())
          .containsExactly(to + " there:77");
      assertThat(summary.databases()).contains(0, to);
    }
  }

  @Test
  void whatCameOnTheReplicaAloneIsFound() throws Exception {
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    script(pair.replica(), "if i % 1000 == 0 then redis.call('SET', 'extra:' .. i, 'v') end");
    try (RedisConnection other = RedisConnection.open(pair.servers().replica().withDatabase(5))) {
      other.expect("SET", "extra", "v");
    }

    VerifySummary summary = end(verifying);

    assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(KEYS / 1000 + 1);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(KEYS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void databasesThatWereSwappedMeanwhileAreNotProved(boolean onSource) throws Exception {
    try (RedisConnection one = RedisConnection.open(pair.servers().source().withDatabase(1))) {
      script(one, "redis.call('SET', 'old:' .. i, 'other' .. i)");
    }
    pair.sync();
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    (onSource ? pair.source() : pair.replica()).expect("SWAPDB", "0", "1");

    VerifySummary summary = end(verifying);

    assertThat(summary.incompleteKind()).isEqualTo(VerifyFailure.Kind.CHANGED);
    assertThat(summary.incomplete())
        .contains(
            "databases of the " + (onSource ? "source" : "replica") + " were swapped (SWAPDB)");
  }

  @Test
  void whatIsOutOfScopeIsNotLookedAtWhenItComes() throws Exception {
    VerifyScope some =
        new VerifyScope(0, Bytes.utf8("*1*"), Bytes.utf8("new:2*"), Set.of("string", "hash"), 100);
    CompletableFuture<VerifySummary> verifying = halfway(pair.request().with(some));
    pair.source().expect("SADD", "new:set1", "a");
    pair.source().expect("HSET", "new:hash1", "f", "v");
    pair.source().expect("SET", "new:1", "v");
    pair.source().expect("SET", "new:21", "v");
    pair.source().expect("SET", "new:3", "v");
    pair.sync();
    pair.replica().expect("DEL", "new:set1", "new:hash1", "new:1", "new:21", "new:3");

    VerifySummary summary = end(verifying);

    assertThat(mismatches(summary))
        .extracting(row -> row.key().asUtf8())
        .containsExactlyInAnyOrder("new:hash1", "new:1");
    assertThat(summary.notLookedAt().appeared()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keysThatComeAllTheTimeEndItAndThoseLeftAreCounted(boolean types) throws Exception {
    writing = true;
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeNewKeys("coming:", "coming:set:"));
    VerifyRequest request = pair.request();
    VerifyScope two = new VerifyScope(null, null, null, Set.of("string", "hash"), 100);
    CompletableFuture<VerifySummary> verifying =
        begin(types ? request.with(two) : request, told -> {});

    VerifySummary summary = end(verifying);

    writing = false;
    writer.get(10, TimeUnit.SECONDS);
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.notLookedAt().appeared()).isPositive();
    assertThat(summary.incomplete()).isNull();
  }

  @Test
  void sentinelsOfAnotherRunThatComeAllTheTimeAreLeftToIt() throws Exception {
    writing = true;
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(() -> writeNewKeys("sa:another:string:0:", "sa:another:set:1:"));

    VerifySummary summary = end(begin(pair.request(), told -> {}));

    writing = false;
    writer.get(10, TimeUnit.SECONDS);
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.notLookedAt().appeared()).isZero();
    assertThat(summary.notes())
        .anyMatch(note -> note.contains("sentinels and fence keys of other"));
  }

  private void writeNewKeys(String string, String set) {
    try (RawConnection connection = RawConnection.open(pair.servers().source())) {
      for (int i = 0; writing; i += 100) {
        for (int key = i; key < i + 100; key++) {
          connection.out().command("SET", string + key, "v");
          connection.out().command("SADD", set + key, "v");
        }
        connection.out().flush();
        for (int reply = 0; reply < 200; reply++) {
          connection.in().next();
          connection.in().skipRest();
        }
        // Some thousands a second, so that the rest of the machine has its share.
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  /**
   * Half of the keys are looked at, then each gets what another holds, whether that had been looked
   * at or not: on the replica all those others are corrupt, so that no layout hides them all.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis.call('RENAME', 'staging:' .. i, 'old:' .. i)",
        "redis.call('DEL', 'old:' .. i) redis.call('RENAMENX', 'staging:' .. i, 'old:' .. i)",
        "redis.call('COPY', 'staging:' .. i, 'old:' .. i, 'REPLACE')"
            + " redis.call('DEL', 'staging:' .. i)",
        "redis.call('SUNIONSTORE', 'old:' .. i, 'set:' .. i) redis.call('DEL', 'set:' .. i)",
        "redis.call('SORT', 'set:' .. i, 'ALPHA', 'STORE', 'old:' .. i)"
            + " redis.call('DEL', 'set:' .. i)"
      })
  void whatGotANameThatHadBeenLookedAtIsLookedAt(String came) throws Exception {
    String what = came.contains("set:") ? "set:" : "staging:";
    script(
        pair.source(),
        what.equals("set:")
            ? "redis.call('SADD', 'set:' .. i, 'v' .. i)"
            : "redis.call('SET', 'staging:' .. i, 'v' .. i)");
    pair.sync();
    script(
        pair.replica(),
        what.equals("set:")
            ? "redis.call('SADD', 'set:' .. i, 'corrupt')"
            : "redis.call('SET', 'staging:' .. i, 'corrupt')");
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    script(pair.source(), came);
    pair.sync();

    VerifySummary summary = end(verifying);

    assertThat(mismatches(summary).stream().filter(row -> row.key().asUtf8().startsWith("old:")))
        .extracting(row -> row.key().asUtf8())
        .hasSize(KEYS)
        .doesNotHaveDuplicates();
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.notLookedAt().moves()).isZero();
  }

  @Test
  void whatIsMissingStaysMissingWhereSomethingMovedMeanwhile() throws Exception {
    script(pair.replica(), "if i % 4 == 0 then redis.call('DEL', 'old:' .. i) end");
    pair.source().expect("SET", "staging", "v");
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    pair.source().expect("RENAME", "staging", "swapped");

    VerifySummary summary = end(verifying);

    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(KEYS / 4);
    assertThat(mismatches(summary)).hasSize(KEYS / 4);
    assertThat(summary.incomplete()).isNull();
  }

  @Test
  void whatTheReplicaAloneMadeUnderANameThatHadBeenLookedAtIsExtra() throws Exception {
    pair.source().expect("SET", "from", "v");
    pair.sync();
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    script(pair.source(), "if i % 100 == 0 then redis.call('DEL', 'old:' .. i) end");
    pair.sync();
    script(pair.replica(), "if i % 100 == 0 then redis.call('COPY', 'from', 'old:' .. i) end");

    VerifySummary summary = end(verifying);

    assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(KEYS / 100);
    assertThat(mismatches(summary)).hasSize(KEYS / 100);
  }

  @Test
  void whatMovesWhileAllIsLookedAtOnceMoreIsTold() throws Exception {
    writing = true;
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (RedisConnection to = RedisConnection.open(pair.servers().source())) {
                for (int i = 1; writing; i = i % KEYS + 1) {
                  to.expect("SET", "next", "v" + i);
                  to.expect("RENAME", "next", "old:" + i);
                  LockSupport.parkNanos(5_000_000);
                }
              }
            });

    VerifySummary summary = end(begin(pair.request().withRate(RATE), told -> {}));

    writing = false;
    writer.get(10, TimeUnit.SECONDS);
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.notLookedAt().moves()).isPositive();
    assertThat(summary.incomplete()).isNull();
  }

  @Test
  void keysThatAreRenamedToAndFroAreAllLookedAt() throws Exception {
    script(pair.replica(), "if i % 10 == 0 then redis.call('SET', 'old:' .. i, 'corrupt') end");
    CompletableFuture<VerifySummary> verifying = halfway(pair.request());
    for (int i = 0; i < 4; i++) {
      script(
          pair.source(),
          i % 2 == 0
              ? "redis.call('RENAME', 'old:' .. i, 'new:' .. i)"
              : "redis.call('RENAME', 'new:' .. i, 'old:' .. i)");
      Thread.sleep(100);
    }

    VerifySummary summary = end(verifying);

    assertThat(mismatches(summary))
        .extracting(row -> Integer.parseInt(row.key().asUtf8().substring("old:".length())))
        .allMatch(i -> i % 10 == 0)
        .containsOnly(
            IntStream.rangeClosed(1, KEYS / 10).mapToObj(i -> 10 * i).toArray(Integer[]::new));
  }
}
