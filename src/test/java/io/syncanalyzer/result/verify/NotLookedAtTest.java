package io.syncanalyzer.result.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotLookedAtTest {
  @Test
  void whereAllWasLookedAtThereIsNoReason() {
    assertThat(NotLookedAt.NOTHING.reasons()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 0, 0, 1 key that came while it was compared was not looked at",
    "2000, 0, 0, 0, 0, '2,000 keys that came while it was compared were not looked at'",
    "0, 0, 1, 0, 0, 1 key in databases that one side does not let us select was not looked at",
    "0, 0, 0, 2, 0, 2 libraries of functions were not looked at",
    "0, 0, 0, 0, 1, 1 key in other databases of a cluster than 0 was not looked at; compare each by"
        + " --db N",
    "0, 0, 0, 0, 5, 5 keys in other databases of a cluster than 0 were not looked at; compare each"
        + " by --db N"
  })
  void eachKindHasItsNumberInTheVerdict(
      long appeared, long moves, long unselectable, long functions, long others, String reason) {
    assertThat(new NotLookedAt(appeared, moves, unselectable, functions, others).reasons())
        .containsExactly(reason);
  }

  @Test
  void callsThatMovedKeysToTheVeryEndAreAReasonOfTheirOwn() {
    assertThat(new NotLookedAt(3, 1234, 0, 0, 0).reasons())
        .hasSize(2)
        .anyMatch(reason -> reason.startsWith("3 keys that came"))
        .anyMatch(
            reason ->
                reason.startsWith("what 1,234 calls (RENAME, ")
                    && reason.contains("was not looked at"));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0, 0, 0, 0",
    "0, -1, 0, 0, 0",
    "0, 0, -1, 0, 0",
    "0, 0, 0, -1, 0",
    "0, 0, 0, 0, -1"
  })
  void lessThanNoneIsRefused(
      long appeared, long moves, long unselectable, long functions, long others) {
    assertThatThrownBy(() -> new NotLookedAt(appeared, moves, unselectable, functions, others))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
