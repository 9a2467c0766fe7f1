package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InFlightTest {
  private static final long MILLI = 1_000_000;

  @ParameterizedTest
  @ValueSource(longs = {0, 50_000, 1_000_000, 4_999_999})
  void nearByNothingIsOtherwise(long nanos) {
    Distance distance = new Distance(nanos, nanos);
    assertThat(InFlight.of(nanos, distance, OptionalLong.of(100), 1)).isEqualTo(InFlight.NEAR);
  }

  @ParameterizedTest
  @CsvSource({
    // scanned ms, other ms, bytes a key, beside -> workers, batch, names
    "5, 0, 250, 1, 6, 1000, 3000",
    "20, 20, 250, 1, 24, 1000, 9000",
    "0, 50, 250, 1, 24, 2000, 2000",
    "200, 200, 250, 1, 24, 2000, 10000",
    "200, 0, 250, 1, 24, 2000, 10000",
    // Large values: as near by.
    "200, 200, 1000000, 1, 3, 1000, 10000",
    "200, 200, 2000, 1, 16, 1000, 10000",
    // Passes that go on beside it have their share.
    "200, 200, 250, 4, 6, 2000, 10000",
    "200, 200, 250, 100, 3, 1000, 10000",
  })
  void asMuchIsUnderWayAsTheRoundTripAsksForAndTheBytesAllow(
      long scanned, long other, long bytesAKey, int beside, int workers, int batch, int names) {
    InFlight found =
        InFlight.of(
            scanned * MILLI,
            new Distance(scanned * MILLI, other * MILLI),
            OptionalLong.of(bytesAKey),
            beside);
    assertThat(found.workers()).isEqualTo(workers);
    assertThat(found.batch()).isEqualTo(batch);
    assertThat(found.names()).isEqualTo(names);
  }

  @Test
  void whatIsUnderWayIsBoundedHoweverFarTheServersAre() {
    for (long millis = 5; millis < 10_000_000; millis *= 3) {
      Distance distance = new Distance(millis * MILLI, 0);
      InFlight found = InFlight.of(millis * MILLI, distance, OptionalLong.of(300), 1);
      assertThat(found.names()).isBetween(1000, InFlight.MOST_NAMES);
      assertThat((long) found.workers() * found.batch() * 300).isLessThan(InFlight.MOST_BYTES);
    }
  }

  @Test
  void whereNoServerTellsWhatAKeyTakesLessIsUnderWay() {
    Distance distance = new Distance(200 * MILLI, 0);
    InFlight found = InFlight.of(200 * MILLI, distance, OptionalLong.empty(), 1);
    assertThat(found.workers() * found.batch()).isLessThanOrEqualTo(8192);
  }
}
