package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.sentinel.OurKey.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is removed is decided here, by what the server answers. */
class OurValueTest {
  private static final String UUID = "0b9f3a3e-7c1d-4c55-9d1e-0123456789ab";
  private static final String OTHER_UUID = "1c9f3a3e-7c1d-4c55-9d1e-0123456789ab";
  private static final long SEQUENCE = 17;
  private static final Reply NIL = new Reply.Nil();

  @ParameterizedTest
  @EnumSource(SentinelType.class)
  void aKeyWithExactlyTheContentOfItsNameIsOurs(SentinelType type) {
    assertThat(judged(type, type.label(), answers(type, content(type)))).isEqualTo(Finding.OURS);
  }

  @ParameterizedTest
  @EnumSource(SentinelType.class)
  void theContentOfAnotherSentinelIsForeign(SentinelType type) {
    for (Reply foreign :
        List.of(
            text("hello"),
            text(""),
            NIL,
            new Reply.Int(SEQUENCE),
            content("other", type, "0", SEQUENCE),
            content("r", type, "1", SEQUENCE),
            content("r", type, "0", SEQUENCE + 1))) {
      assertThat(judged(type, type.label(), answers(type, foreign)))
          .as("%s", foreign)
          .isEqualTo(Finding.FOREIGN);
    }
  }

  @ParameterizedTest
  @EnumSource(SentinelType.class)
  void aKeyOfAnotherTypeIsForeignAndOneThatIsNotThereIsGone(SentinelType type) {
    List<Reply> ours = answers(type, content(type));
    assertThat(judged(type, "none", List.of(NIL, NIL))).isEqualTo(Finding.GONE);
    assertThat(judged(type, "ReJSON-RL", ours)).isEqualTo(Finding.FOREIGN);
    assertThat(judged(type, "", ours)).isEqualTo(Finding.FOREIGN);
    Reply wrong = new Reply.Failed("WRONGTYPE Operation against a key of another type");
    assertThat(judged(type, type.label(), List.of(wrong, wrong))).isEqualTo(Finding.FOREIGN);
  }

  @ParameterizedTest
  @EnumSource(
      value = SentinelType.class,
      names = {"LIST", "SET", "ZSET", "STREAM"})
  void oneElementMoreOrNoneIsForeign(SentinelType type) {
    Reply.Items one = (Reply.Items) answers(type, content(type)).get(0);
    List<Reply> more = new ArrayList<>(one.list());
    more.addAll(one.list());
    assertThat(judged(type, type.label(), List.of(items(more)))).isEqualTo(Finding.FOREIGN);
    assertThat(judged(type, type.label(), List.of(items(List.of())))).isEqualTo(Finding.FOREIGN);
    assertThat(judged(type, type.label(), List.of(NIL))).isEqualTo(Finding.FOREIGN);
  }

  @Test
  void aHashWithAnotherFieldIsForeign() {
    SentinelType type = SentinelType.HASH;
    for (Reply count : List.of(new Reply.Int(2), new Reply.Int(0), NIL, text("1"))) {
      assertThat(judged(type, "hash", List.of(count, content(type)))).isEqualTo(Finding.FOREIGN);
    }
  }

  @Test
  void aSortedSetsScoreIsTheSequence() {
    SentinelType type = SentinelType.ZSET;
    for (Reply score : List.of(text("18"), text("x"), text(""), NIL)) {
      assertThat(judged(type, "zset", List.of(items(List.of(content(type), score)))))
          .as("%s", score)
          .isEqualTo(Finding.FOREIGN);
    }
  }

  @Test
  void aStreamsEntryHasOneFieldOfOurName() {
    SentinelType type = SentinelType.STREAM;
    Reply id = text("1-1");
    Reply field = text(SentinelCommand.FIELD);
    for (Reply entry :
        List.of(
            items(List.of(id, items(List.of(text("other"), content(type))))),
            items(List.of(id, items(List.of(NIL, content(type))))),
            items(List.of(id, items(List.of(field, content(type), field, content(type))))),
            items(List.of(id, items(List.of(field)))),
            items(List.of(id, NIL)),
            items(List.of(id)),
            id)) {
      assertThat(judged(type, "stream", List.of(items(List.of(entry)))))
          .as("%s", entry)
          .isEqualTo(Finding.FOREIGN);
    }
  }

