package io.syncanalyzer.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentinelScheduleTest {
  /** In seconds: times up to some centuries are in the range of nanoseconds. */
  private static final long CENTURY = 36_525L * 86_400;

  @Test
  void typesTakeTurnsAtTheRateOfAll() {
    SentinelSchedule schedule = schedule(1000, 3, 1, 2);
    assertThat(schedule.dueNanos(0, 0)).isZero();
    assertThat(schedule.dueNanos(1, 0)).isEqualTo(1_000_000);
    assertThat(schedule.dueNanos(2, 0)).isEqualTo(2_000_000);
    assertThat(schedule.dueNanos(0, 1)).isEqualTo(3_000_000);
    assertThat(schedule.warmupNanos()).isEqualTo(1_000_000_000L);
    assertThat(schedule.endNanos()).isEqualTo(3_000_000_000L);
  }

  @Test
  void everyTurnOfTheScheduleIsCountedOnce() {
    for (double rate : new double[] {0.5, 1, 7, 333, 1000, 99_999}) {
      SentinelSchedule schedule = schedule(rate, 6, 0, 10);
      long turns = 0;
      for (int type = 0; type < 6; type++) {
        long mine = schedule.turnsBefore(type, Long.MAX_VALUE);
        assertThat(mine == 0 || schedule.has(type, mine - 1)).isTrue();
        assertThat(schedule.has(type, mine)).isFalse();
        turns += mine;
      }
      assertThat(turns).isEqualTo((long) Math.ceil(rate * 10));
    }
  }

  @Test
  void turnsBeforeATimeAreThoseDueBeforeIt() {
    Random random = new Random(4);
    for (int i = 0; i < 500; i++) {
      SentinelSchedule schedule = schedule(1 + random.nextInt(5000), 1 + random.nextInt(6), 0, 2);
      long time = random.nextInt(2_000_000_000);
      long turns = schedule.turnsBefore(0, time);
      assertThat(turns == 0 || schedule.dueNanos(0, turns - 1) < time).isTrue();
      assertThat(schedule.dueNanos(0, turns)).isGreaterThanOrEqualTo(time);
    }
  }

  /** As counted by hand with decimals: every g with g / rate below the time, and no other. */
  @ParameterizedTest
  @CsvSource({
    "5000, 3000, 15000", "3000, 3000, 9000", "7, 1000, 7", "7, 999, 7", "333, 3000, 999",
    "0.1, 10000, 1", "0.1, 10001, 2", "0.3, 10000, 3", "99999, 7, 700", "1000.5, 2000, 2001",
    "20000, 1, 20", "6, 1, 1", "99999.123456, 1000, 100000", "1, 86400000, 86400"
  })
  void howManyAreDueBeforeATimeIsExactForEveryRate(double rate, long millis, long due) {
    for (int types = 1; types <= 6; types++) {
      SentinelSchedule schedule = schedule(rate, types, 0, 100_000);
      long counted = 0;
      for (int type = 0; type < types; type++) {
        counted += schedule.turnsBefore(type, millis * 1_000_000);
      }
      assertThat(counted).as("of %d types", types).isEqualTo(due);
    }
  }

  /** Small and large by turns: products that fit a long, those that just do not, and far beyond. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "3", "1000", "99999.123456", "0.333333333", "12345.678901"})
  void timesAndCountsAreThoseOfWholeNumbersHoweverLarge(String rate) {
    SentinelSchedule schedule =
        new SentinelSchedule(Double.parseDouble(rate), 1, Duration.ZERO, Optional.empty());
    BigDecimal perSecond = new BigDecimal(rate);
    BigDecimal nanos = BigDecimal.valueOf(1_000_000_000);
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      long turn =
          (random.nextLong() >>> (1 + random.nextInt(63)))
              % (long) (perSecond.doubleValue() * CENTURY);
      assertThat(schedule.dueNanos(0, turn))
          .as("turn %d", turn)
          .isEqualTo(
              BigDecimal.valueOf(turn)
                  .multiply(nanos)
                  .divide(perSecond, 0, RoundingMode.DOWN)
                  .longValueExact());
      long time = random.nextLong() >>> (5 + random.nextInt(59));
      assertThat(schedule.turnsBefore(0, time))
          .as("before %d", time)
          .isEqualTo(
              BigDecimal.valueOf(time)
                  .multiply(perSecond)
                  .divide(nanos, 0, RoundingMode.UP)
                  .longValueExact());
    }
    assertThat(schedule.turnsBefore(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aScheduleWithoutEndGoesOn() {
    SentinelSchedule schedule = new SentinelSchedule(100_000, 1, Duration.ZERO, Optional.empty());
    long month = Duration.ofDays(30).toNanos();
    assertThat(schedule.has(0, 260_000_000_000L)).isTrue();
    assertThat(schedule.turnsBefore(0, month)).isEqualTo(30L * 86_400 * 100_000);
  }

  @Test
  void theNextDueTimeIsTheFirstAfter() {
    SentinelSchedule schedule = schedule(1000, 6, 0, 1);
    assertThat(schedule.nextDueAfter(-5)).isZero();
    assertThat(schedule.nextDueAfter(0)).isEqualTo(1_000_000);
    assertThat(schedule.nextDueAfter(999_999)).isEqualTo(1_000_000);
    assertThat(schedule.nextDueAfter(1_000_000)).isEqualTo(2_000_000);
    assertThat(schedule.nextDueAfter(-5, 2, 3)).isEqualTo(2_000_000);
    assertThat(schedule.nextDueAfter(0, 0, 3)).isEqualTo(3_000_000);
    assertThat(schedule.nextDueAfter(2_999_999, 0, 3)).isEqualTo(3_000_000);
    assertThat(schedule.nextDueAfter(3_000_000, 0, 3)).isEqualTo(6_000_000);
    assertThat(schedule.nextDueAfter(3_000_000, 1, 3)).isEqualTo(4_000_000);
  }

  @Test
  void noRateIsNoSchedule() {
    assertThatThrownBy(() -> schedule(0, 1, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> schedule(Double.NaN, 1, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SentinelSchedule schedule(double rate, int types, long warmup, long measured) {
    return new SentinelSchedule(
        rate, types, Duration.ofSeconds(warmup), Optional.of(Duration.ofSeconds(measured)));
  }
}
