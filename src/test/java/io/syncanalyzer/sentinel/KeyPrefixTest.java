package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "run, run",
    "*, \\*",
    "a*b, a\\*b",
    "?[x], \\?\\[x\\]",
    "^-, \\^\\-",
    "a\\, a\\\\"
  })
  void aTextAsAPatternHasItsSignsEscaped(String text, String pattern) {
    assertThat(KeyPrefix.globLiteral(text)).isEqualTo(pattern);
  }

  @Test
  void aRunsKeysAndFencesBeginWithItsName() {
    assertThat(KeyPrefix.ofRun("r")).isEqualTo("sa:r:");
    assertThat(KeyPrefix.ofFences("r")).isEqualTo("sa:r:fence:");
  }

  @Test
  void aRangeGoesForward() {
    assertThat(new SentinelRange("sa:r:string:0:", 0, 0).end()).isZero();
    assertThat(new SentinelRange("sa:r:string:0:", 2, 2).begin()).isEqualTo(2);
    assertThatThrownBy(() -> new SentinelRange("sa:r:string:0:", 3, 2))
        .hasMessage("range 3 to 2 is none");
    assertThatThrownBy(() -> new SentinelRange("sa:r:string:0:", -1, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
