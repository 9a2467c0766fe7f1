package io.syncanalyzer.verify.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Blob;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.server.ClockSkew;
import io.syncanalyzer.result.verify.KeyVerdict;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final KeyState A = KeyStates.of("string", Contents.of("=a"));

  @Test
  void eachVerdictSaysWhy() {
    assertThat(Judgement.of(A, A, 0)).isEqualTo(Judgement.EQUAL);
    assertThat(Judgement.of(KeyStates.absent(), KeyStates.absent(), 0)).isSameAs(Judgement.GONE);
    assertThat(Judgement.of(A, KeyStates.absent(), 0).detail()).isEqualTo("a string on the source");
    assertThat(Judgement.of(KeyStates.absent(), A, 0).detail())
        .isEqualTo("a string on the replica");
    KeyState hash = KeyStates.of("hash", Contents.of("=a"));
    assertThat(Judgement.of(A, hash, 0).detail()).isEqualTo("string on the source, hash");
    assertThat(Judgement.of(KeyStates.refused("NOPERM a"), KeyStates.refused("NOPERM b"), 0))
        .isEqualTo(new Judgement(KeyVerdict.UNREADABLE, null, "source: NOPERM a"));
    assertThat(Judgement.of(A, KeyStates.refused("NOPERM b"), 0).detail())
        .isEqualTo("replica: NOPERM b");
    assertThat(Judgement.of(KeyStates.torn(A), A, 0).detail())
        .isEqualTo("it changed while it was read");
    assertThat(Judgement.of(A, KeyStates.torn(A), 0).verdict()).isEqualTo(KeyVerdict.UNSETTLED);
    KeyState expiring = KeyStates.expiring("string", Contents.of("=a"), 7000);
    assertThat(Judgement.of(expiring, A, 0).detail())
        .isEqualTo("expires in 7000 ms on the source, in no time on the replica");
    assertThat(Judgement.of(A, expiring, 0).detail())
        .isEqualTo("expires in no time on the source, in 7000 ms on the replica");
    assertThat(
            Judgement.of(
                KeyStates.expiring("string", Contents.of("=a"), 10), KeyStates.absent(), 10))
        .isEqualTo(Judgement.unsettled("it is about to expire"));
  }

  @Test
  void ofLargeValuesOnlyWhatIsKnownWithoutTheirContentIsJudged() {
    KeyState large = KeyStates.of("list", KeyStates.expiry(-1L));
    KeyState small = KeyStates.of("list", Contents.of("0=a"));
    assertThat(Judgement.of(large, small, 0)).isEqualTo(Judgement.EQUAL);
    assertThat(Judgement.of(small, large, 0)).isEqualTo(Judgement.EQUAL);
    assertThat(Judgement.of(large, KeyStates.of("list", KeyStates.expiry(9L)), 0).verdict())
        .isEqualTo(KeyVerdict.TTL_DIFFERS);
  }

  @Test
  void whatDiffersComesBeforeTheExpiry() {
    KeyState source = KeyStates.expiring("hash", Contents.of("f=a", "g=b"), 5000);
    KeyState replica = KeyStates.expiring("hash", Contents.of("f=x"), 90_000);
    Judgement judgement = Judgement.of(source, replica, 0);
    assertThat(judgement.verdict()).isEqualTo(KeyVerdict.VALUE_DIFFERS);
    assertThat(judgement.detail()).isEqualTo("2 parts differ: f, g (only on the source)");
    Content.Difference first = Objects.requireNonNull(judgement.difference());
    assertThat(first.name().asUtf8()).isEqualTo("f");
    assertThat(judgement.sourceOnly()).isEmpty();
    assertThat(Judgement.of(source, KeyStates.of("hash", Contents.of()), 0).sourceOnly())
        .containsExactly(Bytes.utf8("f"), Bytes.utf8("g"));
    assertThat(Judgement.of(KeyStates.of("hash", Contents.of()), replica, 0).sourceOnly())
        .isEmpty();
  }

  private static KeyState payload(int version, String body) {
    Content content = new Content();
    if (!body.isEmpty()) {
      content.part(Payload.BODY, Blob.of(Bytes.utf8(body)));
    }
    content.version(version);
    return KeyStates.of("ReJSON-RL", content);
  }

  @ParameterizedTest
  @CsvSource({
    "11, abc, 11, abc, EQUAL",
    "11, abc, 12, abc, EQUAL",
    "11, '\u0007abc', 11, '\u0007abd', VALUE_DIFFERS",
    "11, abc, 12, abd, UNREADABLE",
    "0, abc, 1, abd, UNREADABLE",
    "0, '\u0007abc', 0, '\u0007abd', VALUE_DIFFERS",
    "-1, '\u0007abc', 1, '\u0007abd', VALUE_DIFFERS",
    // a server's own types, kept in ways that nobody here knows
    "11, abc, 11, abd, UNREADABLE",
    "11, abc, 11, '\u0007bd', UNREADABLE",
    "11, '\u0007bc', 11, abd, UNREADABLE",
    // modules, whose id has the version in its last bits
    "11, '\u0007123456789X', 11, '\u0007123456789Y', VALUE_DIFFERS",
    "11, '\u0007123456789X', 11, '\u0007123456780Y', UNREADABLE",
    "11, '\u0006123456789X', 11, '\u0007123456780Y', UNREADABLE",
    "11, '\u0007123456789X', 11, '\u0006123456780Y', UNREADABLE",
    "11, '\u000712345678', 11, '\u000712345670', VALUE_DIFFERS",
    "11, '\u0007123456789', 11, '\u0007123456780', UNREADABLE",
    "11, '\u0007123456789', 11, '\u000712345670', VALUE_DIFFERS",
    "11, '\u000712345670', 11, '\u0007123456789', VALUE_DIFFERS",
  })
  void payloadsOfOtherVersionsCannotBeTold(
      int mine, String body, int others, String other, KeyVerdict verdict) {
    assertThat(Judgement.of(payload(mine, body), payload(others, other), 0).verdict())
        .isEqualTo(verdict);
  }

  @Test
  void aFieldOfAHashMayHaveTheNameOfAPayload() {
    Judgement judgement =
        Judgement.of(
            KeyStates.of("hash", Contents.of("serialized payload=a", "f=1")),
            KeyStates.of("hash", Contents.of("serialized payload=a", "f=2")),
            0);
    assertThat(judgement.verdict()).isEqualTo(KeyVerdict.VALUE_DIFFERS);
  }

  @Test
  void aPayloadThatOneSideLacksDiffers() {
    assertThat(Judgement.of(payload(11, "\u0007123456789X"), payload(11, ""), 0).verdict())
        .isEqualTo(KeyVerdict.VALUE_DIFFERS);
    assertThat(Judgement.of(payload(11, ""), payload(11, "\u0007123456789X"), 0).verdict())
        .isEqualTo(KeyVerdict.VALUE_DIFFERS);
    assertThat(Judgement.of(payload(11, "a"), payload(12, "b"), 0).detail())
        .contains("so do their versions (11 and 12), so that");
    assertThat(
            Judgement.of(payload(11, "\u0007123456789X"), payload(11, "\u0007123456780Y"), 0)
                .detail())
        .contains("the versions of the module that wrote them");
  }

  @Test
  void aDifferenceIsLikeAnotherOfTheSameParts() {
    Judgement one = Judgement.of(A, KeyStates.of("string", Contents.of("=b")), 0);
    assertThat(one.isLike(Judgement.of(A, KeyStates.of("string", Contents.of("=b")), 0))).isTrue();
    assertThat(one.isLike(Judgement.of(A, KeyStates.of("string", Contents.of("=c")), 0))).isFalse();
    assertThat(one.isLike(Judgement.EQUAL)).isFalse();
    assertThat(Judgement.EQUAL.isLike(one)).isFalse();
  }

  @Test
  void whatTheReplicasClockHidesIsSaidWithItsTime() {
    KeyExpiry ahead = new KeyExpiry(-2L, null, new ClockSkew(5_000_000, 0), false, 0, 0);
    Judgement judgement =
        Judgement.of(
            KeyStates.expiring("string", Contents.of("=a"), 4000), KeyStates.of(null, ahead), 100);
    assertThat(judgement.detail())
        .isEqualTo(
            "it has expired by the replica's clock, which is 5.00 s ahead of the source's, and"
                + " lives for another 4000 ms on the source: it is not lost, but the replica's"
                + " readers miss it");
    KeyExpiry little = new KeyExpiry(-2L, null, new ClockSkew(1, 0), false, 0, 0);
    KeyState soon = KeyStates.expiring("string", Contents.of("=a"), 101);
    assertThat(Judgement.of(soon, KeyStates.of(null, little), 100).verdict())
        .isEqualTo(KeyVerdict.UNSETTLED);
  }

  /** Source, replica: type of expiry, time left, moment; ours asked and answered in ms. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "?",
      value = {
        // mine: left, at, asked, answered; other's; tolerance; same
        "?, ?, 0, 0, 5000, ?, 0, 0, 0, true",
        "5000, ?, 0, 0, ?, ?, 0, 0, 0, true",
        "-1, ?, 0, 0, -1, ?, 0, 0, 0, true",
        "-2, ?, 0, 0, -1, ?, 0, 0, 0, true",
        "-1, ?, 0, 0, 0, ?, 0, 0, 5000, false",
        "0, ?, 0, 0, -1, ?, 0, 0, 5000, false",
        "0, ?, 0, 0, 0, ?, 0, 0, 0, true",
        // moments
        "5000, 700, 0, 0, 9000, 700, 0, 0, 0, true",
        "5000, 700, 0, 0, 5000, 701, 0, 0, 0, false",
        "5000, 700, 0, 0, 5000, 701, 0, 0, 1, true",
        "5000, 701, 0, 0, 5000, 700, 0, 0, 0, false",
        "5000, ?, 0, 0, 5000, 9999, 0, 0, 0, true",
        "5000, 9999, 0, 0, 5000, ?, 0, 0, 0, true",
        // ranges: a reading may be a millisecond late
        "5000, ?, 0, 0, 5001, ?, 0, 0, 0, true",
        "5000, ?, 0, 0, 5002, ?, 0, 0, 0, false",
        "5002, ?, 0, 0, 5000, ?, 0, 0, 0, false",
        "5002, ?, 0, 0, 5000, ?, 0, 0, 1, true",
        // the other was read later, and has less left
        "5000, ?, 100, 110, 4000, ?, 1100, 1110, 0, true",
        "5000, ?, 100, 110, 3989, ?, 1100, 1110, 0, true",
        "5000, ?, 100, 110, 3988, ?, 1100, 1110, 0, false",
        "5000, ?, 100, 110, 4011, ?, 1100, 1110, 0, true",
        "5000, ?, 100, 110, 4012, ?, 1100, 1110, 0, false",
      })
  void expiriesAreComparedAsWhatTheyMayHaveBeen(
      @Nullable Long left,
      @Nullable Long at,
      long asked,
      long answered,
      @Nullable Long otherLeft,
      @Nullable Long otherAt,
      long otherAsked,
      long otherAnswered,
      long tolerance,
      boolean same) {
    KeyExpiry mine = expiry(left, at, asked, answered);
    KeyExpiry other = expiry(otherLeft, otherAt, otherAsked, otherAnswered);
    assertThat(mine.isSameAs(other, tolerance)).isEqualTo(same);
    assertThat(other.isSameAs(mine, tolerance)).isEqualTo(same);
  }

  private static KeyExpiry expiry(
      @Nullable Long left, @Nullable Long at, long asked, long answered) {
    return new KeyExpiry(left, at, ClockSkew.NONE, false, asked * 1_000_000, answered * 1_000_000);
  }

  @Test
  void aTimeToLiveThatOnlyOneSideMayHaveGotAsSuchIsNetOfTheClock() {
    KeyExpiry relative = new KeyExpiry(5000L, null, ClockSkew.NONE, true, 0, 0);
    KeyExpiry ahead = new KeyExpiry(5000L, null, new ClockSkew(3_000_000, 0), false, 0, 0);
    assertThat(relative.isSameAs(ahead, 100)).isFalse();
    assertThat(ahead.isSameAs(relative, 100)).isFalse();
    KeyExpiry net = new KeyExpiry(8000L, null, ClockSkew.NONE, false, 0, 0);
    assertThat(ahead.isSameAs(net, 0)).isTrue();
    assertThat(net.isSameAs(ahead, 0)).isTrue();
    KeyExpiry both = new KeyExpiry(5000L, null, new ClockSkew(9_000_000, 0), true, 0, 0);
    KeyExpiry apart = new KeyExpiry(5101L, null, ClockSkew.NONE, true, 0, 0);
    assertThat(both.isSameAs(apart, 100)).isTrue();
    assertThat(both.isSameAs(apart, 99)).isFalse();
    assertThat(new KeyExpiry(-2L, null, ClockSkew.NONE, true, 0, 0).leftMillis()).isNull();
    assertThat(new KeyExpiry(0L, null, ClockSkew.NONE, true, 0, 0).leftMillis()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "?",
      value = {
        // type, memory, count, large
        "string, 65536, 10, false",
        "string, 65537, 10, true",
        "string, 100, 65536, false",
        "string, 100, 65537, true",
        "string, ?, 65536, false",
        "string, ?, 65537, true",
        "string, ?, ?, false",
        "string, 65537, ?, true",
        "hash, 65536, 1000, false",
        "hash, 65537, 1, true",
        "hash, 100, 1001, true",
        "hash, ?, 100, false",
        "hash, ?, 101, true",
        "hash, ?, ?, false",
        "hash, 65537, ?, true",
        "list, 100, 1001, true",
        "vectorset, ?, 101, true",
        "array, ?, 101, true",
        "ReJSON-RL, 9999999, 9999, false",
        "?, 9999999, 9999, false",
      })
  void aValueIsLargeByItsMemoryOrByItsElements(
      @Nullable String type, @Nullable Long memory, @Nullable Long count, boolean large) {
    assertThat(
            new KeyState(type, KeyStates.expiry(-1L), memory, count, null, null, false).isLarge())
        .isEqualTo(large);
  }

  @Test
  void withoutItsPartsAStateKeepsTheRest() {
    KeyState state = KeyStates.torn(KeyStates.expiring("hash", Contents.of("f=a"), 7));
    KeyState slim = state.withoutParts();
    assertThat(Objects.requireNonNull(slim.content()).parts()).isEmpty();
    assertThat(Objects.requireNonNull(slim.content()).elements()).isEqualTo(1);
    assertThat(slim.torn()).isTrue();
    assertThat(slim.type()).isEqualTo("hash");
    assertThat(slim.expiry()).isEqualTo(state.expiry());
    assertThat(slim.isPresent()).isTrue();
    KeyState refused = KeyStates.refused("no");
    assertThat(refused.withoutParts()).isSameAs(refused);
    assertThat(refused.isRefused()).isTrue();
    assertThat(slim.isRefused()).isFalse();
    assertThat(KeyStates.absent().isPresent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, string",
    "1, list",
    "10, list",
    "14, list",
    "18, list",
    "2, set",
    "11, set",
    "20, set",
    "3, zset",
    "5, zset",
    "12, zset",
    "17, zset",
    "4, hash",
    "9, hash",
    "13, hash",
    "16, hash",
    "22, hash",
    "23, hash",
    "24, hash",
    "25, hash",
    "15, stream",
    "19, stream",
    "21, stream",
    "26, stream",
    "27, stream",
    "28, array",
    "6,",
    "7,",
    "8,",
    "29,",
    "31,",
    "32,",
    "-1,",
  })
  void aPayloadsFirstByteTellsItsType(byte first, @Nullable String type) {
    assertThat(SerializedType.of(first)).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "string, STRLEN",
    "hash, HLEN",
    "list, LLEN",
    "set, SCARD",
    "zset, ZCARD",
    "stream, XLEN",
    "vectorset, VCARD",
    "array, ARCOUNT",
    "ReJSON-RL,",
  })
  void eachTypeHasACommandThatCounts(String type, @Nullable String command) {
    assertThat(KeyReader.countCommand(type)).isEqualTo(command);
  }

  private static Content named(int parts) {
    Content content = new Content();
    for (int i = 0; i < parts; i++) {
      content.part(Bytes.utf8("p" + i), Blob.of(Bytes.utf8("1")));
    }
    return content;
  }

  private static String detail(Content source, Content replica) {
    return Judgement.ofDifferences(source.against(replica, 0)).detail();
  }

  @Test
  void theFirstFiveAreNamedAndThatThereAreMoreIsSaid() {
    assertThat(detail(named(1), new Content()))
        .isEqualTo("1 part differs: p0 (only on the source)");
    assertThat(detail(new Content(), named(5)))
        .startsWith("5 parts differ: p0 (only on the replica), ")
        .endsWith(", p4 (only on the replica)");
    assertThat(detail(named(6), new Content()))
        .startsWith("6 parts differ: ")
        .endsWith(", p4 (only on the source), …");
    Content sums = new Content();
    sums.sum("HLEN", Blob.of(Bytes.utf8("1")));
    assertThat(detail(sums, new Content())).isEqualTo("HLEN (only on the source) differs");
  }

  @Test
  void longNamesAndValuesAreCutAndSaidWithTheirSizes() {
    String name = "n".repeat(64);
    assertThat(detail(Contents.of(name + "=1"), new Content()))
        .isEqualTo("1 part differs: " + name + " (only on the source)");
    assertThat(detail(Contents.of(name + "m=1"), new Content()))
        .isEqualTo("1 part differs: " + name + "… (only on the source)");
    String longName = "n".repeat(129);
    assertThat(detail(Contents.of(longName + "=1"), new Content()))
        .isEqualTo(
            "1 part differs: "
                + name
                + "… (only on the source); field: 129 bytes, SHA-256 "
                + sha(longName));
    String value = "v".repeat(128);
    assertThat(detail(Contents.of("f=" + value), Contents.of("f=" + value + "x")))
        .isEqualTo(
            "1 part differs: f; replica: 129 bytes, SHA-256 "
                + sha(value + "x")
                + "; the values differ from byte 128 on");
    assertThat(detail(Contents.of("f=" + value + "x"), Contents.of("f=" + value.substring(1))))
        .isEqualTo("1 part differs: f; source: 129 bytes, SHA-256 " + sha(value + "x"));
    assertThat(detail(Contents.of("f=" + value + "x"), Contents.of("f=" + value + "y")))
        .endsWith("; the values differ from byte 128 on");
    assertThat(
            detail(
                Contents.of("f=" + value.substring(1) + "a"),
                Contents.of("f=" + value.substring(1) + "b")))
        .isEqualTo("1 part differs: f");
    assertThat(detail(Contents.of("f=a\nb"), Contents.of("f=c"))).isEqualTo("1 part differs: f");
    assertThat(detail(Contents.of("a\n=1"), new Content()))
        .isEqualTo("1 part differs: a\\x0A (only on the source)");
  }

  private static String sha(String text) {
    return Blob.of(Bytes.utf8(text)).digest().toHex();
  }

  private static Content text(long from, String value) {
    Content content = new Content();
    content.text(from, Blob.of(Bytes.utf8(value)));
    return content;
  }

  private static Content.Difference shown(Content source, Content replica) {
    return Objects.requireNonNull(Judgement.ofDifferences(source.against(replica, 0)).difference());
  }

  @Test
  void aLongStringIsShownFromWhereItDiffers() {
    String same = "s".repeat(100);
    Content.Difference shorter = shown(text(0, same + "a".repeat(28)), text(0, same));
    assertThat(shorter.from()).isZero();
    assertThat(shorter.name()).isEqualTo(Bytes.EMPTY);
    Content.Difference longer = shown(text(0, same + "a".repeat(29)), text(0, same));
    assertThat(longer.from()).isEqualTo(100);
    assertThat(longer.name().asUtf8()).isEqualTo("bytes from 100");
    assertThat(longer.source()).isEqualTo(Blob.of(Bytes.utf8("a".repeat(29))));
    assertThat(longer.replica()).isEqualTo(Blob.of(Bytes.EMPTY));
    Content.Difference other = shown(text(0, same), text(0, same + "a".repeat(29)));
    assertThat(other.source()).isEqualTo(Blob.of(Bytes.EMPTY));
    Content.Difference window = shown(text(5, "xxa"), text(5, "xxb"));
    assertThat(window.from()).isEqualTo(7);
    assertThat(window.name().asUtf8()).isEqualTo("bytes from 7");
    assertThat(window.source()).isEqualTo(Blob.of(Bytes.utf8("a")));
    Content.Difference alone = shown(text(5, "xxa"), new Content());
    assertThat(alone.name().asUtf8()).isEqualTo("bytes from 5");
    Content.Difference start =
        shown(text(0, "a" + "s".repeat(200)), text(0, "b" + "s".repeat(200)));
    assertThat(start.name().asUtf8()).isEqualTo("bytes from 0");
  }

  @Test
  void theDetailOfAWindowSaysWhereItBegins() {
    String same = "s".repeat(200);
    assertThat(detail(text(5, same + "a"), text(5, same + "b")))
        .isEqualTo(
            "1 part differs: the string from byte 205 on; source from byte 5: 201 bytes, SHA-256 "
                + sha(same + "a")
                + "; replica from byte 5: 201 bytes, SHA-256 "
                + sha(same + "b"));
    assertThat(detail(text(5, "a"), new Content()))
        .isEqualTo("1 part differs: the string from byte 5 on (only on the source)");
    assertThat(detail(new Content(), Contents.of("=x")))
        .isEqualTo("1 part differs: the one with the empty name (only on the replica)");
  }

  @Test
  void ofAStringThatIsNotHeldWholeTheWholeIsSaid() {
    Content source = new Content();
    source.text(0, new Blob(70_000, Bytes.utf8("s".repeat(128)), Optional.of(Bytes.utf8("d1"))));
    Content replica = new Content();
    replica.text(0, new Blob(70_000, Bytes.utf8("s".repeat(128)), Optional.of(Bytes.utf8("d2"))));
    assertThat(detail(source, replica))
        .isEqualTo(
            "1 part differs: the string from byte 0 on; source: 70000 bytes, SHA-256 "
                + Bytes.utf8("d1").toHex()
                + "; replica: 70000 bytes, SHA-256 "
                + Bytes.utf8("d2").toHex());
    assertThat(shown(source, replica).name()).isEqualTo(Bytes.EMPTY);
  }
}
