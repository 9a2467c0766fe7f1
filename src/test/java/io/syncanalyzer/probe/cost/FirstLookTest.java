package io.syncanalyzer.probe.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How old a sentinel is before it is first asked for. */
class FirstLookTest {
  private static final long EVERY_NANOS = 1_000_000;

  /** The more questions there are for each, the sooner the first. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.9", // There is not one for each.
    "1,   0.9", //
    "2.5, 0.5", //
    "4,   0.1", //
    "900, 0.1",
  })
  void asManyAreThereByThenAsTheQuestionsForEachAllow(double questions, double there) {
    assertThat(new FirstLook(EVERY_NANOS, questions * EVERY_NANOS).there())
        .isEqualTo(there, Offset.offset(1e-9));
  }

  /** Of arrivals that are all alike likely up to 1 ms after their send. */
  @ParameterizedTest
  @CsvSource({"1, 900", "2.5, 500", "4, 100"})
  void theAgeIsThatByWhichSoManyHaveArrived(double questions, long micros) {
    FirstLook look = new FirstLook(EVERY_NANOS, questions * EVERY_NANOS);
    Random random = new Random(18);
    double sum = 0;
    for (int i = 0; i < 4000; i++) {
      look.found(random.nextDouble() * 1e6 < look.ageNanos());
      sum += i < 1000 ? 0 : look.ageNanos();
    }
    assertThat(sum / 3000 / 1000).isBetween(micros * 0.75, micros * 1.15);
  }

  @Test
  void itIsNeverBeyondTwoPollsHoweverFarBehindTheReplicaIs() {
    FirstLook look = new FirstLook(EVERY_NANOS, EVERY_NANOS);
    for (int i = 0; i < 1000; i++) {
      look.found(false);
    }
    assertThat(look.ageNanos()).isEqualTo(2 * EVERY_NANOS);
  }

  @Test
  void aReplicaThatCatchesUpIsAskedSoonAgain() {
    FirstLook look = new FirstLook(EVERY_NANOS, 4 * EVERY_NANOS);
    look.found(false);
    for (int i = 0; i < 1000; i++) {
      look.found(false);
    }
    for (int i = 0; i < 60; i++) {
      look.found(true);
    }
    assertThat(look.ageNanos()).isZero();
  }

  @Test
  void withoutABudgetNobodyWaits() {
    FirstLook look = new FirstLook(0, EVERY_NANOS);
    look.found(false);
    assertThat(look.ageNanos()).isZero();
  }
}
