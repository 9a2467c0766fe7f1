package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateSplitTest {
  @Test
  void aRateThatDividesEvenlyKeepsEveryConnection() {
    assertThat(RateSplit.of(5000, 2, 10)).isEqualTo(new RateSplit(2, 10, 250, 5000));
  }

  @Test
  void aRateBelowTheConnectionsUsesFewerOfThem() {
    RateSplit split = RateSplit.of(3, 2, 10);

    assertThat(split.threads() * split.clients()).isEqualTo(3);
    assertThat(split.perConnection()).isEqualTo(1);
    assertThat(split.effective()).isEqualTo(3);
  }

  @Test
  void aConnectionThatMemtierWouldRoundDownIsCountedAsItReallyIs() {
    // memtier sends 51/s as 2 requests in each of 25 ticks.
    assertThat(RateSplit.of(51, 1, 1).effective()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 49, 50, 51, 99, 101, 997, 1000, 1001, 12_345, 99_999, 1_000_000})
  void staysWithinHalfAPercentFromAThousandOn(long total) {
    RateSplit split = RateSplit.of(total, 4, 50);

    assertThat(split.threads()).isBetween(1, 4);
    assertThat(split.clients()).isBetween(1, 50);
    assertThat(split.off(total)).isLessThanOrEqualTo(total >= 1000 ? 0.005 : 0.05);
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> RateSplit.of(0, 2, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
