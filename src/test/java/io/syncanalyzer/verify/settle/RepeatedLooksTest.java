package io.syncanalyzer.verify.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.verify.settle.RepeatedLooks.Told;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepeatedLooksTest {
  /** A look is {@code e} for equal, {@code s} for the same difference, {@code c} for a change. */
  @ParameterizedTest(name = "patience {0}: {1}")
  @CsvSource({
    "3, e, EQUAL",
    "3, s, OPEN",
    "3, c, OPEN",
    "3, se, EQUAL",
    "3, cce, EQUAL",
    "3, cc, OPEN",
    "3, ccc, CHANGING",
    "3, ssc, CHANGING",
    "3, css, CHANGING",
    "3, sss, OPEN",
    "3, ssssssssc, CHANGING",
    "3, sssssssss, OPEN",
    "3, ssssssssss, DIFFERS",
    "3, ssssssssse, EQUAL",
    "3, sssssssssc, CHANGING",
    "1, c, CHANGING",
    "1, s, OPEN",
    "1, ssssssssss, DIFFERS",
    "10, cssssssss, OPEN",
    "10, csssssssss, CHANGING",
    "10, cssssssse, EQUAL",
    "20, cssssssssssssssssss, OPEN",
    "20, csssssssssssssssssss, CHANGING",
  })
  void theLastLookTells(int patience, String looks, Told told) {
    RepeatedLooks repeated = new RepeatedLooks(patience);
    Told last = Told.OPEN;
    for (int i = 0; i < looks.length(); i++) {
      char look = looks.charAt(i);
      assertThat(last).isEqualTo(Told.OPEN);
      last = repeated.take(look == 'e', look == 's');
    }
    assertThat(last).isEqualTo(told);
  }
}
