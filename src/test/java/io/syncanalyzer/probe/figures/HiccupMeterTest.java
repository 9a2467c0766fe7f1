package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HiccupMeterTest {
  private static final long SLEEP = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  /** The histograms keep two digits. */
  private static final long ROUNDING = PAUSE / 100;

  private final AtomicLong now = new AtomicLong(-5);
  private final HiccupMeter meter = new HiccupMeter(now::get);

  private void sleepFor(long nanos) {
    meter.fallAsleep();
    now.addAndGet(nanos);
    meter.wake();
  }

  @Test
  void aSleepOfTheUsualLengthIsNoPause() {
    sleepFor(SLEEP);
    sleepFor(SLEEP);

    assertThat(meter.collectMaxNanos()).isLessThanOrEqualTo(1);
  }

  @Test
  void aRecordedPauseCountsOnceAndStaysInTheTotal() {
    sleepFor(SLEEP);
    sleepFor(SLEEP + PAUSE);
    meter.fallAsleep();

    assertThat(meter.collectMaxNanos()).isCloseTo(PAUSE, within(ROUNDING));
    assertThat(meter.collectMaxNanos()).isLessThanOrEqualTo(1);
    assertThat(meter.total().getMaxValue()).isCloseTo(PAUSE, within(ROUNDING));
  }

  @Test
  void aPauseThatTheSleeperHasNotYetRecordedIsSeenByWhoeverRunsFirst() {
    sleepFor(SLEEP);
    meter.fallAsleep();
    now.addAndGet(SLEEP + PAUSE);

    assertThat(meter.collectMaxNanos()).isEqualTo(PAUSE);
    assertThat(meter.total().getMaxValue()).as("recorded").isLessThanOrEqualTo(1);

    meter.wake();
    assertThat(meter.collectMaxNanos()).isCloseTo(PAUSE, within(ROUNDING));
    assertThat(meter.total().getMaxValue()).isCloseTo(PAUSE, within(ROUNDING));
  }

  @Test
  void beforeTheFirstSleepHasEndedNothingIsKnown() {
    assertThat(meter.collectMaxNanos()).isZero();
    meter.fallAsleep();
    now.addAndGet(PAUSE);
    assertThat(meter.collectMaxNanos()).isZero();
  }

  @Test
  void theTimeAfterTheSleepersEndIsNoPause() {
    sleepFor(SLEEP);
    meter.fallAsleep();
    meter.stop();
    now.addAndGet(PAUSE);

    assertThat(meter.collectMaxNanos()).isLessThanOrEqualTo(1);
  }

  @Test
  void theThreadMeasuresUntilItIsStopped() throws InterruptedException {
    HiccupMeter running = new HiccupMeter(System::nanoTime);
    Thread thread = new Thread(running);
    thread.start();
    while (running.total().getTotalCount() < 10) {
      assertThat(thread.isAlive()).isTrue();
      running.collectMaxNanos();
    }
    running.stop();

    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }
}
