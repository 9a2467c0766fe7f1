package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.topology.HashSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelCodecTest {
  @Test
  void aKeyIsRunTypeLaneAndSequence() {
    SentinelCodec codec = new SentinelCodec("r1", SentinelType.ZSET, "b3");
    assertThat(codec.key(42)).isEqualTo("sa:r1:zset:b3:42".getBytes(StandardCharsets.UTF_8));
    assertThat(codec.keyPrefix()).isEqualTo("sa:r1:zset:b3:");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 999_999_999L, 999_999_999_999_999_999L})
  void whatIsEncodedIsReadBack(long sequence) {
    SentinelCodec codec = new SentinelCodec("A-run.of_64", SentinelType.HASH, "7");
    Bytes key = Bytes.wrap(codec.key(sequence));
    assertThat(SentinelCodec.parseKey(key))
        .contains(new SentinelCodec.Key("A-run.of_64", SentinelType.HASH, "7", sequence));
    assertThat(codec.sequenceOf(key.array())).isEqualTo(sequence);

    byte[] buffer = new byte[codec.maxContentLength()];
    int length = codec.encodeContent(sequence, 1_700_000_000_000L, 12_345, buffer);
    assertThat(SentinelCodec.parseContent(Bytes.wrap(Arrays.copyOf(buffer, length))))
        .contains(
            new SentinelCodec.Content("A-run.of_64", "7", sequence, 1_700_000_000_000L, 12_345));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5460, 5461, 16383})
  void aLaneWithATagLiesInItsSlotAndIsReadBack(int slot) {
    String lane = "f3" + SlotTag.of(slot);
    SentinelCodec codec = new SentinelCodec("r", SentinelType.LIST, lane);
    Bytes key = Bytes.wrap(codec.key(17));
    assertThat(HashSlot.of(key)).isEqualTo(slot);
    assertThat(SentinelCodec.parseKey(key))
        .contains(new SentinelCodec.Key("r", SentinelType.LIST, lane, 17));
    byte[] buffer = new byte[codec.maxContentLength()];
    byte[] content = Arrays.copyOf(buffer, codec.encodeContent(17, 1, 2, buffer));
    System.arraycopy(buffer, 0, content, 0, content.length);
    assertThat(
            SentinelCodec.isContentOf(
                SentinelCodec.parseKey(key).orElseThrow(), Bytes.wrap(content)))
        .isTrue();
    assertThat(OurKey.of(key).map(OurKey::kind)).contains(KeyKind.SENTINEL);
  }

  @Test
  void aTagThatWeWouldNotWriteIsRefused() {
    assertThatThrownBy(() -> new SentinelCodec("r", SentinelType.SET, "0{zzzz}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBuffersHoldTheLongestNumbers() {
    SentinelCodec codec = new SentinelCodec("r", SentinelType.SET, "0");
    byte[] key = new byte[codec.maxKeyLength()];
    assertThat(codec.encodeKey(Long.MAX_VALUE, key)).isEqualTo(key.length);
    byte[] content = new byte[codec.maxContentLength()];
    assertThat(codec.encodeContent(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, content))
        .isEqualTo(content.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sa:",
        "sa:load:1",
        "sa:r:string:0:",
        "sa:r:string:0:x",
        "sa:r:json:0:1",
        "other:r:string:0:1",
        "string:0:1",
        "sa:string:0:1"
      })
  void aKeyOfAnotherMakingIsNoSentinel(String key) {
    assertThat(SentinelCodec.parseKey(Bytes.utf8(key))).isEmpty();
    SentinelCodec codec = new SentinelCodec("r", SentinelType.STRING, "0");
    assertThat(codec.sequenceOf(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(-1);
  }

  @Test
  void aLaneKnowsOnlyItsOwnKeys() {
    SentinelCodec one = new SentinelCodec("r", SentinelType.STRING, "1");
    SentinelCodec eleven = new SentinelCodec("r", SentinelType.STRING, "11");
    assertThat(one.sequenceOf(eleven.key(5))).isEqualTo(-1);
    assertThat(eleven.sequenceOf(one.key(5))).isEqualTo(-1);
    assertThat(
            one.sequenceOf("sa:r:string:1:12345678901234567890".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r 0 1 2", "r 0 1 2 x", "r 0 -1 2 3"})
  void aContentOfAnotherMakingIsNone(String content) {
    assertThat(SentinelCodec.parseContent(Bytes.utf8(content))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsWrittenByItsOwnCommandWithTheKeyFirst(SentinelType type) {
    byte[] key = {'k'};
    byte[][] arguments = SentinelCommand.of(type).arguments(key, new byte[] {'c'}, 3);
    assertThat(arguments[0]).isEqualTo(key);
    assertThat(arguments[arguments.length - 1]).containsExactly('c');
  }

  @Test
  void aLaneNameThatWouldBreakAKeyIsRefused() {
    assertThatThrownBy(() -> new SentinelCodec("r", SentinelType.SET, "a:b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SentinelCodec("r", SentinelType.SET, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a b", "a*", "é", "-a"})
  void aRunWhoseKeysWouldNotBeKnownAgainIsRefused(String run) {
    assertThatThrownBy(() -> new SentinelCodec(run, SentinelType.SET, "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no name for a run");
  }
}
