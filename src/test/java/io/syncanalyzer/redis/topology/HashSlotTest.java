package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.util.JedisClusterCRC16;

class HashSlotTest {
  @ParameterizedTest
  @CsvSource({
    "123456789, 12739",
    "foo, 12182",
    "bar, 5061",
    "'', 0",
    "{user1000}.following, 3443",
    "{user1000}.followers, 3443",
    "foo{}{bar}, 8363",
    "foo{{bar}}zap, 4015",
    "foo{bar}{zap}, 5061",
    "foo}{bar, 7624",
  })
  void theSlotsOfTheSpecificationsExamples(String key, int slot) {
    assertThat(HashSlot.of(Bytes.utf8(key))).isEqualTo(slot);
  }

  @Test
  void everyKeyLiesWhereAnotherClientFindsIt() {
    Random random = new Random(15);
    for (int i = 0; i < 20_000; i++) {
      byte[] key = new byte[random.nextInt(24)];
      for (int at = 0; at < key.length; at++) {
        key[at] =
            (byte) (random.nextInt(3) == 0 ? "{}a".charAt(random.nextInt(3)) : random.nextInt());
      }
      assertThat(HashSlot.of(key, 0, key.length)).isEqualTo(JedisClusterCRC16.getSlot(key));
    }
  }

  @Test
  void aKeyWithinALargerArrayIsHashedByItself() {
    byte[] array = Bytes.utf8("{x}foo{y}").array();
    assertThat(HashSlot.of(array, 3, 3)).isEqualTo(HashSlot.of(Bytes.utf8("foo")));
  }

  @Test
  void everySlotHasAShortTagOfItsOwn() {
    Set<String> tags = new HashSet<>();
    for (int slot = 0; slot < HashSlot.COUNT; slot++) {
      String tag = HashTags.of(slot);
      assertThat(tag).matches(HashTags.FORM);
      assertThat(HashSlot.of(Bytes.utf8("sa:{" + tag + "}:1"))).isEqualTo(slot);
      tags.add(tag);
    }
    assertThat(tags).hasSize(HashSlot.COUNT);
  }
}
