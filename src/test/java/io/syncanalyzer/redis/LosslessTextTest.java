package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "ключ", "鍵:1", "a b ", "a=b", "naïve 😀", "a-b+c@d"})
  void printableTextStandsAsItIs(String text) {
    assertThat(LosslessText.of(Bytes.utf8(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3d6131|\\x3Da1",
        "2b31|\\x2B1",
        "2d31|\\x2D1",
        "4031|\\x401",
        "5c|\\\\",
        "00|\\x00",
        "610a62|a\\x0Ab",
        "1b5b316d|\\x1B[1m",
        "ff|\\xFF",
        "c3|\\xC3",
        "c0af|\\xC0\\xAF",
        "eda080|\\xED\\xA0\\x80",
        "f4908080|\\xF4\\x90\\x80\\x80",
        "e2808e|\\xE2\\x80\\x8E",
        "c2a0|\\xC2\\xA0",
        "61c3a9|aé",
        "c3a9c3|é\\xC3",
      })
  void whatIsNotPrintableIsEscapedByteByByte(String hex, String expected) {
    Bytes bytes = Bytes.wrap(java.util.HexFormat.of().parseHex(hex));
    assertThat(LosslessText.of(bytes)).isEqualTo(expected);
    assertThat(LosslessText.parse(expected)).isEqualTo(bytes);
  }

  @Test
  void everyRunOfBytesComesBackAsItWas() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      } else {
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = "\\x=+-@é\"\r\n, 0aF".getBytes(StandardCharsets.UTF_8)[random.nextInt(16)];
        }
      }
      String text = LosslessText.of(Bytes.wrap(bytes));
      assertThat(LosslessText.parse(text))
          .describedAs("seed %d, text %s", seed, text)
          .isEqualTo(Bytes.wrap(bytes));
      if (!text.isEmpty()) {
        assertThat("=+-@").doesNotContain(text.substring(0, 1));
      }
      assertThat(text.chars().noneMatch(Character::isISOControl)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "a\\", "\\y", "\\x1", "\\xZZ"})
  void aLoneBackslashIsNoLosslessText(String text) {
    assertThatThrownBy(() -> LosslessText.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
