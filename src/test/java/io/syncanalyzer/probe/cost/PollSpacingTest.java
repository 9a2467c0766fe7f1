package io.syncanalyzer.probe.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long after a poll the next one may begin. */
class PollSpacingTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000 * MICRO;

  /** A poll for one key costs 15 µs here. */
  private static final QuestionCost COST = new QuestionCost(14_000, 1_000, 7_000, true);

  /** What was saved is spent first, so it is the hundredth poll's distance that tells. */
  @ParameterizedTest
  @CsvSource({
    // percent, keys in each, lag in µs | µs to the next
    "  2,    1,        0,   750",
    "  1,    1,        0,  1500",
    "100,    1,        0,    15",
    "  2,    7,        0,  1050",
    // A hundredth of the lag, where that is more than the polls cost.
    "  2,    1,    50000,   750",
    "  2,    1,   200000,  2000",
    "  2,    1, 30000000, 20000",
    "100,    1,     1000,    50",
    "100,    1,     9000,    90",
    // However little was earned.
    "0.01,   1,        0, 20000",
    "  2,  200,        0, 10700",
    "  2, 4096,        0, 20000",
  })
  void aPollIsEarnedByTheBudgetAndTheLag(double percent, int keys, long lagMicros, long micros) {
    assertThat(distance(new ProbeBudget(percent), keys, lagMicros)).isEqualTo(micros);
  }

  /** As it was before there was one. */
  @ParameterizedTest
  @CsvSource({
    "       0,     0",
    "     999,     0",
    "    1000,    50",
    "   90000,    90",
    "50000000, 20000",
  })
  void withoutABudgetOnlyAThousandthOfTheLagPasses(long lagMicros, long micros) {
    assertThat(distance(ProbeBudget.UNLIMITED, 4096, lagMicros)).isEqualTo(micros);
  }

  private static long distance(ProbeBudget budget, int keys, long lagMicros) {
    PollSpacing spacing = new PollSpacing(budget, COST);
    long now = 5;
    long next = now;
    for (int poll = 0; poll < 100; poll++) {
      now = next;
      spacing.asked(now, keys);
      next = spacing.nextAt(now, lagMicros * MICRO);
    }
    return (next - now) / MICRO;
  }

  @Test
  void whatWasNotSpentIsKeptForAFewPolls() {
    PollSpacing spacing = new PollSpacing(new ProbeBudget(2), COST);
    long now = 7 * MILLI;
    int atOnce = 0;
    while (spacing.nextAt(now, 0) <= now && atOnce < 100) {
      spacing.asked(now, 1);
      atOnce++;
    }
    assertThat(atOnce).isEqualTo(PollSpacing.SAVED_QUESTIONS);
    now = spacing.nextAt(now, 0);
    spacing.asked(now, 1);
    assertThat(spacing.nextAt(now, 0) - now).isEqualTo(750 * MICRO);
    now += 1_000 * MILLI; // However long nothing was asked.
    spacing.asked(now, 1);
    spacing.asked(now, 1);
    spacing.asked(now, 1);
    assertThat(spacing.nextAt(now, 0)).isLessThanOrEqualTo(now);
    spacing.asked(now, 1);
    assertThat(spacing.nextAt(now, 0)).isGreaterThan(now);
  }

  @Test
  void whatTheReplicaTellsByItselfIsPaidToo() {
    PollSpacing silent = new PollSpacing(new ProbeBudget(2), COST);
    PollSpacing telling = new PollSpacing(new ProbeBudget(2), COST);
    for (int poll = 0; poll < 10; poll++) {
      silent.asked(5, 1);
      telling.asked(5, 1);
    }
    telling.told(5, 0);
    assertThat(telling.nextAt(5, 0)).isEqualTo(silent.nextAt(5, 0));
    telling.told(5, 2);
    assertThat(telling.nextAt(5, 0) - silent.nextAt(5, 0)).isEqualTo(700 * MICRO);
  }

  /** Over any time, polls and what they ask for cost no more than the budget and what was saved. */
  @ParameterizedTest
  @CsvSource({"2, 1", "2, 12", "1, 1", "5, 30"})
  void theBudgetIsKeptInTheLongRun(double percent, int keys) {
    PollSpacing spacing = new PollSpacing(new ProbeBudget(percent), COST);
    long now = 0;
    long cpu = 0;
    while (now < 1_000 * MILLI) {
      spacing.asked(now, keys);
      cpu += COST.nanos(1, keys);
      now = Math.max(now + 20 * MICRO, spacing.nextAt(now + 20 * MICRO, 0));
    }
    assertThat(100.0 * cpu / now).isBetween(0.97 * percent, 1.03 * percent);
  }

  /** A wider window takes longer, and what takes longer may ask for more: it does not run away. */
  @Test
  void aWiderWindowEarnsItsKeysWithoutEnd() {
    PollSpacing spacing = new PollSpacing(new ProbeBudget(2), COST);
    long now = 0;
    int keys = 8;
    for (int poll = 0; poll < 1000; poll++) {
      spacing.asked(now, keys);
      long next = spacing.nextAt(now, 0);
      keys = (int) Math.max(8, (next - now) / spacing.nanosPerKey());
      now = next;
    }
    assertThat(keys).isBetween(8, 14);
  }
}