  @Test
  void aFenceHoldsAnotherUuid() {
    OurKey fence = OurKey.of(Bytes.utf8("sa:r:fence:" + UUID)).orElseThrow();
    assertThat(judged(fence, "string", List.of(text(OTHER_UUID)))).isEqualTo(Finding.OURS);
    assertThat(judged(fence, "string", List.of(text(OTHER_UUID + "0")))).isEqualTo(Finding.FOREIGN);
    assertThat(judged(fence, "string", List.of(text("mine")))).isEqualTo(Finding.FOREIGN);
    assertThat(judged(fence, "list", List.of(text(OTHER_UUID)))).isEqualTo(Finding.FOREIGN);
  }

  @Test
  void aKeyOfTheLoadIsKnownByItsTypeAlone() {
    OurKey load = OurKey.of(Bytes.utf8("sa:load:hash:1")).orElseThrow();
    assertThat(judged(load, "hash", List.of())).isEqualTo(Finding.OURS);
    assertThat(judged(load, "string", List.of())).isEqualTo(Finding.FOREIGN);
    assertThat(judged(load, "none", List.of())).isEqualTo(Finding.GONE);
  }

  @Test
  void aRefusalIsNoAnswer() {
    Reply.Failed denied = new Reply.Failed("NOPERM no permission");
    SentinelType type = SentinelType.STRING;
    assertThatThrownBy(() -> key(type).judge(denied, List.of(NIL), OurValueTest::refused))
        .hasMessage("TYPE: NOPERM no permission");
    assertThatThrownBy(() -> judged(type, "string", List.of(denied)))
        .hasMessage("GETRANGE: NOPERM no permission");
    for (SentinelType each : SentinelType.values()) {
      assertThatThrownBy(() -> judged(each, each.label(), List.of(denied, denied)))
          .hasMessageEndingWith(": NOPERM no permission");
    }
  }

  private static Finding judged(SentinelType type, String told, List<Reply> answers) {
    return judged(key(type), told, answers);
  }

  private static Finding judged(OurKey key, String told, List<Reply> answers) {
    return key.judge(text(told), answers, OurValueTest::refused);
  }

  private static RedisFailure refused(String command, Reply.Failed failed) {
    return new RedisFailure(
        RedisFailure.Kind.OTHER_REPLY,
        Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
        command + ": " + failed.message(),
        null);
  }

  private static OurKey key(SentinelType type) {
    return OurKey.of(Bytes.utf8("sa:r:" + type.label() + ":0:" + SEQUENCE)).orElseThrow();
  }

  /** As the server answers what is asked of a value that holds this one content. */
  private static List<Reply> answers(SentinelType type, Reply content) {
    return switch (type) {
      case STRING -> List.of(content);
      case HASH -> List.of(new Reply.Int(1), content);
      case LIST, SET -> List.of(items(List.of(content)));
      case ZSET -> List.of(items(List.of(content, text(Long.toString(SEQUENCE)))));
      case STREAM ->
          List.of(
              items(
                  List.of(
                      items(
                          List.of(
                              text("1-1"),
                              items(List.of(text(SentinelCommand.FIELD), content)))))));
    };
  }

  private static Reply content(SentinelType type) {
    return content("r", type, "0", SEQUENCE);
  }

  private static Reply content(String run, SentinelType type, String lane, long sequence) {
    SentinelCodec codec = new SentinelCodec(run, type, lane);
    byte[] buffer = new byte[codec.maxContentLength()];
    int length = codec.encodeContent(sequence, 1_700_000_000_000L, 12_345L, buffer);
    return new Reply.Text(Bytes.wrap(Arrays.copyOf(buffer, length)));
  }

  private static Reply text(String text) {
    return new Reply.Text(Bytes.utf8(text));
  }

  private static Reply items(List<Reply> list) {
    return new Reply.Items(list);
  }
}
