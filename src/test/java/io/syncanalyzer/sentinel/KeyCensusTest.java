package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyCensusTest {
  private final KeyCensus census = new KeyCensus();

  @Test
  void anEmptyOneCountsNothingAndSaysNothing() {
    assertThat(census.count(KeyKind.LOAD)).isZero();
    assertThat(census.ours()).isZero();
    assertThat(census.names(KeyKind.LOAD)).isEmpty();
    assertThat(census.foreign()).isZero();
    assertThat(census.foreignNames()).isEmpty();
    assertThat(census.changing()).isZero();
    assertThat(census.words()).isEmpty();
  }

  @Test
  void eachKindIsCountedAndTenOfItAreNamed() {
    IntStream.range(0, 12).forEach(i -> census.ours(KeyKind.SENTINEL, key("s" + i)));
    census.ours(KeyKind.LOAD, key("l"));
    IntStream.range(0, 11).forEach(i -> census.foreign(key("f" + i)));
    census.changing(key("c"));

    assertThat(census.count(KeyKind.SENTINEL)).isEqualTo(12);
    assertThat(census.count(KeyKind.LOAD)).isEqualTo(1);
    assertThat(census.ours()).isEqualTo(13);
    assertThat(census.names(KeyKind.SENTINEL)).hasSize(10).contains("s0", "s9");
    assertThat(census.names(KeyKind.LOAD)).containsExactly("l");
    assertThat(census.foreign()).isEqualTo(11);
    assertThat(census.foreignNames()).hasSize(10);
    assertThat(census.changing()).isEqualTo(1);
    assertThat(census.words()).isEqualTo("12 sentinels, 1 load key");
  }

  @Test
  void lookedAtOnceMoreItKeepsWhatIsGoneAndCountsAnewWhatStayed() {
    census.ours(KeyKind.FENCE, key("o"));
    census.foreign(key("f"));
    census.changing(key("c"));
    census.looksAgain();
    assertThat(List.of(census.ours(), census.foreign(), census.changing()))
        .containsExactly(1L, 0L, 0L);
    assertThat(census.foreignNames()).isEmpty();
  }

  private static Bytes key(String name) {
    return Bytes.utf8(name);
  }
}
