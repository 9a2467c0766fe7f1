package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.begin;
import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.verify.scan.VerifyScope;
import io.syncanalyzer.verify.server.VerifyFailure;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to while it is compared, in the ways that mislead a reader most easily. */
class VerifyChurnIT {
  private static final int LARGE = 20;
  private static final int SMALL = 200;

  @TempDir private Path folder;
  private VerifiedPair pair;
  private volatile boolean toggling;
  private CompletableFuture<Void> toggler = CompletableFuture.completedFuture(null);

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder);
  }

  @AfterEach
  void stop() throws Exception {
    endToggling();
    pair.close();
  }

  /** Writes to the source until it is stopped: each round one, then the other of two values. */
  private void beginToggling(BiConsumer<RawConnection, String> round) {
    toggling = true;
    Endpoint source = pair.servers().source();
    toggler =
        CompletableFuture.runAsync(
            () -> {
              try (RawConnection connection = RawConnection.open(source)) {
                for (int i = 0; toggling; i++) {
                  round.accept(connection, i % 2 == 0 ? "a" : "b");
                }
              }
            });
  }

  private void endToggling() throws Exception {
    toggling = false;
    toggler.get(10, TimeUnit.SECONDS);
  }

  private void fillLarge() {
    for (int key = 0; key < LARGE; key++) {
      pair.source()
          .expect(
              "EVAL",
              "for i = 1, 1500 do redis.call('HSET', KEYS[1], 'f' .. i, i);"
                  + " redis.call('SADD', KEYS[2], i) end",
              "2",
              "hash:" + key,
              "set:" + key);
    }
    pair.sync();
  }

  private static void toggleLarge(RawConnection connection, String value) {
    for (int key = 0; key < LARGE; key++) {
      connection.out().command("HSET", "hash:" + key, "f7", value);
      connection.out().command(value.equals("a") ? "SADD" : "SREM", "set:" + key, "moving");
    }
    drain(connection, 2 * LARGE);
  }

  private static void toggleSmall(RawConnection connection, String value) {
    for (int key = 0; key < SMALL; key++) {
      if (key % 2 == 0) {
        connection.out().command("SET", "small:" + key, value);
      } else if (value.equals("a")) {
        connection.out().command("SET", "small:" + key, "there");
      } else {
        connection.out().command("DEL", "small:" + key);
      }
    }
    drain(connection, SMALL);
  }

  private static void drain(RawConnection connection, int replies) {
    connection.out().flush();
    for (int i = 0; i < replies; i++) {
      connection.in().next();
      connection.in().skipRest();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void partsOfLargeValuesThatGoBackAndForthAreNoMismatch(boolean watch) throws Exception {
    fillLarge();
    forbidWatchUnless(watch);
    beginToggling(VerifyChurnIT::toggleLarge);
    for (int i = 0; i < 2; i++) {
      VerifySummary summary = verify(pair.request());
      assertThat(mismatches(summary)).filteredOn(row -> row.verdict().isMismatch()).isEmpty();
      assertThat(summary.keys()).isEqualTo(2 * LARGE);
    }
    endToggling();
    assertThat(verify(pair.request()).keys(KeyVerdict.EQUAL)).isEqualTo(2 * LARGE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPartThatDiffersBesideOthersThatGoBackAndForthIsFound(boolean watch) throws Exception {
    fillLarge();
    pair.replica().expect("HSET", "hash:3", "f1400", "other");
    pair.replica().expect("SREM", "set:4", "1");
    forbidWatchUnless(watch);
    beginToggling(VerifyChurnIT::toggleLarge);
    VerifySummary summary = verify(pair.request());
    assertThat(mismatches(summary))
        .filteredOn(row -> row.verdict() == KeyVerdict.VALUE_DIFFERS)
        .extracting(row -> row.key().asUtf8())
        .containsExactlyInAnyOrder("hash:3", "set:4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void smallKeysThatComeAndGoAreNoMismatchAndOneThatIsMissingIsFound(boolean watch)
      throws Exception {
    pair.filled(500);
    pair.replica().expect("DEL", "string:7");
    forbidWatchUnless(watch);
    beginToggling(VerifyChurnIT::toggleSmall);
    for (int i = 0; i < 2; i++) {
      assertThat(mismatches(verify(pair.request())))
          .filteredOn(row -> row.verdict().isMismatch())
          .extracting(row -> row.key().asUtf8())
          .containsExactly("string:7");
    }
  }

  private static void grow(RawConnection connection, String value) {
    connection
        .out()
        .command(
            "EVAL",
            "redis.call('INCR', 'n');"
                + " return redis.call('HSET', 'growing', 'g' .. redis.call('GET', 'n'), 1)",
            "0");
    drain(connection, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFieldThatOnlyTheReplicaHasIsFoundThoughTheSourceGrowsByAsManyAllTheTime(boolean watch)
      throws Exception {
    for (int i = 0; i < 2000; i++) {
      pair.source().expect("HSET", "growing", "f" + i, "v");
    }
    pair.sync();
    pair.replica().expect("HSET", "growing", "extra", "v");
    forbidWatchUnless(watch);
    beginToggling(VerifyChurnIT::grow);
    for (int i = 0; i < 3; i++) {
      assertThat(mismatches(verify(pair.request())))
          .filteredOn(row -> row.key().asUtf8().equals("growing"))
          .extracting(Mismatch::verdict)
          .containsExactly(KeyVerdict.VALUE_DIFFERS);
    }
    pair.replica().expect("HDEL", "growing", "extra");
    for (int i = 0; i < 3; i++) {
      assertThat(mismatches(verify(pair.request())))
          .filteredOn(row -> row.key().asUtf8().equals("growing"))
          .isEmpty();
    }
  }

  private static void shift(RawConnection connection, String value) {
    connection.out().command("LPUSH", "list", value);
    connection.out().command("LTRIM", "list", "0", "2999");
    drain(connection, 2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLargeListWhoseElementsShiftIsNeverCalledEqualThoughOneDiffers(boolean watch)
      throws Exception {
    for (int i = 0; i < 3000; i++) {
      pair.source().expect("RPUSH", "list", "element" + i);
    }
    pair.sync();
    pair.replica().expect("LSET", "list", "200", "other");
    forbidWatchUnless(watch);
    assertThat(verify(pair.request()).keys(KeyVerdict.VALUE_DIFFERS)).isEqualTo(1);
    beginToggling(
        (connection, value) -> {
          shift(connection, value);
          java.util.concurrent.locks.LockSupport.parkNanos(3_000_000);
        });
    for (int i = 0; i < 2; i++) {
      assertThat(verify(pair.request()).keys(KeyVerdict.EQUAL)).isZero();
    }
    endToggling();
    pair.source().expect("DEL", "list");
    pair.source().expect("SET", "other", "v");
    pair.sync();
    assertThat(verify(pair.request()).keys(KeyVerdict.EQUAL)).isEqualTo(1);
  }

  @Test
  void keysThatComeAndGoAndAFlushOfAnotherDatabaseMeanNothing() throws Exception {
    pair.filled(5000);
    beginToggling(VerifyChurnIT::toggleSmall);
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(4000), told -> {});
    Thread.sleep(500);
    try (RedisConnection other = RedisConnection.open(pair.servers().source().withDatabase(5))) {
      other.expect("SET", "k", "v");
      other.expect("FLUSHDB");
    }
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.incomplete()).isNull();
  }

  private void forbidWatchUnless(boolean allowed) {
    if (!allowed) {
      pair.source().expect("ACL", "SETUSER", "default", "-watch");
    }
  }

  @Test
  void anExpiryThatOneSideGetsMeanwhileIsFoundThoughNeitherHadAnyAtTheBegin() throws Exception {
    pair.filled(4000);
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(2000), told -> {});
    Thread.sleep(700);
    pair.replica().expect("PEXPIRE", "string:1", "1000000");
    pair.source().expect("PEXPIRE", "string:2", "1000000");
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(mismatches(summary))
        .extracting(row -> row.key().asUtf8(), Mismatch::verdict)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("string:1", KeyVerdict.TTL_DIFFERS));
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(4039);
    assertThat(summary.keys()).isEqualTo(4040);
  }

  @Test
  void keysThatAreMissingAreSettledOnceThoughAnExpiryAppearsMeanwhile() throws Exception {
    pair.filled(4000);
    for (int i = 0; i < 500; i++) {
      pair.replica().expect("DEL", "string:" + i);
    }
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(2000), told -> {});
    Thread.sleep(700);
    pair.source().expect("PEXPIRE", "string:2000", "1000000");
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.keys(KeyVerdict.MISSING_ON_REPLICA)).isEqualTo(500);
    assertThat(summary.notes()).noneMatch(note -> note.contains("came up again"));
  }

  @Test
  void extraKeysAreFoundThoughASaveHasSetTheCountOfWritesToNothing() throws Exception {
    pair.filled(4000);
    pair.source().expect("SAVE");
    pair.replica().expect("SAVE");
    Thread.sleep(1100);
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(2000), told -> {});
    Thread.sleep(1500);
    // Looked at already, most of them: what takes their place must not be hidden by the numbers.
    for (int i = 0; i < 40; i++) {
      pair.replica().expect("DEL", "string:" + i);
      pair.replica().expect("SET", "extra:" + i, "v");
    }
    pair.replica().expect("SAVE");
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.keys(KeyVerdict.EXTRA_ON_REPLICA)).isEqualTo(40);
  }

  @Test
  void aKeyThatMayNotBeReadIsUnreadableAndTheOthersAreCompared() {
    for (String key : new String[] {"a:1", "a:2", "b:1", "b:2"}) {
      pair.source().expect("SET", key, "v");
    }
    pair.sync();
    pair.replica().expect("SET", "a:2", "other");
    pair.source().expect("ACL", "SETUSER", "default", "resetkeys", "~a:*", "~sa:*");
    VerifySummary summary = verify(pair.request());
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(1);
    assertThat(summary.keys(KeyVerdict.VALUE_DIFFERS)).isEqualTo(1);
    assertThat(summary.keys(KeyVerdict.UNREADABLE)).isEqualTo(2);
    assertThat(summary.sourceKeys()).isEqualTo(4);
    assertThat(summary.replicaKeys()).isEqualTo(4);
    assertThat(summary.commonKeys()).isEqualTo(4);
  }

  @Test
  void aSourceFlushedMeanwhileLeavesItIncompleteWhateverTheScope() throws Exception {
    pair.filled(8000);
    VerifyScope some = new VerifyScope(0, Bytes.utf8("string:*"), null, java.util.Set.of(), 100);
    CompletableFuture<VerifySummary> verifying =
        begin(pair.request().with(some).withRate(4000), told -> {});
    Thread.sleep(700);
    pair.source().expect("FLUSHALL");
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(mismatches(summary)).isEmpty();
    assertThat(summary.incompleteKind()).isEqualTo(VerifyFailure.Kind.CHANGED);
    assertThat(summary.incomplete()).contains("the source was flushed");
  }

  @Test
  void aFlushOfAnotherDatabaseMeansNothing() throws Exception {
    pair.filled(3000);
    CompletableFuture<VerifySummary> verifying = begin(pair.request().withRate(3000), told -> {});
    Thread.sleep(500);
    try (RedisConnection other = RedisConnection.open(pair.servers().source().withDatabase(5))) {
      other.expect("SET", "k", "v");
      other.expect("FLUSHDB");
    }
    VerifySummary summary = verifying.get(30, TimeUnit.SECONDS);
    assertThat(summary.incomplete()).isNull();
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(3040);
  }
}
