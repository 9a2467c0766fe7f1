package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.scripted.ScriptedClock;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final ScriptedClock clock = new ScriptedClock();
  private boolean stopping;
  private final Pace pace = new Pace(100.0, clock, () -> stopping);

  @Test
  void aBatchWaitsUntilTheOneBeforeItIsPaidForAtMostATenthOfASecondAtOnce() {
    pace.take(50);
    assertThat(clock.parked()).isEmpty();
    pace.take(50);
    assertThat(clock.parked()).hasSize(5).containsOnly(100_000_000L);
    pace.take(1);
    assertThat(clock.parked()).hasSize(10);
    pace.take(1);
    assertThat(clock.parked()).hasSize(11).endsWith(10_000_000L);
  }

  @Test
  void timeThatWasLostIsNotMadeUpForBeyondATenthOfASecond() {
    pace.take(50);
    clock.pass(10_000_000_000L);
    pace.take(50);
    assertThat(clock.parked()).isEmpty();
    long late = clock.nanoTime();
    pace.take(50);
    assertThat(clock.nanoTime() - late).isEqualTo(400_000_000L);
  }

  @Test
  void whoeverStopsIsNotHeldBack() {
    pace.take(5000);
    stopping = true;
    pace.take(5000);
    assertThat(clock.parked()).isEmpty();
  }

  @Test
  void aBatchIsATenthOfASecondsKeysTenAtLeast() {
    assertThat(pace.batch(512)).isEqualTo(10);
    assertThat(new Pace(2000.0, clock, () -> false).batch(512)).isEqualTo(200);
    assertThat(new Pace(20_000.0, clock, () -> false).batch(512)).isEqualTo(512);
    Pace free = new Pace(null, clock, () -> false);
    assertThat(free.batch(512)).isEqualTo(512);
    free.take(1_000_000);
    free.take(1_000_000);
    assertThat(clock.parked()).isEmpty();
  }

  @Test
  void whatIsAskedForOnceInALongRoundTripIsAsManyMore() {
    assertThat(new Pace(2000.0, clock, () -> false).batch(10_000, 50_000_000)).isEqualTo(200);
    assertThat(new Pace(2000.0, clock, () -> false).batch(10_000, 400_000_000)).isEqualTo(800);
    assertThat(new Pace(2000.0, clock, () -> false).batch(300, 400_000_000)).isEqualTo(300);
    assertThat(new Pace(null, clock, () -> false).batch(512, 400_000_000)).isEqualTo(512);
  }

  @Test
  void thoseWhoGoByOneRateTakeTheirTurns() {
    Rate rate = new Rate(100.0, clock);
    Pace one = new Pace(rate, () -> false, null);
    Pace other = new Pace(rate, () -> false, null);
    long begin = clock.nanoTime();
    one.take(50);
    other.take(50);
    assertThat(clock.nanoTime() - begin).isEqualTo(500_000_000L);
    one.take(50);
    assertThat(clock.nanoTime() - begin).isEqualTo(1_000_000_000L);
  }
}
