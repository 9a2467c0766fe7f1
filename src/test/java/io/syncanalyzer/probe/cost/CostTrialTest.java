package io.syncanalyzer.probe.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rounds with and without questions tell of their cost. */
class CostTrialTest {
  /** Of five rounds of ten questions; CPU in microseconds, both halves of a millisecond. */
  @ParameterizedTest
  @CsvSource({
    // with                    | without          | µs each
    "'150 150 150 150 150',     '0 0 0 0 0',        15",
    "'250 250 250 250 250',     '100 100 100 100 100', 15",
    // One that something else ran into tells nothing.
    "'150 150 9000 150 150',    '0 0 0 0 0',        15",
    "'140 150 160 150 150',     '0 0 0 0 0',        15",
    // Beside other work that comes and goes.
    "'900 100 400 50 700',      '100 700 90 600 0', ",
    "'50 50 50 50 50',          '90 90 90 90 90',   ",
    // It tells nothing.
    "'NaN 150 150 150 150',     '0 0 0 0 0',        ",
  })
  void theMedianIsTakenWhereTheRoundsAgree(String with, String without, @Nullable Double micros) {
    TrialRounds rounds = new TrialRounds(5);
    List<String> first = List.of(with.split(" ", -1));
    List<String> second = List.of(without.split(" ", -1));
    for (int i = 0; i < 5; i++) {
      rounds.add(
          1000 * Double.parseDouble(first.get(i)),
          1_000_000,
          1000 * Double.parseDouble(second.get(i)),
          1_000_000,
          10);
    }
    assertThat(rounds.nanos())
        .isEqualTo(micros == null ? OptionalDouble.empty() : OptionalDouble.of(1000 * micros));
  }

  @Test
  void ofALongerTimeMoreIsTheServersOwn() {
    TrialRounds rounds = new TrialRounds(1);
    rounds.add(3_000, 2_000_000, 1_000, 1_000_000, 10);
    assertThat(rounds.nanos()).hasValue(100);
    assertThat(new TrialRounds(5).nanos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    // 1 key, 33 keys | poll, key, measured
    "15000, 47000,  14000, 1000, true",
    "15000,      ,  14000, 1000, true",
    "15000, 14000,  14000, 1000, true",
    "15000, 31000,  14500,  500, true",
    "     , 47000,  20000, 1000, false",
  })
  void aPollsCostIsThatOfOneKeyWithoutTheKeys(
      @Nullable Double one, @Nullable Double many, long poll, long key, boolean measured) {
    assertThat(CostTrial.question(optional(one), optional(many)))
        .isEqualTo(QuestionCost.of(poll, key, measured));
  }

  @Test
  void aPushCostsWhatItWasMeasuredToOrAQuestion() {
    QuestionCost cost = QuestionCost.of(14_000, 1_000, true);
    assertThat(cost.pushesNanos(4)).isEqualTo(56_000);
    assertThat(cost.withPush(OptionalDouble.empty())).isEqualTo(cost);
    assertThat(cost.withPush(OptionalDouble.of(5_000.4)).pushesNanos(4)).isEqualTo(20_000);
    assertThat(cost.withPush(OptionalDouble.of(0.1)).pushesNanos(4)).isEqualTo(4);
    assertThat(cost.withPush(OptionalDouble.of(5_000)).nanos(1, 1)).isEqualTo(15_000);
  }

  private static OptionalDouble optional(@Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
