package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.LagStep;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an observer concludes, on a scripted clock, without a server. */
class ArrivalsTest {
  private static final double TIMEOUT_MILLIS = 1000;

  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(
          clock, new SentinelSchedule(1000, 1, Duration.ZERO, Optional.empty()), 1);
  private final SentinelLedger ledger = new SentinelLedger(16, 1);
  private final WritingLane lane =
      new WritingLane(
          Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1"),
          clockwork,
          0,
          new SentinelCodec("r", SentinelType.STRING, "0"),
          ledger,
          new Recorder(3),
          new Recorder(3),
          () -> {});
  private final LagRecorder recorder = new LagRecorder();
  private final Silence silence = new Silence();
  private final ReplicaTally tally = new ReplicaTally();
  private final Arrivals arrivals = arrivals(new Pushes.None("poll"));

  ArrivalsTest() {
    clockwork.start(0);
  }

  private Arrivals arrivals(Pushes pushes) {
    return new Arrivals(
        clockwork,
        List.of(lane),
        0,
        ScriptedClock.nanos(TIMEOUT_MILLIS) - ScriptedClock.nanos(0),
        recorder,
        pushes,
        silence,
        tally);
  }

  /**
   * One sentinel, sent at 0 and due then; times in milliseconds. A poll is {@code asked>answered}
   * with {@code y} where it showed it and {@code n} where not; {@code 40>} has no answer. {@code
   * end} is when the observation ends.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // ack | polls                    | end  | became
        "1     | 2>3y                     | 9    | seen 0..3",
        "1     | 2>3n 4>6y                | 9    | seen 1..6",
        "5     | 2>3n 4>6y                | 9    | seen 0..6",
        "1     | 2>3n 4>900y              | 950  | seen 1..900", // silent for a time, and there
        "1     | 2>3n 4>6n                | 7    | censored 3",
        "1     | 2>3n 500>501n 1001>1002n | 2000 | censored 1000", // given up, by an answer
        "1     | 2>3n 900>901n 1500>1600n | 2000 | censored 1500", // its own bound, not the timeout
        "1     |                          | 9    | censored 0", // never asked for
        "1     | 2>                       | 50   | censored 0", // an answer on its way
        "1     | 2>                       | 3000 | censored 3000", // stopped before the first one
        "1     | 2>3n 4>5n 6>             | 3000 | censored 3000", // and after some: 1 ms round
        // trip
        "2999  | 2>                       | 3000 | censored 1",
        "U     | 2>3n 4>6y                | 9    | unknown, seen",
        "U     | 2>3n 4>6n                | 9    | unknown",
        "U     | 2>3n 4>2000n             | 3000 | unknown",
        "F     | 2>3n                     | 9    | failed",
        "S     | 2>3y                     | 9    | unsettled",
        // r: refused to us alone, which tells nothing of the replica
        "1     | 2>3r                     | 9    | censored 0",
        "1     | 2>3r 900>901r 1001>1002r | 2000 | censored 0", // given up all the same
        "1     | 2>3n 900>901r 1500>1501r | 2000 | censored 1", // by what it was missed before
        "1     | 2>3r 4>6y                | 9    | seen 0..6",
        "U     | 2>3r 4>2000r             | 3000 | unknown",
        "F     | 2>3r                     | 9    | failed",
      })
  void whatBecameOfOneSentinel(String ack, String polls, double end, String became) {
    long sequence = ledger.send(ScriptedClock.nanos(0), ScriptedClock.nanos(0));
    settle(sequence, ack);
    arrivals.takeOver();
    for (String poll : polls == null ? new String[0] : polls.split(" ")) {
      poll(poll);
    }
    clock.at(end);
    arrivals.settleTheRest();

    assertThat(became(ack)).isEqualTo(became);
  }

  private void settle(long sequence, String ack) {
    switch (ack) {
      case "S" -> {}
      case "U" -> ledger.settle(sequence, State.UNKNOWN, ScriptedClock.nanos(1));
      case "F" -> ledger.settle(sequence, State.FAILED, ScriptedClock.nanos(1));
      default -> ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(Double.parseDouble(ack)));
    }
  }

  private void poll(String poll) {
    if (arrivals.size() == 0) {
      return; // Settled before: nobody asks for it any more.
    }
    long asked = clock.at(Double.parseDouble(poll.substring(0, poll.indexOf('>'))));
    silence.asked(asked);
    String answer = poll.substring(poll.indexOf('>') + 1);
    if (answer.isEmpty()) {
      return;
    }
    long pos = clock.at(Double.parseDouble(answer.substring(0, answer.length() - 1)));
    if (answer.endsWith("r")) {
      arrivals.refused(0);
    } else {
      arrivals.judge(0, asked, pos, answer.endsWith("y"));
    }
    arrivals.compact(1);
    silence.answered(pos - asked);
  }

  private String became(String ack) {
    recorder.collect();
    if (ack.equals("U")) {
      assertThat(recorder.lowerTotal().getTotalCount()).isZero();
      return tally.unknownSeen.get() > 0 ? "unknown, seen" : "unknown";
    }
    if (tally.observed.get() > 0) {
      assertThat(tally.censored.get()).isZero();
      return "seen " + digits(recorder.lowerTotal()) + ".." + digits(recorder.upperTotal());
    }
    if (tally.censored.get() > 0) {
      assertThat(recorder.upperTotal().getTotalCount()).isZero();
      return "censored " + digits(recorder.lowerTotal());
    }
    assertThat(recorder.lowerTotal().getTotalCount()).isZero();
    return ack.equals("F") ? "failed" : "unsettled";
  }

  /** The one value of a histogram in milliseconds, to the three digits that it tells. */
  private static String digits(Histogram histogram) {
    assertThat(histogram.getTotalCount()).isEqualTo(1);
    double millis = histogram.lowestEquivalentValue(histogram.getMaxValue()) / 1e6;
    return BigDecimal.valueOf(millis)
        .round(new MathContext(3))
        .setScale(0, RoundingMode.HALF_UP)
        .toPlainString();
  }

