package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagMemoryTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource({"1,30", "1000,30", "20000,30", "100000,30", "500,86400", "100000,600"})
  void theRingsOfAllLanesHoldWhatMayBeOutstandingAtOnce(int rate, int timeoutSeconds) {
    LagSettings settings = settings(rate, timeoutSeconds);
    double outstanding = (double) rate * timeoutSeconds;

    double room = (double) LagMemory.slots(settings) * settings.lanes() * settings.types().size();

    assertThat(room).isGreaterThanOrEqualTo(2 * outstanding);
    assertThat((double) LagMemory.bytes(settings)).isGreaterThan(outstanding * (28 + 51));
  }

  @Test
  void theUsualRateNeedsAQuarterOfAGibibyteAtMost() {
    assertThat(LagMemory.bytes(settings(1000, 30))).isLessThan(256 * MIB);
  }

  /** 131,072 longs and the array's head: the collector gives such an array two mebibytes. */
  @Test
  void anArrayALittleLargerThanARegionTakesTwo() {
    LagSettings settings = settings(100, 18_000).withTypes(settings(1, 1).types(), 6);
    assertThat(LagMemory.slots(settings)).isBetween(65_537, 131_072);

    assertThat(LagMemory.bytes(settings)).isGreaterThan(36 * 7 * 2 * MIB);
  }

  /** All pairs share the rate, and each has observers, histograms and a timeline of its own. */
  @ParameterizedTest
  @CsvSource({"1000,3", "1000,30", "20000,3", "100000,10"})
  void everyPairIsCounted(int rate, int pairs) {
    LagSettings single = settings(rate, 30);
    LagPair pair = single.pairs().get(0);
    LagSettings several =
        LagSettings.of(Collections.nCopies(pairs, pair), "r")
            .withSchedule(rate, Duration.ZERO, single.duration())
            .withObserver(ObserverChoice.POLL, Duration.ofSeconds(30));

    double room = (double) LagMemory.slots(several) * several.lanes() * several.streams().size();

    assertThat(room).isGreaterThanOrEqualTo(2.0 * rate * 30);
    assertThat(LagMemory.bytes(several))
        .isGreaterThan((pairs + 1) * 12L * MIB)
        .isLessThan((pairs + 1) * LagMemory.bytes(single));
  }

  @Test
  void whatFitsIsNotTooMuch() {
    LagSettings settings = settings(20_000, 30);
    long needed = LagMemory.bytes(settings);
    assertThat(LagMemory.excess(settings, needed)).isNull();
    assertThat(LagMemory.excess(settings, needed - 1)).isNotNull();
  }

  /** What is said to fit does, and one more does not. */
  @Test
  void whatIsTooMuchSaysWhatWouldFit() {
    long room = 1024 * MIB;
    LagSettings settings = settings(100_000, 600);

    LagMemory.Excess excess = Objects.requireNonNull(LagMemory.excess(settings, room));

    int rate = (int) excess.rate();
    int seconds = (int) excess.timeoutSeconds();
    assertThat(excess.bytes()).isEqualTo(LagMemory.bytes(settings));
    assertThat(LagMemory.bytes(settings(rate, 600))).isLessThanOrEqualTo(room);
    assertThat(LagMemory.bytes(settings(rate + 1, 600))).isGreaterThan(room);
    assertThat(LagMemory.bytes(settings(100_000, seconds))).isLessThanOrEqualTo(room);
    assertThat(LagMemory.bytes(settings(100_000, seconds + 1))).isGreaterThan(room);
  }

  private static LagSettings settings(int rate, int timeoutSeconds) {
    return LagSettings.of(
            Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
            List.of(Endpoint.parse(Side.REPLICA, "redis://127.0.0.1:2")),
            "r")
        .withSchedule(rate, Duration.ZERO, Optional.of(Duration.ofSeconds(20)))
        .withObserver(ObserverChoice.POLL, Duration.ofSeconds(timeoutSeconds));
  }
}
