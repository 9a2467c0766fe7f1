package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expiries come to where the two servers' clocks differ. */
class ClockSkewJudgementTest {
  private static final long TOLERANCE = 1000;

  @ParameterizedTest
  @CsvSource({
    // source's time to live, replica's, its clock is ahead by: what it comes to
    "60000, 55000, 5000, EQUAL",
    "60000, 65000, -5000, EQUAL",
    "60000, 60000, 0, EQUAL",
    "60000, 60000, 5000, TTL_DIFFERS",
    "60000, 55000, 0, TTL_DIFFERS",
    "60000, 55000, -5000, TTL_DIFFERS",
    "60000, 53000, 5000, TTL_DIFFERS",
    "60000, 54001, 5000, EQUAL",
    "60000, -1, 5000, TTL_DIFFERS",
  })
  void timesToLiveAreComparedNetOfIt(long mine, long others, long ahead, KeyVerdict verdict) {
    KeyState source = key("string", mine, 0);
    KeyState replica = key("string", others, ahead);

    assertThat(Judgement.of(source, replica, TOLERANCE).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    // a key of a full sync, one of the stream of a source up to 6.2, and what is neither
    "60000, 55000, 5000, EQUAL",
    "60000, 60000, 5000, EQUAL",
    "60000, 61000, 5000, EQUAL",
    "60000, 65000, -5000, EQUAL",
    "60000, 60000, -5000, EQUAL",
    "60000, 57500, 5000, TTL_DIFFERS",
    "60000, 65000, 5000, TTL_DIFFERS",
    "60000, 53000, 5000, TTL_DIFFERS",
    "60000, -1, 5000, TTL_DIFFERS",
  })
  void aTimeToLiveThatWasReplicatedAsSuchRunsOnEitherClockAlike(
      long mine, long others, long ahead, KeyVerdict verdict) {
    KeyState source = KeyStates.of("string", expiry(mine, null, 0, true));
    KeyState replica = KeyStates.of("string", expiry(others, null, ahead, true));

    assertThat(Judgement.of(source, replica, TOLERANCE).verdict()).isEqualTo(verdict);
  }

  @Test
  void momentsOfExpiryAreTheSameOnAnyClock() {
    KeyState source = KeyStates.of("string", expiry(60_000, 1_000_000L, 0, false));
    KeyState replica = KeyStates.of("string", expiry(55_000, 1_000_000L, 5000, false));
    assertThat(Judgement.of(source, replica, TOLERANCE)).isEqualTo(Judgement.EQUAL);

    KeyState later = KeyStates.of("string", expiry(55_000, 1_005_000L, 5000, false));
    assertThat(Judgement.of(source, later, TOLERANCE).verdict()).isEqualTo(KeyVerdict.TTL_DIFFERS);
  }

  @ParameterizedTest
  @CsvSource({
    "4000, 5000, UNSETTLED",
    "6000, 5000, UNSETTLED",
    "6001, 5000, UNSETTLED",
    "6002, 5000, MISSING_ON_REPLICA",
    "6003, 5000, MISSING_ON_REPLICA",
    "60000, 5000, MISSING_ON_REPLICA",
    "-1, 5000, MISSING_ON_REPLICA",
    "4000, -5000, MISSING_ON_REPLICA",
    "4000, 0, MISSING_ON_REPLICA",
  })
  void whatHasExpiredByTheReplicasClockAloneIsNotLost(long ttl, long ahead, KeyVerdict verdict) {
    Judgement judgement = Judgement.of(key("string", ttl, 0), key(null, -2, ahead), TOLERANCE);

    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.detail().contains("by the replica's clock, which is 5.00 s ahead"))
        .isEqualTo(verdict == KeyVerdict.UNSETTLED);
  }

  @Test
  void whatOnlyTheReplicaHasIsExplainedByNoClock() {
    assertThat(Judgement.of(key(null, -2, 0), key("string", 3000, 5000), TOLERANCE).verdict())
        .isEqualTo(KeyVerdict.EXTRA_ON_REPLICA);
  }

  @ParameterizedTest
  @CsvSource({
    // what the fields a and b have left on the source, how far the replica's clock is ahead
    "4000, 5000, 5000, UNSETTLED",
    "6000, 100, 5000, UNSETTLED",
    "6001, 100, 5000, UNSETTLED",
    "6002, 100, 5000, VALUE_DIFFERS",
    "6003, 100, 5000, VALUE_DIFFERS",
    "100, 6003, 5000, VALUE_DIFFERS",
    "4000, -1, 5000, VALUE_DIFFERS",
    "-1, -1, 5000, VALUE_DIFFERS",
    ", 4000, 5000, UNSETTLED",
    ", , 5000, UNSETTLED",
    "900, 900, 0, VALUE_DIFFERS",
    "900, 900, -5000, VALUE_DIFFERS",
  })
  void fieldsThatHaveExpiredByTheReplicasClockAloneAreNotLost(
      @Nullable Long ofA, @Nullable Long ofB, long ahead, KeyVerdict verdict) {
    Map<Bytes, Long> left = new HashMap<>();
    if (ofA != null) {
      left.put(Bytes.utf8("a"), ofA);
    }
    if (ofB != null) {
      left.put(Bytes.utf8("b"), ofB);
    }
    Judgement found = Judgement.ofDifferences(hash("a", "b", "c").against(hash("c"), TOLERANCE));

    Judgement judgement = found.ofFields(left, expiry(-1, null, ahead, false).clock(), TOLERANCE);

    assertThat(found.verdict()).isEqualTo(KeyVerdict.VALUE_DIFFERS);
    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.detail().contains("by the replica's clock, which is 5.00 s ahead"))
        .isEqualTo(verdict == KeyVerdict.UNSETTLED);
  }

  @Test
  void whereOneFieldDiffersByItsValueNoClockExplainsTheOthers() {
    Content replica = hash("c");
    replica.part(Bytes.utf8("b"), Blob.of(Bytes.utf8("other")));

    Judgement found = Judgement.ofDifferences(hash("a", "b", "c").against(replica, TOLERANCE));

    assertThat(found.ofFields(Map.of(), expiry(-1, null, 5000, false).clock(), TOLERANCE))
        .isEqualTo(found);
  }

  private static Content hash(String... fields) {
    Content content = new Content();
    for (String field : fields) {
      content.part(Bytes.utf8(field), Blob.of(Bytes.utf8("value")));
    }
    return content;
  }

  private static KeyState key(@Nullable String type, long ttl, long aheadMillis) {
    return KeyStates.of(type, expiry(ttl, null, aheadMillis, false));
  }

  private static KeyExpiry expiry(
      long ttl, @Nullable Long atMillis, long aheadMillis, boolean relative) {
    return new KeyExpiry(ttl, atMillis, new ClockSkew(aheadMillis * 1000, 1000), relative, 0, 0);
  }
}