  @Test
  void whatIsOutstandingGrowsOlderWhileTheReplicaAnswersAndWhileItDoesNot() {
    long sequence = ledger.send(ScriptedClock.nanos(0), ScriptedClock.nanos(0));
    ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(1));
    arrivals.takeOver();
    List<Long> ages = new ArrayList<>();
    for (String poll : List.of("2>3n", "400>401n", "402>")) {
      poll(poll);
      ages.add(oldest(clock.nanoTime()));
    }
    ages.add(oldest(clock.at(5000)));
    poll("6000>6001y");
    ages.add(oldest(clock.nanoTime()));

    assertThat(ages).containsExactly(1L, 399L, 399L, 4998L, -1L);
  }

  /**
   * A silence of any length: the lane has room again, and what is given up counts as never seen.
   */
  @Test
  void aReplicaSilentForLongerThanTheLedgerHoldsDoesNotStopTheSchedule() {
    silence.asked(ScriptedClock.nanos(0));
    int sent = 0;
    for (int millis = 100; millis <= 10_000; millis += 100) {
      clock.at(millis);
      assertThat(ledger.isFull()).as("at %d ms", millis).isFalse();
      long sequence = ledger.send(ScriptedClock.nanos(millis), ScriptedClock.nanos(millis));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(millis));
      sent++;
      arrivals.whileNobodyAnswers();
    }
    assertThat(tally.censored.get()).isBetween(sent - 16L, sent - 1L);
    arrivals.settleTheRest();

    assertThat(tally.censored.get()).isEqualTo(sent);
    recorder.collect();
    // Given up when they were a second old, no sooner; the last ones with what is known of them.
    assertThat(recorder.lowerTotal().getTotalCount()).isEqualTo(sent);
    assertThat(recorder.lowerTotal().getMaxValue() / 1e6).isBetween(999.0, 1101.0);
  }

  @Test
  void whileThereIsRoomNothingIsGivenUp() {
    silence.asked(ScriptedClock.nanos(0));
    for (int sent = 0; sent < 4; sent++) { // A quarter of the ledger.
      long sequence = ledger.send(ScriptedClock.nanos(sent), ScriptedClock.nanos(sent));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(sent));
    }
    clock.at(60_000);
    arrivals.whileNobodyAnswers();

    assertThat(tally.censored.get()).isZero();
    assertThat(arrivals.size()).isEqualTo(4);
  }

  /**
   * Whose silence it is shows when it is over, and the lanes must have room before: what was given
   * up meanwhile has the lower bound that holds then, and until then nobody is told a greater one.
   */
  @ParameterizedTest
  @CsvSource({"true, 999, 1101", "false, 0, 0"})
  void whatIsGivenUpInASilenceHasTheBoundThatItsCauseProves(
      boolean replicasSilence, double least, double greatest) {
    clockwork.steps().mark(ScriptedClock.nanos(0), 1);
    silence.lost(ScriptedClock.nanos(50), true);
    arrivals.outOfReach();
    int sent = 0;
    for (int millis = 100; millis <= 10_000; millis += 100) {
      clock.at(millis);
      long sequence = ledger.send(ScriptedClock.nanos(millis), ScriptedClock.nanos(millis));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(millis));
      sent++;
      arrivals.whileNobodyAnswers();
      assertThat(oldest(clock.nanoTime())).isZero();
      assertThat(tally.longestStalenessNanos.get()).isZero();
    }
    long givenUp = tally.censored.get();
    assertThat(givenUp).isBetween(sent - 16L, sent - 1L);
    recorder.collect();
    assertThat(recorder.lowerTotal().getTotalCount()).isZero();

    clock.at(10_000.5);
    arrivals.outOfReachIsSettled(replicasSilence);
    silence.over();
    if (!replicasSilence) {
      arrivals.wasBlindUntil(clock.nanoTime());
    }
    long asked = clock.at(10_001);
    long pos = clock.at(10_002);
    int left = arrivals.size();
    for (int place = 0; place < left; place++) {
      assertThat(arrivals.judge(place, asked, pos, true)).isTrue();
    }
    arrivals.compact(left);
    arrivals.settleTheRest();

    recorder.collect();
    assertThat(tally.censored.get()).isEqualTo(givenUp);
    assertThat(tally.censored.get() + tally.observed.get()).isEqualTo(sent);
    assertThat(tally.seenAfterOutage.get()).isEqualTo(replicasSilence ? 0 : left);
    assertThat(tally.givenUpUnwatched.get()).isEqualTo(replicasSilence ? 0 : givenUp);
    assertThat(tally.longestStalenessNanos.get() > 0).isEqualTo(replicasSilence);
    Histogram lower = recorder.lowerTotal();
    assertThat(lower.getTotalCount()).isEqualTo(givenUp + (replicasSilence ? left : 0));
    assertThat(lower.getMaxValue() / 1e6).isBetween(least, greatest);
    LagStep step = recorder.steps().rows().get(0);
    assertThat(step.step()).isEqualTo(1);
    assertThat(step.rows().get(0).samples()).isEqualTo(lower.getTotalCount());
  }

  /** The pushes come on a connection of their own: what they told is known whatever the poll's. */
  @Test
  void whatAPushHasToldIsNotGivenUp() {
    Arrivals told = arrivals(new Told(ScriptedClock.nanos(7)));
    silence.lost(ScriptedClock.nanos(0), true);
    told.outOfReach();
    for (int sent = 0; sent < 5; sent++) {
      long sequence = ledger.send(ScriptedClock.nanos(sent), ScriptedClock.nanos(sent));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(sent));
    }
    clock.at(60_000);
    told.whileNobodyAnswers();

    assertThat(tally.censored.get()).isZero();
    assertThat(tally.observed.get()).isEqualTo(5);
    told.settleTheRest();
    recorder.collect();
    assertThat(recorder.upperTotal().getMaxValue() / 1e6).isBetween(6.9, 7.1);
  }

  private record Told(long nanos) implements Pushes {
    @Override
    public long seenNanos(int lane, long sequence) {
      return nanos;
    }

    @Override
    public String description() {
      return "told";
    }

    @Override
    public void stop() {}
  }

  /** The poll that breaks the connection may have shown one whose write has no answer yet. */
  @ParameterizedTest
  @ValueSource(ints = {State.ACKED, State.UNKNOWN, State.FAILED})
  void oneSeenBeforeItsAnswerDoesNotStopItsLaneWhenNobodyCanBeAsked(int became) {
    long first = ledger.send(ScriptedClock.nanos(0), ScriptedClock.nanos(0));
    arrivals.takeOver();
    poll("1>2y");
    clock.at(3);
    ledger.settle(first, became, ScriptedClock.nanos(3));
    silence.lost(ScriptedClock.nanos(3), true);
    int sent = 0;
    for (int millis = 100; millis <= 10_000; millis += 100) {
      clock.at(millis);
      assertThat(ledger.isFull()).as("at %d ms", millis).isFalse();
      long sequence = ledger.send(ScriptedClock.nanos(millis), ScriptedClock.nanos(millis));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(millis));
      sent++;
      arrivals.whileNobodyAnswers();
    }
    arrivals.settleTheRest();

    assertThat(tally.observed.get()).isEqualTo(became == State.ACKED ? 1 : 0);
    assertThat(tally.unknownSeen.get()).isEqualTo(became == State.UNKNOWN ? 1 : 0);
    assertThat(tally.censored.get()).isEqualTo(sent);
  }

  /** The observer waits for an answer and takes nothing over; the ticker sees it all the same. */
  @Test
  void whatIsSentWhileAnAnswerIsWaitedForIsOutstandingToo() {
    silence.asked(ScriptedClock.nanos(1));
    for (int sent = 2; sent < 5; sent++) {
      long sequence = ledger.send(ScriptedClock.nanos(sent), ScriptedClock.nanos(sent));
      ledger.settle(sequence, State.ACKED, ScriptedClock.nanos(sent + 1));
    }
    assertThat(arrivals.untaken()).isEqualTo(3);
    assertThat(arrivals.oldestUntakenAckNanos()).isEqualTo(ScriptedClock.nanos(3));
    arrivals.takeOver();
    assertThat(arrivals.untaken()).isZero();
    assertThat(arrivals.oldestUntakenAckNanos()).isZero();
  }

  /** As a second's row has it; −1 where nothing is outstanding. */
  private long oldest(long now) {
    long ack = tally.oldestAckNanos.get();
    return ack == 0
        ? -1
        : TimeUnit.NANOSECONDS.toMillis(
            LagBounds.lowerUnseen(ack, tally.oldestMissedNanos.get(), silence.until(now)));
  }
}
