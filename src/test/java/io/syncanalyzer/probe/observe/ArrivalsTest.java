package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an observer concludes, to the nanosecond: {@link ArrivalsRig} has the words. */
class ArrivalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // due,send,ack | what happens                      | became
        "0:20,20,21 | 22>23:a e90                           | seen 0..3 of 3",
        "0:20,20,21 | 22>23:- 24>26:a e90                   | seen 1..6 of 6",
        "0:20,20,25 | 22>23:- 24>26:a e90                   | seen 0..6 of 6", // missed before ack
        "0:20,20,24 | 22>23:- 24>26:a e90                   | seen 0..6 of 6",
        "0:17,20,21 | 22>23:- 24>26:a e90                   | seen 1..6 of 9", // it left late
        "0:20,20,27 | 22>23:- 24>26:a t27 e90               | seen 0..6 of 6", // ack after pos
        "0:20,20,27 | 22>23:- 24>26:a e90                   | seen 0..6 of 6", // ... at the end
        "0:20,20,21 | 22>23:- 24>25:- 26>900:a e950         | seen 3..880 of 880", // silent, there
        // Pushes: the upper bound is the earlier one's, the lower one never above it.
        "0:20,20,21 | 22>23:- p24:a 25>26:a e90             | seen 1..4 of 4",
        "0:20,20,21 | 22>23:- 24> p25:a e26                 | seen 1..5 of 5",
        "0:20,20,21 | p22:a 24>25:- e90                     | seen 0..2 of 2", // before the poll
        "0:20,20,23 | p22:a e90                             | seen 0..2 of 2", // before its ack
        "0:20,20,21 | 24>25:- p22:a e90                     | seen 1..2 of 2", // in one's midst
        "0:20,20,21 | e90                                   | unseen 0", // never asked for
        "0:20,20,21 | 22>23:- 24>26:- e27                   | unseen 3",
        "0:20,20,21 | 22>23:- 524>526:- 1020>1022:- e1100   | unseen 999", // not over yet
        "0:20,20,21 | 22>23:- 524>526:- 1021>1022:- e1100   | unseen 1000", // over, by an answer
        "0:20,20,21 | 22>23:- 924>926:- 1520>1622:- e2000   | unseen 1499", // its own bound
        "0:20,20,90 | 22>23:- 1021>1022:- 1089>1090:- e1095 | unseen 999", // counted from its ack
        // Whoever gives no answer for a tenth of a second is silent.
        "0:20,20,21 | 22> e100000022                        | unseen 0",
        "0:20,20,21 | 22> e100000023                        | unseen 100000002",
        "0:20,20,21 | 22>23:- 24>25:- 26> e100000027        | unseen 100000005", // but its way back
        "0:20,20,100000022 | 22> e100000023                 | unseen 1",
        // What nobody knows the source to have has no lag.
        "0:20,20,U21 | 22>23:- 24>26:a e90                  | 1 unknown that showed",
        "0:20,20,U27 | 22>23:- 24>26:a e90                  | 1 unknown that showed",
        "0:20,20,U21 | 22>23:- 24>26:- e90                  | nothing",
        "0:20,20,U21 | 22>23:- 24>1021:- 1022>1023:a e2000  | nothing", // waited for no longer
        "0:20,20,U21 | 22>23:- 24>1020:- 1022>1023:a e2000  | 1 unknown that showed",
        "0:20,20,F21 | 22>23:- 24>25:a e90                  | nothing",
        "0:20,20,F25 | 22>23:a e90                          | nothing",
        "0:20,20,S   | 22>23:a e90                          | nothing",
        // !: refused to us alone, which tells nothing of the replica.
        "0:20,20,21 | 22>23:! e90                           | unseen 0",
        "0:20,20,21 | 22>23:! 920>921:! 1020>1021:! e2000   | unseen 0", // given up all the same
        "0:20,20,21 | 22>23:- 920>921:! 1520>1521:! e2000   | unseen 1",
        "0:20,20,21 | 22>23:! 24>26:a e90                   | seen 0..6 of 6",
        "0:20,20,U21 | 22>23:! 24>1021:! 1022>1023:a e2000  | nothing",
        "0:20,20,F21 | 22>23:! 24>25:a e90                  | nothing",
        // Blind: the connection alone was gone from x to o.
        "0:20,20,21 | 22>23:- x24 o40 41>42:a e90           | 1 after an outage",
        "0:20,20,30 | x24 o40 41>42:a e90                   | 1 after an outage",
        "0:20,20,21 | 22>23:- x24 o40 41>42:- 43>44:a e90   | seen 20..24 of 24", // came since
        "0:20,40,41 | x24 o40 42>43:a e90                   | seen 0..3 of 23", // left since
        "0:20,39,41 | x24 o40 42>43:a e90                   | 1 after an outage",
        "0:20,20,21 | 22>23:- p26:a x24 o40 41>42:a e90     | seen 1..6 of 6", // a push had told
        "0:20,20,21 | 22>23:- p40:a x24 o40 41>42:a e90     | 1 after an outage",
        "0:20,20,21 | 22>23:- x24 o40 e90                   | unseen 1",
        // The replica was gone from x to r: its absence is lag.
        "0:20,20,21 | 22>23:- x24 r40 41>42:a e90           | seen 1..22 of 22",
        "0:20,20,21 | 22>23:- x24 r40 41>42:- e90           | unseen 20",
      })
  void whatBecameOfOneSentinel(String sentinel, String script, String became) {
    assertThat(new ArrivalsRig().writes(sentinel).runs(script).became()).isEqualTo(became);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A later one of the lane was there when an earlier one was provably not.
        "0:20,20,21 0:22,22,23 | 24>25:b 26>27:a e90        | seen 0..3 of 3, seen 3..7 of 7, 0",
        "0:20,20,21 0:22,22,23 | 24>25:b 25>26:- 27>28:a e90"
            + "                                              | seen 0..3 of 3, seen 4..8 of 8, 0",
        "0:20,20,21 0:22,22,23 | 24>25:b 26>27:- 28>29:a e90"
            + "                                              | seen 0..3 of 3, seen 5..9 of 9, 1",
        "0:20,20,21 0:22,22,23 | 24>25:ab e90               | seen 0..5 of 5, seen 0..3 of 3, 0",
        "0:20,20,21 0:22,22,23 | 24>25:- 26>27:ab e90       | seen 3..7 of 7, seen 1..5 of 5, 0",
        // The push that told of a was there before b's: there was no disorder.
        "0:20,20,21 0:22,22,23 | 24>25:b 28>29:- p24:a e90  | seen 0..3 of 3, seen 3..4 of 4, 0",
        "0:20,20,21 0:22,22,23 | 24>25:a 26>27:- 28>29:b e90"
            + "                                              | seen 0..5 of 5, seen 3..7 of 7, 0",
        // Lanes do not order each other.
        "0:20,20,21 1:22,22,23 | 24>25:b 26>27:- 28>29:a e90"
            + "                                              | seen 0..3 of 3, seen 5..9 of 9, 0",
      })
  void whatCameOutOfOrderIsCounted(String sentinels, String script, String became) {
    ArrivalsRig rig = new ArrivalsRig().writes(sentinels).runs(script);
    String lags = became.substring(0, became.lastIndexOf(','));
    String outOfOrder = became.substring(became.lastIndexOf(' ') + 1);
    assertThat(rig.became())
        .isEqualTo(lags + (outOfOrder.equals("0") ? "" : ", " + outOfOrder + " out of order"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0:20,20,21 1:20,22,23 0:20,24,25 | abc",
        "0:20,22,23 1:20,20,21 0:20,24,25 | bac",
        "1:20,22,23 1:20,24,25 0:20,20,21 | cab",
        "0:20,20,21 1:20,20,21            | ab", // At once: in the order of the lanes.
        "1:20,20,21 0:20,20,21            | ba",
      })
  void theyAreAskedForInTheOrderOfSendingOverAllLanes(String sentinels, String order) {
    assertThat(new ArrivalsRig().writes(sentinels).runs("t30").outstanding()).isEqualTo(order);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0:20,20,21 | 22>23:a e90          | seen 0..3 of 3",
        "0:20,30,31 | 32>33:a e90          | seen 0..3 of 13 in step 2", // by when it was sent
        "0:20,30,31 | 32>33:- e90          | unseen 1 in step 2",
        "0:20,49,60 | 61>62:a e90          | seen 0..13 of 42 in step 2",
        "0:20,50,60 | 61>62:a e90          | seen 0..12 of 42",
      })
  void aLagBelongsToTheStepInWhichItsSentinelLeft(String sentinel, String script, String became) {
    ArrivalsRig rig = new ArrivalsRig().writes(sentinel);
    rig.clockwork.steps().mark(rig.moment(30), 2);
    rig.clockwork.steps().mark(rig.moment(50), 0);
    assertThat(rig.runs(script).became()).isEqualTo(became);
  }

  /** Whether a later one came first is looked for among the 64 that follow. */
  @ParameterizedTest
  @CsvSource({"64, 1", "65, 0"})
  void onlyTheNextOnesOfALaneTellThatOneCameOutOfOrder(int later, long outOfOrder) {
    ArrivalsRig rig = new ArrivalsRig(1, 128);
    SentinelLedger ledger = rig.ledgers.get(0);
    for (int i = 0; i <= later; i++) {
      ledger.settle(ledger.send(rig.moment(20), rig.moment(20)), State.ACKED, rig.moment(21));
    }
    rig.runs("t22");
    rig.arrivals.judge(later, rig.moment(22), rig.moment(23), true);
    rig.arrivals.judge(0, rig.moment(24), rig.moment(25), false);
    rig.arrivals.judge(0, rig.moment(26), rig.moment(27), true);
    assertThat(rig.tally.outOfOrder.get()).isEqualTo(outOfOrder);
  }

  /** A lane of four: the fifth lies where the first one did. */
  @Test
  void whoLayThereBeforeSaysNothingOfALaterOne() {
    ArrivalsRig rig =
        new ArrivalsRig(1, 4)
            .writes("0:20,20,21 0:22,22,23 0:24,24,25 0:26,26,27 0:40,40,41")
            .runs("28>29:abcd");
    assertThat(rig.ledgers.get(0).releasedByAll()).isEqualTo(4);
    rig.runs("42>43:- 44>45:e");
    assertThat(rig.became()).endsWith("seen 1..5 of 5");
    assertThat(rig.ledgers.get(0).releasedByAll()).isEqualTo(5);
  }
}
