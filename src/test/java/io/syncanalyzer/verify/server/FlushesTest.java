package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.verify.server.Flushes.Counts;
import org.junit.jupiter.api.Test;

class FlushesTest {
  private static final Counts BEGIN = new Counts(3L, 4L, 0L, 0L, Moves.NONE);

  @Test
  void theSameCountsMeanThatNobodyWasFlushed() {
    assertThat(new Counts(3L, 4L, 0L, 0L, Moves.NONE).since(BEGIN)).isEmpty();
  }

  @Test
  void aFlushOfTheSourceArrivesAtTheReplicaAndIsTheSources() {
    assertThat(new Counts(4L, 5L, 0L, 0L, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("the source was flushed since the begin");
  }

  @Test
  void aFlushOfTheReplicaAloneIsTheReplicas() {
    assertThat(new Counts(3L, 5L, 0L, 0L, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("the replica was flushed since the begin");
  }

  @Test
  void aCountThatWasResetOrIsNoLongerKeptMayHideAFlush() {
    assertThat(new Counts(0L, 4L, 0L, 0L, Moves.NONE).since(BEGIN)).isPresent();
    assertThat(new Counts(3L, null, 0L, null, Moves.NONE).since(BEGIN)).isPresent();
  }

  @Test
  void aSwapOfDatabasesIsToldAsAFlushIs() {
    assertThat(new Counts(3L, 4L, 1L, 1L, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("databases of the source were swapped since the begin (SWAPDB)");
    assertThat(new Counts(3L, 4L, 0L, 1L, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("databases of the replica were swapped since the begin (SWAPDB)");
  }

  @Test
  void whereNobodyCountedAtTheBeginNothingIsKnown() {
    Counts unknown = new Counts(null, null, null, null, Moves.NONE);

    assertThat(new Counts(7L, 8L, 9L, 9L, Moves.NONE).since(unknown)).isEmpty();
    assertThat(unknown.since(unknown)).isEmpty();
  }
}
