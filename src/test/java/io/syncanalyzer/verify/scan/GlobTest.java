package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*, anything, true",
    "user:*, user:1, true",
    "user:*, users:1, false",
    "h?llo, hello, true",
    "h?llo, hllo, false",
    "h[ae]llo, hallo, true",
    "h[ae]llo, hillo, false",
    "h[^e]llo, hallo, true",
    "h[^e]llo, hello, false",
    "h[a-b]llo, hbllo, true",
    "h[b-a]llo, hbllo, true",
    "h[a-b]llo, hcllo, false",
    "a*b*c, axxbyyc, true",
    "a*b*c, axxbyy, false",
    "\\*, *, true",
    "\\*, x, false",
    "[\\]], ], true",
    "**, x, true",
    "x, xx, false"
  })
  void itMatchesAsTheServerDoes(String pattern, String key, boolean matches) {
    byte[] bytes = Bytes.utf8(key).array();
    assertThat(new Glob(Bytes.utf8(pattern)).matches(bytes, 0, bytes.length)).isEqualTo(matches);
  }
}
