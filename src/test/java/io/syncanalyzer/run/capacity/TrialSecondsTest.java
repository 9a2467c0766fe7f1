package io.syncanalyzer.run.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.run.lag.Track;
import org.junit.jupiter.api.Test;

class TrialSecondsTest {
  private static final Track ONLY = new Track(null, null);

  private final TrialSeconds seconds = new TrialSeconds("load");

  @Test
  void onlyWholeSecondsBeforeTheEndAreOfTheTrial() {
    for (int second = -2; second < 5; second++) {
      seconds.accept(Seconds.of(second, 1000L, 0L));
    }
    assertThat(seconds.of(ONLY, 3)).extracting(LagSecond::second).containsExactly(0L, 1L, 2L);
    assertThat(seconds.of(ONLY, 0)).isEmpty();
  }

  @Test
  void secondsAfterTheScheduleAreNotTheTrials() {
    TrialSeconds ofBaseline = new TrialSeconds("baseline");
    ofBaseline.accept(Seconds.of(0, 1000L, 0L));
    assertThat(ofBaseline.tracks()).isEmpty();
  }

  @Test
  void eachReplicaAndShardHasItsOwn() {
    seconds.accept(Seconds.of(0, 1L, 0L, "r:1", "s:1"));
    seconds.accept(Seconds.of(0, 2L, 0L, "r:1", "s:2"));
    seconds.accept(Seconds.of(0, 3L, 0L, "r:2", "s:1"));
    assertThat(seconds.tracks())
        .containsExactlyInAnyOrder(
            new Track("r:1", "s:1"), new Track("r:1", "s:2"), new Track("r:2", "s:1"));
    assertThat(seconds.shards()).isEqualTo(2);
    assertThat(seconds.of(new Track("r:2", "s:1"), 9))
        .extracting(LagSecond::p50UpperNanos)
        .containsExactly(3L);
  }

  @Test
  void aSecondInWhichNothingWasSeenIsAsFarBehindAsWhatWasWaitedFor() {
    assertThat(TrialSeconds.lagNanos(Seconds.of(0, 7L, 0L))).isEqualTo(7L);
    assertThat(TrialSeconds.lagNanos(Seconds.of(0, null, 0L))).isEqualTo(900_000_000L);
  }
}
