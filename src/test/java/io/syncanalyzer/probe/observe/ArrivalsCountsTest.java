package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an observer counts, and tells while it goes on: {@link ArrivalsRig} has the words. */
class ArrivalsCountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack                          | what happens | outstanding, measured, awaited
        "0:20,20,21                              | t30                       | 1, 1, 1",
        "0:9,20,21                               | t30                       | 1, 0, 1", // warm-up
        "0:10,20,21                              | t30                       | 1, 1, 1",
        "0:20,20,S                               | t30                       | 1, 1, 1",
        "0:20,20,U21                             | t30                       | 1, 1, 0",
        "0:20,20,F21                             | t30                       | 1, 1, 0",
        "0:20,20,U21                             | t30 n40                   | 1, 1, 1",
        "0:20,20,F21                             | t30 n40                   | 1, 1, 1",
        "0:20,20,21 0:22,22,U23 0:24,24,F25 0:26,26,S | t30                  | 4, 4, 2",
        "0:20,20,21                              | 22>23:a                   | 0, 0, 0",
        "0:9,20,21                               | 22>23:a                   | 0, 0, 0",
        "0:20,20,21 1:20,20,21                   | 22>23:a                   | 1, 1, 1",
        "0:9,20,21 1:20,20,21                    | 22>23:a                   | 1, 1, 1",
        "0:20,20,21 1:9,20,21                    | 22>23:a                   | 1, 0, 1",
        "0:20,20,F30                             | 22>23:-                   | 1, 1, 1",
        "0:20,20,F21                             | 22>23:-                   | 0, 0, 0",
        "0:20,20,F21                             | 22>23:!                   | 0, 0, 0",
        "0:20,20,U21                             | 22>1020:-                 | 1, 1, 0",
        "0:20,20,U21                             | 22>1021:-                 | 0, 0, 0",
        "0:20,20,U21                             | 22>1021:!                 | 0, 0, 0",
        "0:20,20,21                              | 1020>1021:-               | 1, 1, 1",
        "0:20,20,21                              | 1021>1022:-               | 0, 0, 0",
        "0:20,20,21                              | 900>1020:!                | 1, 1, 1",
        "0:20,20,21                              | 900>1021:!                | 0, 0, 0",
        // While the next poll's turn is waited for, nobody asks.
        "0:20,20,21                              | w30                       | 1, 1, 1",
        "0:20,20,21 0:24,24,25                   | 22>23:a w30               | 1, 1, 1",
        "0:20,20,21 0:24,24,S                    | 22>23:a w30               | 1, 1, 1",
        "0:20,20,21 0:24,24,U25                  | 22>23:a w30               | 1, 1, 0",
        "0:20,20,21 0:24,24,25                   | 22>23:- p26:a w30         | 1, 1, 1",
        // Seen, and its write has no answer yet: there is still something to come.
        "0:20,20,40                              | 22>23:a                   | 1, 1, 1",
        "0:20,20,40                              | 22>23:a n30               | 1, 1, 1",
        "0:20,20,40                              | 22>23:a t40               | 0, 0, 0",
        "0:20,20,40                              | 22>23:a n40               | 0, 0, 0",
        "0:20,20,U40                             | 22>23:a t40               | 0, 0, 0",
        "0:20,20,F40                             | 22>23:a t40               | 0, 0, 0",
        "0:20,20,30 1:20,20,40                   | 22>23:ab t30              | 1, 1, 1",
        "0:20,20,40 1:20,20,30                   | 22>23:ab t30              | 1, 1, 1",
        "0:20,20,40 1:20,20,30                   | 22>23:ab t30 t40          | 0, 0, 0",
        "0:20,20,21 0:22,22,S                    | 24>25:b e30               | 0, 0, 0",
        "0:20,20,21                              | 22>23:- e30               | 0, 0, 0",
      })
  void whatIsOutstandingAndWhatIsWaitedFor(String sentinels, String script, String counts) {
    ReplicaTally tally = new ArrivalsRig().writes(sentinels).runs(script).tally;
    assertThat(
            tally.outstanding.get()
                + ", "
                + tally.outstandingMeasured.get()
                + ", "
                + tally.awaited.get())
        .isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack            | what happens        | last seen, staleness, gap, observed,
        // cens.
        "0:20,20,21                | 22>23:a             | 23, 3, 3, 1, 0",
        "0:9,20,21                 | 22>23:a             | none, 0, 0, 0, 0", // of the warm-up
        "0:10,20,21                | 22>23:a             | 23, 3, 3, 1, 0",
        "0:9,9,10 0:20,20,21       | 22>23:b             | 23, 3, 13, 1, 0", // measured from 10
        "0:9,9,10 0:20,20,21       | 12>13:a 22>23:b     | 23, 3, 3, 1, 0",
        "0:9,9,30 0:20,20,21       | 12>18:a 22>23:b     | 23, 3, 3, 1, 0",
        "0:20,20,21 1:30,30,31     | 32>33:b 44>45:a     | 45, 25, 13, 2, 0",
        "0:20,20,21 1:30,30,31     | 24>25:a 44>45:b     | 45, 15, 15, 2, 0", // from its send
        "0:20,20,21 1:22,30,31     | 24>25:a 44>45:b     | 45, 15, 15, 2, 0",
        "0:20,20,21 1:22,22,31     | 24>25:a 44>45:b     | 45, 23, 20, 2, 0", // from the one before
        "0:20,20,21                | 22>23:- e90         | none, 70, 70, 0, 1",
        "0:9,20,21                 | 22>23:- e90         | none, 0, 70, 0, 0",
        "0:9,9,10                  | 12>13:- e90         | none, 0, 80, 0, 0",
        "0:20,20,21                | 22>23:a e90         | 23, 3, 3, 1, 0",
        "0:20,20,21                | 1021>1022:- e2000   | none, 1002, 0, 0, 1",
        "0:20,20,U21               | 22>23:a             | 23, 3, 3, 0, 0",
        "0:20,20,U21               | 22>23:- e90         | none, 0, 70, 0, 0",
        "0:20,20,40                | 22>23:a             | 23, 3, 3, 0, 0",
        "0:20,20,40                | 22>23:a e90         | 23, 3, 3, 1, 0",
        "0:20,20,21                | e90                 | none, 70, 70, 0, 1", // not taken over
        "0:20,20,21                | p22:a e90           | 22, 2, 2, 1, 0",
        // While it was blind nothing is said of the replica.
        "0:20,20,21                | 22>23:- x24 o40 44>45:a | 45, 0, 5, 1, 0",
        "0:20,20,21                | 22>23:- x24 o40 41>42:- 44>45:a | 45, 25, 5, 1, 0",
        "0:20,20,21                | 22>23:- x24 r40 44>45:a | 45, 25, 25, 1, 0",
      })
  void howLongNothingWasSeenAndHowOldItWas(String sentinels, String script, String counts) {
    ArrivalsRig rig = new ArrivalsRig().writes(sentinels).runs(script);
    ReplicaTally tally = rig.tally;
    long lastSeen = tally.lastSeenNanos.get();
    assertThat(
            (lastSeen == 0 ? "none" : lastSeen - rig.moment(0))
                + ", "
                + tally.longestStalenessNanos.get()
                + ", "
                + tally.longestGapNanos.get()
                + ", "
                + tally.observed.get()
                + ", "
                + tally.censored.get())
        .isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack             | what happens           | asked at | the oldest's lower bound
        "0:20,20,21                 | t30                    | 30       | 0",
        "0:20,20,21                 | 22>23:- 400>401:-      | 401      | 379",
        "0:20,20,21                 | 22>23:- 400>401:- 402> | 403      | 379",
        "0:20,20,21                 | 22>23:- 24> | 100000025 | 100000003",
        "0:20,20,21                 | 22>23:- 24>25:a        | 90       | none",
        "0:20,20,21                 | 22>23:- e90            | 90       | none",
        "0:9,20,21 0:24,24,25       | 30>31:-                | 31       | 5", // of the measured
        "0:20,20,U21 0:24,24,25     | 30>31:-                | 31       | 5", // of the acknowledged
        "0:20,20,21 0:24,24,25      | 30>31:-                | 31       | 9",
        "0:20,20,21                 | t30 x40 n90            | 90       | 0", // whose silence?
      })
  void theOldestOfThemGrowsOlder(String sentinels, String script, long now, String lower) {
    ArrivalsRig rig = new ArrivalsRig().writes(sentinels).runs(script);
    long ack = rig.tally.oldestAckNanos.get();
    OptionalLong oldest =
        ack == 0
            ? OptionalLong.empty()
            : OptionalLong.of(
                LagBounds.lowerUnseen(
                    ack, rig.tally.oldestMissedNanos.get(), rig.silence.until(rig.moment(now))));
    assertThat(oldest.isPresent() ? Long.toString(oldest.getAsLong()) : "none").isEqualTo(lower);
  }

  /** The observer waits for an answer and takes nothing over; the ticker sees it all the same. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack                    | taken over at, now | untaken, measured, oldest ack
        "0:20,20,21 0:22,22,23             |          t5 30 | 2, 2, 21",
        "0:20,20,21 0:22,22,23             |         t21 30 | 1, 1, 23",
        "0:20,20,21 0:22,22,23             |         t30 30 | 0, 0, none",
        "0:20,20,21 1:22,22,23             |          t5 30 | 2, 2, 21",
        "1:20,20,21 0:22,22,23             |          t5 30 | 2, 2, 21",
        "0:20,20,23 1:22,22,23             |          t5 30 | 2, 2, 23",
        "0:8,8,9 0:9,20,21 0:22,22,23      |          t5 30 | 3, 1, none", // a lane's first tells
        "0:8,8,9 0:9,20,21 0:22,22,23      |         t21 30 | 1, 1, 23",
        "0:8,8,9                           |          t5 30 | 1, 0, none",
        "0:8,8,9 0:9,20,21 1:22,22,23      |          t5 30 | 3, 1, 23",
        "0:20,20,U21 1:22,22,S             |          t5 30 | 2, 2, none",
      })
  void whatIsSentWhileAnAnswerIsWaitedForIsOutstandingToo(
      String sentinels, String times, String counts) {
    String[] word = times.split(" ", -1);
    ArrivalsRig rig = new ArrivalsRig().writes(sentinels).runs(word[0]);
    rig.at(word[1]);
    LaneViews views = rig.arrivals.views();
    long ack = views.oldestUntakenAckNanos();
    assertThat(
            views.untaken()
                + ", "
                + views.untakenMeasured()
                + ", "
                + (ack == 0 ? "none" : ack - rig.moment(0)))
        .isEqualTo(counts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack          | what happens              | now | it seems behind by
        "0:20,20,21              | 22>23:a                   |  90 | 0",
        "0:20,20,21              | 22>23:-                   |  90 | 70",
        "0:20,20,21 0:30,30,31   | 32>33:b                   |  33 | 3", // the oldest may never
        // come
        "0:20,20,21 0:30,30,31   | 32>33:b                   |  35 | 3",
        "0:20,20,21 0:30,30,31   | 32>33:b                   |  40 | 7",
        "0:20,20,21 0:30,30,31   | 32>39:a                   |  41 | 11",
        "0:20,20,21              | 22>23:- x30 o80           |  90 | 10",
      })
  void howFarBehindItSeems(String sentinels, String script, String now, long behind) {
    ArrivalsRig rig = new ArrivalsRig().writes(sentinels).runs(script);
    rig.at(now);
    assertThat(rig.arrivals.lagNanos()).isEqualTo(behind);
  }

  @Test
  void itSaysWhetherWritesThatWereSeenHaveNoAnswerYet() {
    ArrivalsRig rig = new ArrivalsRig().writes("0:20,20,30");
    assertThat(rig.runs("t20").arrivals.awaitsAnswers()).isFalse();
    assertThat(rig.runs("22>23:a").arrivals.awaitsAnswers()).isTrue();
    assertThat(rig.runs("t30").arrivals.awaitsAnswers()).isFalse();
  }

  /** What is outstanding is counted once for all that pushes told of, not after each. */
  @Test
  void aRunThatPushesToldOfIsSettledAtOnce() {
    ArrivalsRig rig =
        new ArrivalsRig().writes("0:20,20,21 0:22,22,23 0:24,24,25 0:26,26,27").runs("t30 p31:abc");
    rig.pushes.outstanding.clear();
    rig.runs("w40");
    assertThat(rig.pushes.outstanding).containsExactly(4L, 4L, 4L, 4L);
    assertThat(rig.tally.outstanding.get()).isEqualTo(1);
    assertThat(rig.outstanding()).isEqualTo("d");
  }

  /** Where more than 4,096 are outstanding all of them are waited for. */
  @ParameterizedTest
  @CsvSource({"4096, 4095", "4097, 4097"})
  void manyAreNotCountedOneByOne(int sent, long awaited) {
    ArrivalsRig rig = new ArrivalsRig(1, 8192);
    for (int i = 0; i < sent; i++) {
      long sequence = rig.ledgers.get(0).send(rig.moment(20), rig.moment(20));
      rig.ledgers.get(0).settle(sequence, i == 7 ? 4 : 2, rig.moment(21));
    }
    assertThat(rig.runs("t30").tally.awaited.get()).isEqualTo(awaited);
  }

  /** Nobody looks further than the 64 that left first for one that was acknowledged. */
  @ParameterizedTest
  @CsvSource({"63, 25", "64, 0"})
  void theOldestIsLookedForAmongTheFirst(int unknown, long ack) {
    ArrivalsRig rig = new ArrivalsRig(1, 128);
    for (int i = 0; i <= unknown; i++) {
      long sequence = rig.ledgers.get(0).send(rig.moment(20), rig.moment(20));
      rig.ledgers.get(0).settle(sequence, i == unknown ? 2 : 4, rig.moment(25));
    }
    assertThat(rig.runs("t30").tally.oldestAckNanos.get())
        .isEqualTo(ack == 0 ? 0 : rig.moment(ack));
  }

  /** A lane of one: what was taken over and is acknowledged lies where the next one will. */
  @Test
  void whatIsNotSentYetHasNoAcknowledgement() {
    ArrivalsRig rig = new ArrivalsRig(1, 1).writes("0:20,20,21").runs("t30");
    assertThat(rig.arrivals.views().oldestUntakenAckNanos()).isZero();
  }
}
