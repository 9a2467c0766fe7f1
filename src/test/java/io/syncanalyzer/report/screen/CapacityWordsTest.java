package io.syncanalyzer.report.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.report.SampleCapacity;
import io.syncanalyzer.result.capacity.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;

class CapacityWordsTest {
  private static final List<Trial> TRIALS = SampleCapacity.trials(null, 1);

  @Test
  void aTrialIsOneLine() {
    assertThat(CapacityWords.trial(TRIALS.get(0)))
        .matches("trial 1: 2,000 writes/s: sustained; p99 0\\.\\d\\d \\.\\. 0\\.\\d\\d ms");
    assertThat(CapacityWords.trial(TRIALS.get(6)))
        .matches(
            "trial 7: 45,255 writes/s: refuted, the p99 lag is at most \\d+ ms, --max-lag-p99"
                + " allows 50 ms; p99 [\\d.]+ \\.\\. [\\d.]+ ms");
  }

  @Test
  void aRateThatWasMissedIsSaidAndANeverSeenOneIsALowerBound() {
    assertThat(CapacityWords.trial(TRIALS.get(10)))
        .startsWith("trial 11: 41,499 writes/s (39,870 reached): invalid, the generator reached");
    assertThat(CapacityWords.trial(TRIALS.get(14))).matches(".*; p99 >= \\d+(\\.\\d)? ms");
  }

  @Test
  void ofSeveralReplicasItsOwnIsNamed() {
    assertThat(CapacityWords.trial(SampleCapacity.trials("10.0.0.2:6379", 1).get(0)))
        .startsWith("trial 1 on 10.0.0.2:6379: 2,000 writes/s: sustained");
  }
}
