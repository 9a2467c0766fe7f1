package io.syncanalyzer.verify.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.time.NanoClock;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long STEP_NANOS = 10_000_000;

  /** Goes on by a step each time it is read, so that waiting takes no time of ours. */
  private static final class SteppingClock implements NanoClock {
    private long now;

    @Override
    public long nanoTime() {
      now += STEP_NANOS;
      return now;
    }
  }

  private final SteppingClock clock = new SteppingClock();
  private final Pace pace = new Pace(OptionalDouble.of(100), clock, () -> false);

  @Test
  void aBatchWaitsUntilTheOneBeforeItIsPaidFor() {
    pace.take(50);
    long first = clock.now;
    pace.take(50);
    assertThat(clock.now - first).isBetween(490_000_000L, 520_000_000L);
  }

  @Test
  void timeThatWasLostIsNotMadeUpFor() {
    pace.take(50);
    clock.now += 10_000_000_000L;
    pace.take(50);
    long late = clock.now;
    pace.take(50);
    assertThat(clock.now - late).isGreaterThan(380_000_000L);
  }
}
