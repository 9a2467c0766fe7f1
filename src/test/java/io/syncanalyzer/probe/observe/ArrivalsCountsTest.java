package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.figures.LagRecorder;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an observer counts, and when exactly it gives up: the warm-up lasts 10 ms, a wait 1 s. */
class ArrivalsCountsTest {
  private static final long TIMEOUT_NANOS = 1_000_000_000L;

  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(
          clock, new SentinelSchedule(1000, 1, Duration.ofMillis(10), Optional.empty()), 1);
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
  private final ReplicaTally tally = new ReplicaTally();
  private final Arrivals arrivals =
      new Arrivals(
          clockwork,
          List.of(lane),
          0,
          TIMEOUT_NANOS,
          recorder,
          new Pushes.None("poll"),
          new Silence(),
          tally);

  ArrivalsCountsTest() {
    clockwork.start(0);
  }

  @Test
  void whatBelongsToTheWarmUpIsWatchedAndCountsForNothing() {
    sent(9, State.ACKED);
    arrivals.takeOver();
    assertThat(arrivals.judge(0, at(10), clock.at(11), true)).isTrue();
    arrivals.compact(1);
    assertThat(tally.observed.get()).isZero();
    assertThat(tally.longestStalenessNanos.get()).isZero();
    assertThat(tally.lastSeenNanos.get()).isZero();

    sent(9.999, State.ACKED);
    arrivals.takeOver();
    arrivals.compact(0);
    assertThat(tally.outstanding.get()).isEqualTo(1);
    assertThat(tally.outstandingMeasured.get()).isZero();
    clock.at(3000);
    arrivals.settleTheRest();
    assertThat(tally.censored.get()).isZero();
    recorder.collect();
    assertThat(recorder.lowerTotal().getTotalCount()).isZero();
  }

  @Test
  void theFirstSentinelAfterTheWarmUpCounts() {
    sent(10, State.ACKED);
    arrivals.takeOver();
    arrivals.compact(0);
    assertThat(tally.outstandingMeasured.get()).isEqualTo(1);
    assertThat(arrivals.judge(0, at(11), clock.at(12), true)).isTrue();
    arrivals.compact(1);
    assertThat(tally.observed.get()).isEqualTo(1);
    assertThat(tally.lastSeenNanos.get()).isEqualTo(at(12));
    assertThat(tally.longestStalenessNanos.get()).isEqualTo(at(12) - at(10));
    assertThat(tally.longestGapNanos.get()).isEqualTo(at(12) - at(10));
    assertThat(tally.outstanding.get()).isZero();
    assertThat(tally.outstandingMeasured.get()).isZero();
  }

  @Test
  void whatMayNeverComeIsOutstandingAndNotAwaited() {
    sent(20, State.ACKED);
    sent(21, State.UNKNOWN);
    sent(22, State.FAILED);
    sent(23, State.SENT);
    arrivals.takeOver();
    arrivals.compact(0);
    assertThat(tally.outstanding.get()).isEqualTo(4);
    assertThat(tally.outstandingMeasured.get()).isEqualTo(4);
    assertThat(tally.awaited.get()).isEqualTo(2);

    assertThat(arrivals.judge(3, at(24), clock.at(25), true)).isTrue();
    arrivals.compact(4);
    // Seen, and its write has no answer yet: there is still something to come.
    assertThat(arrivals.awaitsAnswers()).isTrue();
    assertThat(tally.outstanding.get()).isEqualTo(4);
    assertThat(tally.awaited.get()).isEqualTo(2);

    arrivals.whileNobodyAnswers();
    assertThat(tally.outstanding.get()).isEqualTo(4);
    assertThat(tally.awaited.get()).isEqualTo(4);
    arrivals.settleTheRest();
    assertThat(tally.outstanding.get()).isZero();
    assertThat(tally.outstandingMeasured.get()).isZero();
    assertThat(tally.awaited.get()).isZero();
  }

  /** The sentinel leaves at 20 ms and is acknowledged at 21; a nanosecond decides. */
  @ParameterizedTest
  @CsvSource({
    // state, asked (ns after the limit), answered, given up
    "2,  -1,  5, false",
    "2,   0,  5, true",
    "4, -9,   0, false",
    "4, -9,   1, true",
    "3, -900, -800, true",
    "1,  50, 60, false"
  })
  void itIsGivenUpExactlyWhenItsTimeIsOver(int state, long asked, long answered, boolean over) {
    sent(20, state);
    arrivals.takeOver();
    long limit = (state == State.UNKNOWN ? at(20) : at(21)) + TIMEOUT_NANOS;
    assertThat(arrivals.judge(0, limit + asked, limit + answered, false)).isEqualTo(over);
    arrivals.compact(1);
    assertThat(arrivals.size()).isEqualTo(over ? 0 : 1);
    assertThat(tally.censored.get()).isEqualTo(over && state == State.ACKED ? 1 : 0);
    assertThat(tally.outstandingMeasured.get()).isEqualTo(over ? 0 : 1);
  }

  @Test
  void refusalsGiveUpOnlyWhatIsOverdue() {
    sent(20, State.ACKED);
    arrivals.takeOver();
    clock.at(1020.9);
    assertThat(arrivals.refused(0)).isFalse();
    clock.at(1021);
    assertThat(arrivals.refused(0)).isTrue();
    arrivals.compact(1);
    assertThat(tally.censored.get()).isEqualTo(1);
    assertThat(tally.outstanding.get()).isZero();
  }

  /** Due when sent; its answer, if it has one, a millisecond later. */
  private void sent(double millis, int state) {
    long sequence = ledger.send(at(millis), at(millis));
    if (state != State.SENT) {
      ledger.settle(sequence, state, at(millis + 1));
    }
  }

  private static long at(double millis) {
    return ScriptedClock.nanos(millis);
  }
}
