package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  @Test
  void whatFitsIsNotRefused() {
    LagSettings settings = settings(20_000, 30);
    long needed = LagMemory.bytes(settings);
    assertThatCode(() -> LagMemory.check(settings, "--sentinel-rate 100000", needed, "-"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> LagMemory.check(settings, "--sentinel-rate 100000", needed - 1, "-"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** What the refusal says would go does, and one more does not. */
  @Test
  void theRefusalSaysWhatWouldGo() {
    long room = 1024 * MIB;
    LagSettings settings = settings(100_000, 600);

    Throwable refusal = assertRefused(settings, room);
    long rate = named(refusal, "--sentinel-rate (\\d+) would go");
    long seconds = named(refusal, "--observe-timeout (\\d+)s would go");

    assertThat(refusal.getMessage())
        .startsWith("--sentinel-rate 100000 with --observe-timeout 600s keeps up to")
        .contains("MiB of memory are needed; room of a gibibyte");
    assertThat(LagMemory.bytes(settings((int) rate, 600))).isLessThanOrEqualTo(room);
    assertThat(LagMemory.bytes(settings((int) rate + 1, 600))).isGreaterThan(room);
    assertThat(LagMemory.bytes(settings(100_000, (int) seconds))).isLessThanOrEqualTo(room);
    assertThat(LagMemory.bytes(settings(100_000, (int) seconds + 1))).isGreaterThan(room);
  }

  private static Throwable assertRefused(LagSettings settings, long room) {
    try {
      LagMemory.check(settings, "--sentinel-rate 100000", room, "room of a gibibyte");
    } catch (IllegalArgumentException refusal) {
      return refusal;
    }
    throw new AssertionError("not refused");
  }

  private static long named(Throwable refusal, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(String.valueOf(refusal.getMessage()));
    assertThat(matcher.find()).as(refusal.getMessage()).isTrue();
    return Long.parseLong(matcher.group(1));
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
