package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.run.load.Metered;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProlongingTest {
  private static final long MILLI = 1_000_000;
  private static final TrialRules RULES = new TrialRules(50 * MILLI, null, 0, 1000 * MILLI);
  private static final Metered METERED =
      new Metered(15, 150_000L, 0L, 0.4, Map.of(), Map.of("s:1", 1_000_000.0), Optional.empty());

  private final TrialSeconds seconds = new TrialSeconds("load");
  private final Prolonging prolonging = new Prolonging(RULES, 15_000, 1);

  private void second(int second, long p50Nanos, long gap) {
    seconds.accept(Seconds.of(second, p50Nanos, gap));
  }

  @Test
  void aFlatLagIsToldInTheTimeAskedFor() {
    for (int i = 0; i < 15; i++) {
      second(i, MILLI + i % 3 * 1000L, 100 + i % 2);
    }
    assertThat(prolonging.isWorthIt(seconds, 15, METERED)).isFalse();
    assertThat(prolonging.isHopeless(seconds, 1)).isFalse();
  }

  @Test
  void aLagThatPlainlyGrowsNeedsNoMoreSeconds() {
    for (int i = 0; i < 15; i++) {
      second(i, MILLI + 2L * MILLI * i, 100);
    }
    assertThat(prolonging.isWorthIt(seconds, 15, METERED)).isFalse();
  }

  @Test
  void whatMayOrMayNotGrowIsMeasuredLonger() {
    // The bound is 0.83 ms a second: this lies about it.
    for (int i = 0; i < 15; i++) {
      second(i, 10 * MILLI + 800_000L * i + (i % 4) * 3L * MILLI, 100);
    }
    assertThat(prolonging.isWorthIt(seconds, 15, METERED)).isTrue();
  }

  @Test
  void tooFewSecondsForAGrowthAreWorthMore() {
    for (int i = 0; i < 5; i++) {
      second(i, MILLI, 100);
    }
    assertThat(prolonging.isWorthIt(seconds, 5, METERED)).isTrue();
  }

  @Test
  void aTrialWhosePercentileIsBrokenWhateverFollowsIsHopeless() {
    for (int i = 0; i < 4; i++) {
      second(i, 60 * MILLI, 100);
    }
    assertThat(prolonging.isHopeless(seconds, 1)).describedAs("four seconds are too few").isFalse();
    second(4, 60 * MILLI, 100);
    assertThat(prolonging.isHopeless(seconds, 1)).isTrue();
  }

  @Test
  void aTrialThatWillLastLongerMayStillKeepItsPercentile() {
    second(0, 60 * MILLI, 100);
    for (int i = 1; i < 10; i++) {
      second(i, MILLI, 100);
    }
    assertThat(prolonging.isHopeless(seconds, 1)).describedAs("500 of 15,000").isTrue();
    assertThat(prolonging.isHopeless(seconds, 4)).describedAs("500 of 60,000").isFalse();
  }

  @Test
  void aReplicaThatKeepsUpIsMeasuredToTheEndBesideOneThatDoesNot() {
    for (int i = 0; i < 6; i++) {
      seconds.accept(Seconds.of(i, 60L * MILLI, 100L, "slow:1", null));
      seconds.accept(Seconds.of(i, MILLI, 100L, "fast:1", null));
    }
    assertThat(prolonging.isHopeless(seconds, 1)).isFalse();
    assertThat(prolonging.isWorthIt(seconds, 6, METERED))
        .describedAs("of the fast one six seconds are too few")
        .isTrue();
  }

  @Test
  void ofSeveralShardsOneThatIsHopelessIsEnough() {
    for (int i = 0; i < 6; i++) {
      seconds.accept(Seconds.of(i, 60L * MILLI, 100L, null, "s:1"));
      seconds.accept(Seconds.of(i, MILLI, 100L, null, "s:2"));
    }
    assertThat(prolonging.isHopeless(seconds, 1)).isTrue();
  }

  @Test
  void aMedianAtTheLimitIsWithinIt() {
    for (int i = 0; i < 15; i++) {
      second(i, 50 * MILLI, 100);
    }
    assertThat(prolonging.isHopeless(seconds, 1)).isFalse();
  }

  @Test
  void withoutALimitOfP99NothingIsHopeless() {
    TrialRules largest = new TrialRules(null, 50 * MILLI, 0, 1000 * MILLI);
    for (int i = 0; i < 15; i++) {
      second(i, 500 * MILLI, 100);
    }
    assertThat(new Prolonging(largest, 15_000, 1).isHopeless(seconds, 1)).isFalse();
  }
}
