package io.syncanalyzer.probe.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.result.lag.LagValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistanceTest {
  private static final long MICRO = 1_000;
  private static final String REPLICA = "replica 10.0.0.2:6379";

  @ParameterizedTest
  @CsvSource({
    // source us, replica us, width us, decides
    "100, 200000, 201000, true", // The replica is far: one of its round trips wide.
    "100, 200000, 400100, true", // Two of them, as theory has it.
    "100, 200000, 800200, true", // At the edge: half of the width.
    "100, 200000, 800300, false", // Just beyond: it is the replica's own doing.
    "100, 200000, 5000000, false", // Far, and seconds behind.
    "80000, 100, 81000, true", // The source alone is far.
    "40000, 40000, 120000, true", // Both are.
    "100, 999, 2098, false", // Nobody is far: what a machine does takes as long.
    "100, 1000, 2100, true", // From here on one is.
    "1000, 50, 1100, true",
    "50, 60, 130, false",
    "100, 200000, 100000, true", // A push: half of one.
    "100, 200000, 50013, true", // At the other edge: an eighth of what it can make.
    "100, 200000, 50012, false", // Just below: nothing of it is the distance's.
    "120000, 100, 450, false", // Only the source's answers take long.
    "100, 200000, 0, false",
  })
  void itDecidesWhereItMakesAtLeastHalfOfTheWidthAndAnyoneIsFar(
      long source, long replica, long width, boolean decides) {
    Distance distance = new Distance(source * MICRO, replica * MICRO);
    LagValue known = new LagValue.Known(width * MICRO);

    assertThat(distance.decides(known)).isEqualTo(decides);
    assertThat(distance.warning(REPLICA, known).isPresent()).isEqualTo(decides);
  }

  @Test
  void aWidthThatNobodyKnowsIsNotTheDistances() {
    Distance far = new Distance(MICRO, 200_000 * MICRO);

    assertThat(far.warning(REPLICA, new LagValue.Open())).isEmpty();
    assertThat(far.warning(REPLICA, new LagValue.TooFew())).isEmpty();
  }

  @Test
  void theWarningNamesBothRoundTripsAndWhereToRunTheAnalyzer() {
    LagValue width = new LagValue.Known(201_000 * MICRO);

    assertThat(new Distance(120 * MICRO, 200_300 * MICRO).warning(REPLICA, width).orElseThrow())
        .contains("201.0 ms at the median")
        .contains("0.12 ms to the source and 200.3 ms to the replica 10.0.0.2:6379")
        .endsWith("run the analyzer near the replica to see more");
    assertThat(new Distance(200_300 * MICRO, 120 * MICRO).warning(REPLICA, width).orElseThrow())
        .contains("200.3 ms to the source and 0.12 ms to the replica")
        .endsWith("near the replica already, and only one that is near both sees more");
  }

  @ParameterizedTest
  @CsvSource({"10, 200, 95", "200, 10, 0", "50, 50, 0", "50, 51, 0", "50, 52, 1"})
  void theFloorIsHeldForHalfOfWhatTheReplicaIsFurtherAway(long source, long replica, long held) {
    assertThat(new Distance(source, replica).heldNanos()).isEqualTo(held);
  }

  @Test
  void aRoundTripOfNoTimeIsRefused() {
    assertThatThrownBy(() -> new Distance(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Distance(1, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
