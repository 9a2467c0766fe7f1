package io.syncanalyzer.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.LagValue.AtLeast;
import io.syncanalyzer.probe.LagValue.Known;
import io.syncanalyzer.probe.LagValue.TooFew;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LagLimitsTest {
  private static final long MS = 1_000_000;

  @Test
  void aLimitIsKeptAtItsValueAndBrokenAboveIt() {
    assertThat(broken(p99(10), new Known(10 * MS), new Known(10 * MS), 0)).isEmpty();
    assertThat(broken(p99(10), new Known(12 * MS), new Known(20 * MS), 0))
        .singleElement()
        .satisfies(
            broken -> {
              assertThat(broken.limit()).isEqualTo("--max-lag-p99");
              assertThat(broken.line())
                  .contains("p99 upper is 12.000 ms, 2.000 ms above --max-lag-p99");
            });
    assertThat(broken(max(15), new Known(1), new Known(20 * MS), 0)).hasSize(1);
  }

  @Test
  void tooFewSamplesForAPercentileAreJudgedByTheGreatest() {
    assertThat(broken(p99(10), new TooFew(), new Known(9 * MS), 0)).isEmpty();
    assertThat(broken(p99(10), new TooFew(), new Known(11 * MS), 0))
        .singleElement()
        .satisfies(broken -> assertThat(broken.line()).contains("too few samples"));
  }

  @Test
  void whatIsOnlyKnownFromBelowBreaksALimitItReaches() {
    assertThat(broken(max(10), new TooFew(), new AtLeast(10 * MS), 1)).hasSize(1);
    assertThat(broken(max(10), new TooFew(), new AtLeast(9 * MS), 1)).isEmpty();
  }

  @Test
  void lostSentinelsAreThoseNeverSeen() {
    LagLimits none = new LagLimits(Optional.empty(), Optional.empty(), Optional.of(0L));
    assertThat(broken(none, new Known(1), new Known(1), 0)).isEmpty();
    assertThat(broken(none, new Known(1), new Known(1), 3))
        .singleElement()
        .satisfies(broken -> assertThat(broken.line()).contains("3 sentinels never seen, 3 more"));
  }

  @Test
  void floorAndBaselineHaveNoLimits() {
    LagSummary summary =
        new LagSummary(
            List.of(LagRows.phase("baseline", new Known(99 * MS), new Known(99 * MS), 5, 5)),
            List.of(),
            null);
    assertThat(p99(1).broken(summary)).isEmpty();
  }

  @Test
  void aLimitThatNothingCanKeepIsRefused() {
    assertThatThrownBy(() -> p99(0)).hasMessageContaining("--max-lag-p99 must be above 0");
    assertThatThrownBy(() -> max(-1)).hasMessageContaining("--max-lag must be above 0");
    assertThatThrownBy(() -> new LagLimits(Optional.empty(), Optional.empty(), Optional.of(-1L)))
        .hasMessageContaining("--max-lost");
  }

  private static LagLimits p99(long millis) {
    return new LagLimits(
        Optional.of(Duration.ofMillis(millis)), Optional.empty(), Optional.empty());
  }

  private static LagLimits max(long millis) {
    return new LagLimits(
        Optional.empty(), Optional.of(Duration.ofMillis(millis)), Optional.empty());
  }

  private static List<LagLimits.Broken> broken(
      LagLimits limits, LagValue p99, LagValue max, long censored) {
    return limits.broken(
        new LagSummary(List.of(LagRows.phase("load", p99, max, 100, censored)), List.of(), null));
  }
}
