package io.syncanalyzer.probe.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedKeys;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When a lane sends, what it notes and what it counts, to the nanosecond: a sentinel every
 * microsecond, the first of them the warm-up's.
 */
class WritingLaneTimesTest {
  private static final long APART_NANOS = 1000;

  private final ScriptedClock clock = new ScriptedClock();
  private final long origin = clock.nanoTime();
  private final SessionClockwork clockwork =
      new SessionClockwork(
          clock,
          new SentinelSchedule(
              1e6, 1, Duration.ofNanos(APART_NANOS), Optional.of(Duration.ofNanos(5000))),
          1);
  private final SentinelLedger ledger = new SentinelLedger(4, 1);
  private final Recorder slips = new Recorder(3);
  private final Recorder acks = new Recorder(3);
  private final ScriptedKeys source;

  WritingLaneTimesTest() throws IOException {
    source = new ScriptedKeys();
    clockwork.start(1_700_000_000_000L);
  }

  @AfterEach
  void closes() throws IOException {
    source.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // asked at | of the second: waited, send, ack | state, slip, answer
        "1000 |    0, 1000, 1007 | 2, 0, 7", // due just now
        "1001 |    0, 1001, 1008 | 2, 1, 7", // late
        "1999 |    0, 1999, 2006 | 2, 999, 7",
        " 999 |    1, 1000, 1007 | 2, 0, 7", // early
        "  10 |  990, 1000, 1007 | 2, 0, 7",
      })
  void aSentinelLeavesWhenItIsDueOrAtOnce(long asked, String times, String became) {
    WritingLane lane = lane();
    source.before("SET", () -> clock.pass(7));
    at(0);
    assertThat(lane.awaitDue()).isTrue();
    lane.write();
    at(asked);
    assertThat(lane.awaitDue()).isTrue();
    lane.write();

    long waited = clock.parked().stream().mapToLong(Long::longValue).sum();
    assertThat(waited + ", " + since(lane.lastSendNanos()) + ", " + since(lane.lastAckNanos()))
        .isEqualTo(times);
    assertThat(since(lane.lastIntendedNanos())).isEqualTo(1000);
    assertThat(since(ledger.intendedNanos(1))).isEqualTo(1000);
    assertThat(ledger.sendNanos(1)).isEqualTo(lane.lastSendNanos());
    assertThat(ledger.ackNanos(1)).isEqualTo(lane.lastAckNanos());
    assertThat(
            ledger.state(1)
                + ", "
                + slips.getIntervalHistogram().getMaxValue()
                + ", "
                + acks.getIntervalHistogram().getMaxValue())
        .isEqualTo(became);
    assertThat(lane.warmupSent.get()).isEqualTo(1);
    assertThat(lane.measuredSent.get()).isEqualTo(1);
    assertThat(source.names()).containsExactly("sa:r:string:0:0", "sa:r:string:0:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what the source does | of one of the warm-up, and a measured one: state, failed, unknown
        "answers | 0 | 2, 0, 0, false",
        "refuses | 0 | 3, 0, 0, false",
        "cuts    | 0 | 4, 0, 0, true",
        "answers | 1 | 2, 0, 0, false",
        "refuses | 1 | 3, 1, 0, false",
        "cuts    | 1 | 4, 0, 1, true",
      })
  void whatBecameOfAWriteIsCountedOfMeasuredOnes(String what, int turn, String became) {
    WritingLane lane = lane();
    for (int before = 0; before < turn; before++) {
      lane.awaitDue();
      lane.write();
    }
    switch (what) {
      case "refuses" -> source.refusing("SET", "OOM command not allowed");
      case "cuts" -> source.cuttingOffAt("SET");
      default -> {}
    }
    assertThat(lane.awaitDue()).isTrue();
    if (what.equals("answers")) {
      lane.write();
      assertThat(lane.lastFailure()).isNull();
    } else {
      assertThatThrownBy(lane::write).isInstanceOf(ProbeFailure.class);
      assertThat(lane.lastFailure()).isNotEmpty();
    }
    assertThat(
            ledger.state(turn)
                + ", "
                + lane.failed.get()
                + ", "
                + lane.unknown.get()
                + ", "
                + lane.isLost())
        .isEqualTo(became);
    assertThat(acks.getIntervalHistogram().getTotalCount()).isEqualTo(turn);
    assertThat(lane.lastSend.get()).isEqualTo(lane.lastSendNanos());
    assertThat(lane.isBusy()).isFalse();
  }

  @Test
  void afterALossItConnectsAnewAheadOfTheNextOne() {
    WritingLane lane = lane();
    source.cuttingOffAt("SET");
    lane.awaitDue();
    assertThatThrownBy(lane::write).isInstanceOf(ProbeFailure.class);
    source.before("SET", () -> {});
    assertThat(lane.awaitDue()).isTrue();
    lane.write();
    assertThat(lane.isLost()).isFalse();
    assertThat(ledger.state(1)).isEqualTo(SentinelLedger.State.ACKED);
  }

  /** For as long as the source's timeout, at growing distances; then the sentinel is a failure. */
  @Test
  void whereNoConnectionCanBeMadeItTriesUntilTheTimeoutAndFails() throws IOException {
    source.close();
    WritingLane lane = unconnected();
    assertThat(lane.awaitDue()).isTrue();
    List<Long> parked = clock.parked();
    assertThat(parked.subList(0, 6))
        .containsExactly(
            20_000_000L, 40_000_000L, 80_000_000L, 160_000_000L, 320_000_000L, 500_000_000L);
    assertThat(parked.stream().mapToLong(Long::longValue).sum()).isEqualTo(2_000_000_000L);
    assertThatThrownBy(lane::write).hasMessageContaining("no connection");
    assertThat(ledger.state(0)).isEqualTo(SentinelLedger.State.FAILED);
    assertThat(lane.isLost()).isTrue();
  }

  @Test
  void aFullLedgerKeepsNoTurnAndIsLookedAtEachMillisecond() {
    WritingLane lane = lane();
    for (int i = 0; i < 4; i++) {
      lane.awaitDue();
      lane.write();
    }
    int before = clock.parked().size();
    // Until the time for what is late is over, five seconds after the schedule's end.
    assertThat(lane.awaitDue()).isFalse();
    assertThat(clock.parked().subList(before, clock.parked().size()))
        .allMatch(wait -> wait == 1_000_000)
        .hasSizeBetween(5000, 5001);
    assertThat(clockwork.takeTurn(0)).isEqualTo(4);
  }

  @Test
  void noTurnIsHandedOutPastTheEnd() {
    WritingLane lane = lane();
    for (int turn = 0; turn < 6; turn++) {
      assertThat(lane.awaitDue()).isTrue();
      lane.write();
      ledger.release(0, turn + 1);
    }
    assertThat(lane.awaitDue()).isFalse();
    assertThat(ledger.sent()).isEqualTo(6);
  }

  @Test
  void whatIsDueIsKeptForTheNextCall() {
    WritingLane lane = lane();
    assertThat(lane.awaitDue()).isTrue();
    assertThat(lane.awaitDue()).isTrue();
    lane.write();
    assertThatThrownBy(lane::write).isInstanceOf(IllegalStateException.class);
    assertThat(ledger.sent()).isEqualTo(1);
  }

  private void at(long nanos) {
    clock.pass(origin + nanos - clock.nanoTime());
  }

  private long since(long nanos) {
    return nanos - origin;
  }

  private WritingLane lane() {
    WritingLane lane = unconnected();
    lane.connect();
    return lane;
  }

  private WritingLane unconnected() {
    Endpoint endpoint =
        source.endpoint(Side.SOURCE).withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2));
    return new WritingLane(
        endpoint,
        clockwork,
        0,
        new SentinelCodec("r", SentinelType.STRING, "0"),
        ledger,
        slips,
        acks,
        () -> {});
  }
}
