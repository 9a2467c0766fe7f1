package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.scripted.RecordedLags;
import io.syncanalyzer.sentinel.SentinelLedger;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of sentinels while nobody can be asked: the lanes keep their schedule, and whose
 * fault it was shows only when it is over. {@link ArrivalsRig} has the words; a lane has 16 places
 * and gives up where more than a quarter are taken.
 */
class ArrivalsSilenceTest {
  /** Five of them at 20, 22 and so on, each acknowledged a nanosecond later. */
  private static final String FIVE = "0:20,20,21 0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what happens                                | became
        "x10 n1020 o1100 e1200                         | unseen 0, unseen 0, unseen 0, unseen 0,"
            + " unseen 0",
        "x10 n1021 o1100 e1200                         | unseen 1 x 0, unseen 0, unseen 0, unseen 0,"
            + " unseen 0, 1 given up unwatched",
        "x10 n1021 o1100 1101>1102:bcde e1200          | unseen 1 x 0, 4 after an outage, 1 given up"
            + " unwatched",
        // Once there is room again no more is given up.
        "x10 n1021 n1090 o1100 1101>1102:bcde e1200    | unseen 1 x 0, 4 after an outage, 1 given up"
            + " unwatched",
        "x10 n1023 o1100 1101>1102:cde e1200           | unseen 2 x 0, 3 after an outage, 2 given up"
            + " unwatched",
        "x10 n1090 o1100 e1200                         | unseen 5 x 0, 5 given up unwatched",
        "30>31:- x40 n1090 o1100 e1200                 | unseen 1 x 1, unseen 1 x 3, unseen 1 x 5,"
            + " unseen 1 x 7, unseen 1 x 9, 5 given up unwatched",
        // Asked at 30 without an answer for a tenth of a second: it is silent if it is the
        // replica's.
        "x10 n1090 r1100 e1200                         | unseen 5 x 0",
        "x10 n200000021 r200000022                     | unseen 5 x 200015871", // to three digits
        // What a push told is known, whatever the poll's connection.
        "p30:abcde x40 n1090 r1100                     | seen 0..10 of 10, seen 0..8 of 8,"
            + " seen 0..6 of 6, seen 0..4 of 4, seen 0..2 of 2",
      })
  void whatIsGivenUpWaitsForWhoseFaultItWas(String script, String became) {
    assertThat(new ArrivalsRig().writes(FIVE).runs(script).became()).isEqualTo(became);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // the lane's sentinels                          | what happens | left
        "0:20,20,U21 0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29 | x10 n1020 | abcde",
        "0:20,20,U21 0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29 | x10 n1021 | bcde",
        "0:20,20,F21 0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29 | x10 n30   | bcde",
        "0:20,20,S   0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29 | x10 n1023 | acde",
        "0:20,20,21  0:22,22,23 0:24,24,25 0:26,26,27            | x10 n5000 | abcd", // there is
        // room
        "0:20,20,F21 0:22,22,23 0:24,24,25 0:26,26,27            | x10 n5000 | abcd",
        "0:20,20,21 0:22,22,23 0:24,24,25 0:26,26,27 0:28,28,29 1:30,30,31 | x10 n1090 | f",
      })
  void onlyALaneThatIsShortOfRoomGivesUpWhatIsOverdue(
      String sentinels, String script, String left) {
    assertThat(new ArrivalsRig().writes(sentinels.replaceAll(" +", " ")).runs(script).outstanding())
        .isEqualTo(left);
  }

  /** Until it is known whose fault it is, nobody is told of a lag that may not be. */
  @Test
  void whatIsGivenUpMeanwhileIsCountedAndNoStalenessYet() {
    ArrivalsRig rig = new ArrivalsRig().writes(FIVE).runs("x10 n1090");
    assertThat(rig.tally.censored.get()).isEqualTo(5);
    assertThat(rig.tally.longestStalenessNanos.get()).isZero();
    assertThat(rig.became()).isEqualTo("nothing");
    assertThat(rig.runs("r1100").tally.longestStalenessNanos.get()).isEqualTo(1090 - 20);
  }

  @Test
  void whatWasGivenUpUnwatchedIsNoStaleness() {
    ArrivalsRig rig = new ArrivalsRig().writes(FIVE).runs("x10 n1090 o1100");
    assertThat(rig.tally.longestStalenessNanos.get()).isZero();
  }

  @Test
  void whatIsGivenUpAfterItIsRecordedAtOnce() {
    ArrivalsRig rig = new ArrivalsRig().writes(FIVE).runs("x10 r12 n1021");
    assertThat(rig.became()).isEqualTo("unseen 0");
    assertThat(rig.tally.longestStalenessNanos.get()).isEqualTo(1001);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | unseen 1 x 600, unseen 2 x 700 | 90 | 0",
        "false | unseen 2 x 3, unseen 1 x 4     | 0  | 3",
      })
  void whatIsGivenUpHasTheBoundThatItsCauseProves(
      boolean replicasSilence, String recorded, long staleness, long unwatched) {
    GivenUp givenUp = new GivenUp();
    givenUp.add(0, 700, 3, 70);
    givenUp.add(0, 700, 4, 90);
    givenUp.add(0, 600, 3, 80);
    ReplicaTally tally = new ReplicaTally();
    RecordedLags lags = new RecordedLags();
    givenUp.settle(replicasSilence, lags, tally);
    assertThat(String.join(", ", lags.words())).isEqualTo(recorded);
    assertThat(tally.longestStalenessNanos.get()).isEqualTo(staleness);
    assertThat(tally.givenUpUnwatched.get()).isEqualTo(unwatched);
  }

  /** A silence of any length: the lane has room again, and each is given up when it is overdue. */
  @Test
  void aReplicaSilentForLongerThanTheLedgerHoldsDoesNotStopTheSchedule() {
    ArrivalsRig rig = new ArrivalsRig(1, 16).runs("20>21:- 22>");
    SentinelLedger ledger = rig.ledgers.get(0);
    int sent = 0;
    for (long now = 200_000_000; now <= 200_010_000; now += 100) {
      rig.at(Long.toString(now));
      assertThat(ledger.isFull()).as("at %d", now).isFalse();
      long sequence = ledger.send(rig.moment(now), rig.moment(now));
      ledger.settle(sequence, SentinelLedger.State.ACKED, rig.moment(now));
      sent++;
      rig.arrivals.whileNobodyAnswers();
    }
    // One is given up when it is a timeout old: ten are under way then, and the newest.
    assertThat(rig.tally.censored.get()).isEqualTo(sent - 10L);
    assertThat(rig.became())
        .isEqualTo(String.join(", ", Collections.nCopies(sent - 10, "unseen 999")));
  }

  /** The poll that breaks the connection may have shown one whose write has no answer yet. */
  @ParameterizedTest
  @CsvSource({"40, seen 0..3 of 3", "U40, 1 unknown that showed", "F40, nothing"})
  void oneSeenBeforeItsAnswerDoesNotStopItsLaneWhenNobodyCanBeAsked(String ack, String became) {
    ArrivalsRig rig = new ArrivalsRig(1, 16).writes("0:20,20," + ack).runs("22>23:a x30 n39");
    assertThat(rig.ledgers.get(0).releasedByAll()).isZero();
    assertThat(rig.runs("n40").became()).isEqualTo(became);
    assertThat(rig.ledgers.get(0).releasedByAll()).isEqualTo(1);
  }

  @Test
  void itsRoomIsTheLanesAgainAsSoonAsItsAnswerIsThere() {
    ArrivalsRig rig = new ArrivalsRig(1, 16).writes("0:20,20,40").runs("22>23:a");
    rig.at("40");
    rig.arrivals.settleAnswered();
    assertThat(rig.ledgers.get(0).releasedByAll()).isEqualTo(1);
    rig.arrivals.countAll();
    assertThat(rig.tally.outstanding.get()).isZero();
    assertThat(rig.tally.outstandingMeasured.get()).isZero();
  }
}
