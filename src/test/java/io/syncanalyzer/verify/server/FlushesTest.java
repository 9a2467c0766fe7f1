package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.verify.server.Flushes.Counts;
import org.junit.jupiter.api.Test;

class FlushesTest {
  private static final Counts BEGIN = new Counts(3, 4, 0, 0, Moves.NONE);

  @Test
  void theSameCountsMeanThatNobodyWasFlushed() {
    assertThat(new Counts(3, 4, 0, 0, Moves.NONE).since(BEGIN)).isEmpty();
  }

  @Test
  void aFlushOfTheSourceArrivesAtTheReplicaAndIsTheSources() {
    assertThat(new Counts(4, 5, 0, 0, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("the source was flushed since the begin");
  }

  @Test
  void aFlushOfTheReplicaAloneIsTheReplicas() {
    assertThat(new Counts(3, 5, 0, 0, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("the replica was flushed since the begin");
  }

  @Test
  void aCountThatWasResetOrIsNoLongerKeptMayHideAFlush() {
    assertThat(new Counts(0, 4, 0, 0, Moves.NONE).since(BEGIN)).isPresent();
    assertThat(new Counts(3, -1, 0, -1, Moves.NONE).since(BEGIN)).isPresent();
  }

  @Test
  void aSwapOfDatabasesIsToldAsAFlushIs() {
    assertThat(new Counts(3, 4, 1, 1, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("databases of the source were swapped since the begin (SWAPDB)");
    assertThat(new Counts(3, 4, 0, 1, Moves.NONE).since(BEGIN).orElseThrow())
        .startsWith("databases of the replica were swapped since the begin (SWAPDB)");
  }

  @Test
  void whereNobodyCountedAtTheBeginNothingIsKnown() {
    Counts unknown = new Counts(-1, -1, -1, -1, Moves.NONE);

    assertThat(new Counts(7, 8, 9, 9, Moves.NONE).since(unknown)).isEmpty();
    assertThat(unknown.since(unknown)).isEmpty();
  }
}
