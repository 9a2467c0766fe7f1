package io.syncanalyzer.verify.found;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.verify.KeyVerdict;
import io.syncanalyzer.result.verify.VerifyRow;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void keysAreCountedByTypeAndVerdictAndListedInThatOrder() {
    tally.add("string", KeyVerdict.VALUE_DIFFERS, true, true, 1, 5);
    tally.add("hash", KeyVerdict.EQUAL, true, true, 3, 30);
    tally.add("string", KeyVerdict.EQUAL, true, true, 1, 7);
    tally.add("hash", KeyVerdict.EQUAL, true, true, 4, 40);

    assertThat(tally.rows())
        .containsExactly(
            new VerifyRow("hash", KeyVerdict.EQUAL, 2, 7L, 70L),
            new VerifyRow("string", KeyVerdict.EQUAL, 1, 1L, 7L),
            new VerifyRow("string", KeyVerdict.VALUE_DIFFERS, 1, 1L, 5L));
  }

  @Test
  void oneKeyOfUnknownSizeMakesThatOfItsRowUnknown() {
    tally.add("module", KeyVerdict.EQUAL, true, true, Tally.UNKNOWN, 10);
    tally.add("module", KeyVerdict.EQUAL, true, true, 2, 10);
    tally.add("stream", KeyVerdict.EQUAL, true, true, 2, Tally.UNKNOWN);

    assertThat(tally.rows())
        .containsExactly(
            new VerifyRow("module", KeyVerdict.EQUAL, 2, null, 20L),
            new VerifyRow("stream", KeyVerdict.EQUAL, 1, 2L, null));
  }

  @Test
  void eachSideAndBothAreCountedAndWhatIsGoneApart() {
    tally.add("string", KeyVerdict.EQUAL, true, true, 1, 1);
    tally.add("string", KeyVerdict.MISSING_ON_REPLICA, true, false, 1, 1);
    tally.add("string", KeyVerdict.MISSING_ON_REPLICA, true, false, 1, 1);
    tally.add("string", KeyVerdict.EXTRA_ON_REPLICA, false, true, 1, 1);
    tally.gone();

    assertThat(tally.onSource()).isEqualTo(3);
    assertThat(tally.onReplica()).isEqualTo(2);
    assertThat(tally.common()).isEqualTo(1);
    assertThat(tally.goneKeys()).isEqualTo(1);
  }

  @Test
  void talliesOfSeveralWorkersAddUp() {
    tally.add("string", KeyVerdict.EQUAL, true, true, 1, 5);
    Tally other = new Tally();
    other.add("string", KeyVerdict.EQUAL, true, true, 1, Tally.UNKNOWN);
    other.add("set", KeyVerdict.EXTRA_ON_REPLICA, false, true, 2, 6);
    other.gone();

    tally.add(other);

    assertThat(tally.rows())
        .containsExactly(
            new VerifyRow("set", KeyVerdict.EXTRA_ON_REPLICA, 1, 2L, 6L),
            new VerifyRow("string", KeyVerdict.EQUAL, 2, 2L, null));
    assertThat(tally.onSource()).isEqualTo(2);
    assertThat(tally.onReplica()).isEqualTo(3);
    assertThat(tally.common()).isEqualTo(2);
    assertThat(tally.goneKeys()).isEqualTo(1);
  }

  @Test
  void whereNothingWasCountedThereIsNoRow() {
    assertThat(tally.rows()).isEmpty();
  }
}
