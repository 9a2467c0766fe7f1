package io.syncanalyzer.load.memtier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RampTest {
  @Test
  void climbsFromTheFirstRateToTheLast() {
    Ramp ramp = Ramp.parse("1000:5000:2000:10s");

    assertThat(ramp.rates()).containsExactly(1000L, 3000L, 5000L);
    assertThat(ramp.total()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void stopsBelowALastRateThatNoStepMeets() {
    assertThat(Ramp.parse("10:99:40:1m").rates()).containsExactly(10L, 50L, 90L);
  }

  @Test
  void fallsWhereTheLastRateIsBelowTheFirst() {
    assertThat(Ramp.parse("300:100:100:2000ms").rates()).containsExactly(300L, 200L, 100L);
  }

  @ParameterizedTest
  @CsvSource({
    "100:100:10:5s, goes nowhere",
    "100:200:0:5s, goes nowhere",
    "0:200:10:5s, a rate of 0",
    "200:0:10:5s, a rate of 0",
    "100:200:500:5s, passes TO at once",
    "100:200:10:500ms, whole seconds",
    "100:200:10:1500ms, whole seconds",
    "100:200:10:0s, whole seconds",
    "100:200:10:soon, not a duration",
    "100:200:10, not of that form",
    "1:2:3:4:5s, not a duration",
    "-1:200:10:5s, not of that form",
    "1:999999999999:1:1s, more than 10000 steps",
    "'', not of that form"
  })
  void oneThatGoesNowhereIsRefusedWithItsReason(String text, String reason) {
    assertThatThrownBy(() -> Ramp.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("FROM:TO:STEP:EVERY")
        .hasMessageNotContaining("\n");
  }
}
