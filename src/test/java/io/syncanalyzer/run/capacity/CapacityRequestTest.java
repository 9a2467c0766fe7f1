package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.run.capacity.CapacityRequest.Rates;
import io.syncanalyzer.run.capacity.CapacityRequest.Trials;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityRequestTest {
  private static final Duration SECOND = Duration.ofSeconds(3);

  private static OptionalLong of(Long rate) {
    return rate == null ? OptionalLong.empty() : OptionalLong.of(rate);
  }

  @ParameterizedTest
  @CsvSource({
    "0,,,0.1,--from 0",
    "-5,,,0.1,--from -5",
    "1000,500,,0.1,--to 500 is below --from 1000",
    "1000,,0,0.1,--at-least 0",
    "100000001,,,0.1,--from 100000001",
    "1000,,,0.001,--precision",
    "1000,,,1.5,--precision",
    "1000,,,NaN,--precision",
  })
  void aRateThatCannotBeTriedIsRefusedByItsOption(
      long from, Long to, Long atLeast, double precision, String said) {
    assertThatThrownBy(() -> new Rates(from, of(to), of(atLeast), precision))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void fromMayBeTheHighestToo() {
    assertThat(new Rates(7, OptionalLong.of(7), OptionalLong.empty(), 0.1).to()).hasValue(7);
  }

  @Test
  void aTrialNeedsAProofOfItsDrainAndSomeTime() {
    assertThatThrownBy(() -> new Trials(3, SECOND, SECOND, SECOND, FenceMode.NONE, 1))
        .hasMessageContaining("--fence none");
    assertThatThrownBy(() -> new Trials(0, SECOND, SECOND, SECOND, FenceMode.AUTO, 1))
        .hasMessageContaining("--trials 0");
    assertThatThrownBy(() -> new Trials(3, Duration.ZERO, SECOND, SECOND, FenceMode.AUTO, 1))
        .hasMessageContaining("--recover-within");
    assertThatThrownBy(() -> new Trials(3, SECOND, Duration.ZERO, SECOND, FenceMode.AUTO, 1))
        .hasMessageContaining("--drain-timeout");
    assertThatThrownBy(() -> new Trials(3, SECOND, SECOND, Duration.ZERO, FenceMode.AUTO, 1))
        .hasMessageContaining("--max-time");
  }
}
