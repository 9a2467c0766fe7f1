package io.syncanalyzer.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
  @ParameterizedTest
  @CsvSource({"0, 0 keys", "1, 1 key", "2, 2 keys", "1000, '1,000 keys'", "-1, -1 keys"})
  void oneIsOneAndAllElseAreMany(long count, String words) {
    assertThat(Counted.words(count, "key")).isEqualTo(words);
  }
}
