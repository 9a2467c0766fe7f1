package io.syncanalyzer.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotSetTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "0", "16383", "0-16383", "0-5460,8000,10923-16383", "1,3,5-7"})
  void whatIsWrittenIsReadAgain(String text) {
    assertThat(SlotSet.parse(text)).hasToString(text);
    assertThat(SlotSet.parse(text)).isEqualTo(SlotSet.of(SlotSet.parse(text).ranges()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"16384", "5-4", "-1", "a", "1,,2"})
  void whatIsNoListOfSlotsIsRefused(String text) {
    assertThatThrownBy(() -> SlotSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neighboursBecomeOneRange() {
    assertThat(SlotSet.parse("3,1-2,4-4")).hasToString("1-4");
  }

  @Test
  void setsOverlapAddUpAndAreTakenAway() {
    SlotSet one = SlotSet.parse("0-100");
    SlotSet two = SlotSet.parse("50-150");
    assertThat(one.and(two)).hasToString("50-100");
    assertThat(one.or(two)).hasToString("0-150");
    assertThat(one.without(two)).hasToString("0-49");
    assertThat(one).hasToString("0-100");
    assertThat(one.count()).isEqualTo(101);
    assertThat(one.next(101)).isEqualTo(-1);
    assertThat(two.next(0)).isEqualTo(50);
    assertThat(SlotSet.ALL.isAll()).isTrue();
    assertThat(SlotSet.NONE.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"7 | 7", "0-2 | 1", "0-3 | 2", "5,9,12 | 9", "0,16383 | 16383", "0-5460 | 2730"})
  void theMiddleOneHasAsManyBelowAsAbove(String slots, int middle) {
    assertThat(SlotSet.parse(slots).middle()).isEqualTo(middle);
  }

  @Test
  void noneHasNoMiddle() {
    assertThatThrownBy(SlotSet.NONE::middle).isInstanceOf(IllegalStateException.class);
  }
}
