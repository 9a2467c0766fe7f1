package io.syncanalyzer.verify;

import static io.syncanalyzer.verify.VerifiedPair.mismatches;
import static io.syncanalyzer.verify.VerifiedPair.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RawConnection;
import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.verify.scan.KeyBatch;
import io.syncanalyzer.verify.scan.KeyScan;
import io.syncanalyzer.verify.scan.NameFilter;
import io.syncanalyzer.verify.scan.VerifyScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a verification stops, what it leaves out, and how far it says it is. */
class VerifyBoundsIT {
  @TempDir private Path folder;
  private VerifiedPair pair;

  @BeforeEach
  void start() {
    pair = new VerifiedPair(TestServers.onPath(), folder).filled(5000);
  }

  @AfterEach
  void stop() {
    pair.close();
  }

  @Test
  void itStopsAtExactlyTheLimitAndTheRestIsNotLookedAt() {
    pair.replica().expect("FLUSHALL");
    for (int limit : List.of(1, 3, 1000)) {
      VerifySummary summary = verify(pair.request().withMaxMismatches(limit));
      assertThat(summary.incomplete()).isNull();
      assertThat(summary.stoppedEarly()).isTrue();
      assertThat(mismatches(summary)).hasSize(limit);
      assertThat(summary.mismatched()).isEqualTo(limit);
      assertThat(summary.keys(KeyVerdict.EQUAL)).isZero();
      assertThat(summary.withoutVerdict()).isEqualTo(5040 - limit);
    }
  }

  @Test
  void theLimitIsKeptAmongExtraKeysToo() {
    for (int i = 0; i < 50; i++) {
      pair.replica().expect("SET", "extra" + i, "v");
    }
    VerifySummary summary = verify(pair.request().withMaxMismatches(7));
    assertThat(summary.stoppedEarly()).isTrue();
    assertThat(mismatches(summary)).hasSize(7);
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(5040);
    assertThat(summary.withoutVerdict()).isEqualTo(0);
    assertThat(summary.notes()).anyMatch(note -> note.contains("not all of the replica"));
  }

  @Test
  void aLimitThatIsNotReachedStopsNothing() {
    pair.replica().expect("DEL", "string:1", "string:2");
    VerifySummary summary = verify(pair.request().withMaxMismatches(3));
    assertThat(summary.stoppedEarly()).isFalse();
    assertThat(summary.mismatched()).isEqualTo(2);
    assertThat(summary.keys()).isEqualTo(5040);
    assertThat(summary.withoutVerdict()).isEqualTo(0);
  }

  @Test
  void aScanKnowsHowManyKeysItHasPassedOverWhateverIsLeftOut() {
    for (VerifyScope scope :
        List.of(
            scope("string:1?", null, 100),
            scope(null, "string:*", 100),
            scope(null, null, 1),
            VerifyScope.ofDatabase(0))) {
      for (@Nullable String type : new @Nullable String[] {null, "hash"}) {
        try (RawConnection connection = RawConnection.open(pair.servers().source())) {
          KeyScan scan =
              new KeyScan(
                  connection,
                  new NameFilter(scope, 0, Bytes.utf8("sa:it:"), SlotSet.ALL, KeyScan.Filter.ALL),
                  type,
                  1000,
                  "0");
          KeyBatch batch = new KeyBatch(0, 1000);
          for (int calls = 1; calls <= 3; calls++) {
            assertThat(scan.next(batch)).isTrue();
            assertThat(scan.scanned()).isBetween(calls * 1000L, calls * 1000L + 100);
          }
          while (scan.next(batch)) {
            assertThat(scan.leftOut()).isEqualTo(scan.scanned() - batch.count());
          }
          assertThat(scan.scanned()).isBetween(5040L, 6000L);
        }
      }
    }
  }

  private static VerifyScope scope(
      @Nullable String match, @Nullable String exclude, double samplePercent) {
    return new VerifyScope(
        0,
        match == null ? null : Bytes.utf8(match),
        exclude == null ? null : Bytes.utf8(exclude),
        Set.of(),
        samplePercent);
  }

  @Test
  void severalTypesArePickedFromOneScanOnBothSides() {
    pair.replica().expect("DEL", "hash:1", "zset:1", "list:1");
    pair.replica().expect("SET", "hash:2", "v");
    pair.replica().expect("DEL", "string:1");
    pair.replica().expect("HSET", "string:1", "f", "v");
    pair.replica().expect("RPUSH", "extra-list", "v");
    pair.replica().expect("HSET", "extra-hash", "f", "v");
    VerifySummary summary =
        verify(pair.request().with(new VerifyScope(0, null, null, Set.of("hash", "zset"), 100)));
    assertThat(mismatches(summary).stream().map(m -> m.key().asUtf8() + " " + m.verdict()))
        .containsExactlyInAnyOrder(
            "hash:1 MISSING_ON_REPLICA",
            "zset:1 MISSING_ON_REPLICA",
            "hash:2 TYPE_DIFFERS",
            "string:1 TYPE_DIFFERS",
            "extra-hash EXTRA_ON_REPLICA");
    assertThat(summary.keys(KeyVerdict.EQUAL)).isEqualTo(17);
  }

  @Test
  void aTypeThatNoKeyHasIsSaidToMatchNothing() {
    VerifySummary summary =
        verify(pair.request().with(new VerifyScope(0, null, null, Set.of("stream"), 100)));
    assertThat(summary.keys()).isZero();
    assertThat(summary.notes()).anyMatch(note -> note.startsWith("no key matched"));
    assertThat(pair.source().expect("DBSIZE")).isEqualTo(new Reply.Int(5040));
  }
}
