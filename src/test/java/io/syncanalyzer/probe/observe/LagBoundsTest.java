package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagBoundsTest {
  @ParameterizedTest
  @CsvSource({
    // send, ack, neg, pos, lower, upper
    "0,  1,  5,  7, 4,  7", // asked in vain at 5, there at 7
    "0,  1,  0,  2, 0,  2", // never asked in vain
    "0,  9,  5,  7, 0,  7", // acknowledged only after it was seen
    "0,  6,  5,  7, 0,  7", // asked in vain only before the acknowledgement
    "0,  1,  9,  7, 6,  7", // a push told of it before the poll that missed it had left
    "-5, -4, -1, 0, 3,  5", // the clock's origin is nowhere in particular
  })
  void theBoundsOfOneSeen(long send, long ack, long neg, long pos, long lower, long upper) {
    assertThat(LagBounds.lower(ack, neg, pos)).isEqualTo(lower);
    assertThat(LagBounds.upper(send, pos)).isEqualTo(upper);
  }

  @ParameterizedTest
  @CsvSource({
    // ack, neg, silent until, lower
    "1,  0,    , 0", // never asked for
    "1, 30,    , 29", // the last answer that did not show it
    "9,  5,    , 0", // that answer came before its acknowledgement
    "1,  0,  30, 29", // no answer ever
    "1, 10,  30, 29", // answers until 10, none since
    "1, 30,  10, 29", // silent once, and answering again
    "40, 0,  30, 0", // acknowledged when the silence was looked at already
  })
  void theLowerBoundOfOneNeverSeen(long ack, long neg, Long silentUntil, long lower) {
    assertThat(
            LagBounds.lowerUnseen(
                ack, neg, silentUntil == null ? LagBounds.NOT_SILENT : silentUntil))
        .isEqualTo(lower);
  }

  /**
   * Whatever happens when: the source applies within [send, ack], the replica shows from then on.
   */
  @Test
  void theTrueLagAlwaysLiesBetweenTheBounds() {
    Random random = new Random(13);
    for (int round = 0; round < 100_000; round++) {
      long send = random.nextInt(100);
      long applied = send + random.nextInt(20);
      long ack = applied + random.nextInt(20);
      long lag = random.nextInt(60);
      long shown = applied + lag;
      long neg = send;
      long pos = -1;
      for (long at = send; pos < 0; at += 1 + random.nextInt(10)) {
        long executed = at + random.nextInt(10);
        if (executed >= shown) {
          pos = executed + random.nextInt(10);
        } else {
          neg = at;
          assertThat(LagBounds.lowerUnseen(ack, neg, LagBounds.NOT_SILENT))
              .isLessThanOrEqualTo(lag);
        }
      }
      assertThat(LagBounds.lower(ack, neg, pos)).isLessThanOrEqualTo(lag);
      assertThat(LagBounds.upper(send, pos)).isGreaterThanOrEqualTo(lag);
    }
  }
}
