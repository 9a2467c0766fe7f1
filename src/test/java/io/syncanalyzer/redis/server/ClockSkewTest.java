package io.syncanalyzer.redis.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSkewTest {
  @Test
  void halfOfBothRoundTripsIsTheBound() {
    // Asked at 1.000 ms of ours, answered at 3.000: told in the middle, give or take one.
    ClockSkew.Reading source = ClockSkew.Reading.of(50_002_000, 1_000_000, 3_000_000);
    ClockSkew.Reading replica = ClockSkew.Reading.of(55_010_000, 8_000_000, 12_000_000);

    assertThat(source.aheadMicros()).isEqualTo(50_000_000);
    ClockSkew skew = ClockSkew.of(source, replica);
    assertThat(skew.aheadMicros()).isEqualTo(5_000_000);
    assertThat(skew.boundMicros()).isEqualTo(1_001 + 2_001);
  }

  @ParameterizedTest
  @CsvSource({
    "5000000, 3000, true",
    "-5000000, 3000, true",
    "1003000, 3000, false",
    "1003001, 3000, true",
    "-1003001, 3000, true",
    "4000000, 3500000, false",
    "0, 0, false",
  })
  void onlyWhatIsCertainlyMoreThanASecondIsWorthSaying(long ahead, long bound, boolean worth) {
    assertThat(new ClockSkew(ahead, bound).isWorthSaying()).isEqualTo(worth);
  }

  @Test
  void eitherSignHasItsWords() {
    assertThat(new ClockSkew(5_000_000, 0).words()).isEqualTo("5.00 s ahead of the source's");
    assertThat(new ClockSkew(-5_000_000, 0).words()).isEqualTo("5.00 s behind the source's");
  }
}
