package io.syncanalyzer.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.scripted.ScriptedClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private final ScriptedClock clock = new ScriptedClock();

  @Test
  void growingPausesDoubleUntilTheLongest() {
    pause(BackOff.growing(clock, 3, 20), 5);
    assertThat(clock.parked()).containsExactly(3L, 6L, 12L, 20L, 20L);
  }

  @Test
  void steadyPausesAreOfOneLength() {
    pause(BackOff.steady(clock, 7), 3);
    assertThat(clock.parked()).containsExactly(7L, 7L, 7L);
  }

  @Test
  void randomPausesAreAsDrawnEachBelowTheSameBound() {
    Deque<Long> drawn = new ArrayDeque<>(List.of(0L, 99L, 42L));
    pause(BackOff.random(clock, 100, below -> below == 100 ? drawn.remove() : -1), 3);
    assertThat(clock.parked()).containsExactly(0L, 99L, 42L);
  }

  @Test
  void randomPausesStayBelowTheirBound() {
    pause(BackOff.random(clock, 5), 1000);
    assertThat(clock.parked()).allMatch(nanos -> nanos >= 0 && nanos < 5).contains(0L, 4L);
  }

  @Test
  void noPauseGoesPastTheLimitAndTheLastAttemptIsAtIt() {
    BackOff backOff = BackOff.growing(clock, 4, 100).within(10);
    assertThat(List.of(backOff.more(), backOff.more(), backOff.more()))
        .containsExactly(true, true, false);
    assertThat(clock.parked()).containsExactly(4L, 6L);
    assertThat(backOff.leftNanos()).isZero();
  }

  @Test
  void whatTheAttemptsTakeCountsTowardsTheLimit() {
    BackOff backOff = BackOff.steady(clock, 4).within(10);
    clock.pass(9);
    assertThat(backOff.more()).isTrue();
    assertThat(clock.parked()).containsExactly(1L);
    clock.pass(1);
    assertThat(backOff.more()).isFalse();
    assertThat(backOff.leftNanos()).isEqualTo(-1);
    assertThat(backOff.elapsedNanos()).isEqualTo(11);
  }

  @Test
  void aLimitOfNothingLeavesOneAttempt() {
    assertThat(BackOff.steady(clock, 4).within(0).more()).isFalse();
    assertThat(clock.parked()).isEmpty();
  }

  @Test
  void aLimitCountsFromWhereItWasSet() {
    BackOff endless = BackOff.growing(clock, 1, 8);
    pause(endless, 2);
    BackOff limited = endless.within(5);
    assertThat(limited.elapsedNanos()).isZero();
    pause(limited, 2);
    assertThat(limited.more()).isFalse();
    assertThat(clock.parked()).containsExactly(1L, 2L, 4L, 1L);
  }

  @Test
  void aClockThatWrapsRoundMeasuresAllTheSame() {
    clock.pass(Long.MAX_VALUE - clock.nanoTime() - 3);
    BackOff backOff = BackOff.steady(clock, 5).within(12);
    pause(backOff, 3);
    assertThat(clock.nanoTime()).isNegative();
    assertThat(backOff.more()).isFalse();
    assertThat(backOff.elapsedNanos()).isEqualTo(12);
  }

  @Test
  void theSystemsClockWaitsUnlessItIsInterrupted() {
    long start = NanoClock.SYSTEM.nanoTime();
    Thread.currentThread().interrupt();
    NanoClock.SYSTEM.park(60_000_000_000L);
    assertThat(Thread.interrupted()).isTrue();
    BackOff once = BackOff.steady(NanoClock.SYSTEM, 2_000_000).within(2_000_000);
    while (once.more()) {
      assertThat(once.elapsedNanos()).isPositive();
    }
    assertThat(NanoClock.SYSTEM.nanoTime() - start).isBetween(2_000_000L, 60_000_000_000L);
  }

  private static void pause(BackOff backOff, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(backOff.more()).isTrue();
    }
  }
}
