package io.syncanalyzer.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitTellingTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> said = new ArrayList<>();
  private long now = Long.MAX_VALUE - SECOND; // Its readings may wrap round.

  @Test
  void aShortWaitIsNotWorthAWordAndALongOneIsToldEveryFewSeconds() {
    Waiting waiting = new Waiting(() -> now, said::add);
    for (int tenth = 0; tenth < 70; tenth++) {
      waiting.on("the replica is behind");
      now += SECOND / 10;
    }
    assertThat(said)
        .containsExactly(
            "the replica is behind, for 3 s now", "the replica is behind, for 6 s now");
  }

  @Test
  void oneThatBeganBeforeIsCountedFromItsBegin() {
    Waiting waiting = new Waiting(() -> now, now - 10 * SECOND, said::add);
    waiting.on("the source is gone");
    now += 2 * SECOND;
    waiting.on("the source is gone");
    now += SECOND;
    waiting.on("the source is gone");
    assertThat(said)
        .containsExactly("the source is gone, for 10 s now", "the source is gone, for 13 s now");
  }
}
