package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyRow;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries of functions replicate as keys do, and are compared as they are. */
class FunctionsIT {
  @TempDir private Path folder;
  private VerifiedPair pair;
  private volatile boolean writing;

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder);
    pair.source().expect("SET", "key", "v");
    for (String name : new String[] {"equal", "other", "missing"}) {
      load(pair.source(), name, "1");
    }
    pair.sync();
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  private static String code(String name, String value) {
    return "#!lua name="
        + name
        + "\nredis.register_function('f_"
        + name
        + "', function() return "
        + value
        + " end)";
  }

  private static void load(RedisConnection server, String name, String value) {
    server.expect("FUNCTION", "LOAD", "REPLACE", code(name, value));
  }

  private void differ() {
    load(pair.replica(), "other", "2");
    load(pair.replica(), "extra", "1");
    pair.replica().expect("FUNCTION", "DELETE", "missing");
  }

  @Test
  void eachLibraryThatDiffersHasItsRow() {
    assertThat(verify(pair.request()).functions())
        .extracting(VerifyRow::verdict, VerifyRow::keys, VerifyRow::elements)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(KeyVerdict.EQUAL, 3L, 3L));
    differ();

    VerifySummary summary = verify(pair.request());

    assertThat(mismatches(summary))
        .extracting(
            Mismatch::db,
            row -> row.key().asUtf8(),
            Mismatch::verdict,
            Mismatch::typeSource,
            Mismatch::typeReplica,
            Mismatch::field)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                null, "extra", KeyVerdict.EXTRA_ON_REPLICA, null, "function", null),
            org.assertj.core.groups.Tuple.tuple(
                null, "missing", KeyVerdict.MISSING_ON_REPLICA, "function", null, null),
            org.assertj.core.groups.Tuple.tuple(
                null, "other", KeyVerdict.VALUE_DIFFERS, "function", "function", "code"));
    assertThat(mismatches(summary).get(2).replicaValue()).contains("return 2 end");
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(1);
    assertThat(summary.mismatched()).isZero();
    assertThat(summary.sourceKeys()).isEqualTo(1);
  }

  @Test
  void whereKeysArePickedByNameOrTypeFunctionsAreNotCompared() {
    differ();
    VerifyScope byName = new VerifyScope(null, Bytes.utf8("k*"), null, Set.of(), 100);

    VerifySummary summary = verify(pair.request().with(byName));

    assertThat(summary.functions()).isEmpty();
    assertThat(mismatches(summary)).isEmpty();
    assertThat(verify(pair.request().with(VerifyScope.ofDatabase(0))).functions()).hasSize(4);
  }

  @Test
  void whoMayNotReadThemIsToldHowManyWereNotLookedAt() {
    differ();
    pair.source().expect("ACL", "SETUSER", "default", "-function");

    VerifySummary summary = verify(pair.request());

    assertThat(summary.notLookedAt().functions()).isEqualTo(3);
    assertThat(summary.notes())
        .anyMatch(
            note ->
                note.startsWith("libraries of functions were not compared: the source does not")
                    && note.contains("grant +function|list"));
    pair.source().expect("ACL", "SETUSER", "default", "+function");
    pair.source().expect("FUNCTION", "FLUSH");
    pair.replica().expect("FUNCTION", "FLUSH");
    pair.source().expect("ACL", "SETUSER", "default", "-function");

    VerifySummary none = verify(pair.request());

    assertThat(none.notLookedAt().functions()).isZero();
    assertThat(none.notes()).noneMatch(note -> note.contains("functions"));
  }

  @Test
  void oneThatIsLoadedAgainAndAgainIsNoMismatch() throws Exception {
    writing = true;
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (RawConnection connection = RawConnection.open(pair.servers().source())) {
                for (int i = 0; writing; i++) {
                  connection.expect("FUNCTION", "LOAD", "REPLACE", code("equal", "" + i % 2));
                }
              }
            });
    for (int i = 0; i < 3; i++) {
      assertThat(mismatches(verify(pair.request())))
          .filteredOn(row -> row.verdict().isMismatch())
          .isEmpty();
    }
    writing = false;
    writer.get(10, TimeUnit.SECONDS);
  }
}
