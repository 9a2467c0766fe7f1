package io.syncanalyzer.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovesTest {
  private static final Moves BEGIN = new Moves(10L, 20L, 30L, 40L);

  @ParameterizedTest
  @CsvSource({
    "10, 20, 30, 40, 0",
    "13, 23, 30, 40, 3",
    "13, 20, 30, 40, 3",
    "10, 22, 30, 40, 2",
    // Read by a client of the source, or of the replica, and stored nowhere.
    "10, 20, 35, 40, 0",
    "10, 20, 30, 45, 0",
    "10, 20, 37, 42, 2",
    // They began to count anew.
    "0, 20, 30, 40, 1",
    "4, 20, 30, 40, 5",
    // They no longer count.
    ", , , , 0"
  })
  void whatCameSinceIsTheMostThatEitherSideTells(
      @Nullable Long source,
      @Nullable Long replica,
      @Nullable Long sourceMaybe,
      @Nullable Long replicaMaybe,
      long since) {
    assertThat(new Moves(source, replica, sourceMaybe, replicaMaybe).since(BEGIN)).isEqualTo(since);
  }

  @Test
  void whereNobodyCountedAtTheBeginNothingIsKnown() {
    assertThat(new Moves(7L, 8L, 1L, 1L).since(new Moves(null, null, null, null))).isZero();
  }
}
