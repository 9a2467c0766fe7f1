package io.syncanalyzer.probe.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.HostileServer;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

/** What becomes of a write that the end of a session meets, on a scripted clock. */
class WritingLaneTest {
  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(clock, new SentinelSchedule(10, 1, Duration.ZERO, Optional.empty()), 1);

  @Test
  void whatHasLeftAndWasNotAnsweredIsUnknownAndNotFailed() throws Exception {
    try (HostileServer silent = HostileServer.start(HostileServer.Trick.SILENCE, 1)) {
      WritingLane lane = due(silent);
      Thread writing = new Thread(() -> assertThatThrownBy(lane::write), "writing");
      writing.start();
      while (lane.ledger().sent() == 0) {
        Thread.onSpinWait();
      }
      clockwork.cut();
      lane.close();
      writing.join();
      lane.abandon();

      assertThat(lane.measuredSent.get()).isEqualTo(1);
      assertThat(lane.unknown.get()).isEqualTo(1);
      assertThat(lane.failed.get()).isZero();
    }
  }

  @Test
  void aWriteThatHangsIsGivenUpAsUnknownOnce() throws Exception {
    try (HostileServer silent = HostileServer.start(HostileServer.Trick.SILENCE, 1)) {
      WritingLane lane = due(silent);
      Thread writing = new Thread(() -> assertThatThrownBy(lane::write), "writing");
      writing.start();
      while (lane.ledger().sent() == 0) {
        Thread.onSpinWait();
      }
      lane.abandon();
      lane.close();
      writing.join();

      assertThat(lane.unknown.get()).isEqualTo(1);
      assertThat(lane.failed.get()).isZero();
    }
  }

  @Test
  void whatIsDueWhenTheSessionEndsDoesNotLeaveAnyMore() throws Exception {
    try (HostileServer silent = HostileServer.start(HostileServer.Trick.SILENCE, 1)) {
      WritingLane lane = due(silent);
      lane.close();

      assertThatThrownBy(lane::write).hasMessageContaining("ended");
      assertThat(lane.ledger().sent()).isZero();
      assertThat(lane.measuredSent.get()).isZero();
      assertThat(lane.isBusy()).isFalse();
    }
  }

  @Test
  void whatFellDueBeforeTheCutIsStillHandedOutAndNothingAfterIt() throws Exception {
    try (HostileServer silent = HostileServer.start(HostileServer.Trick.SILENCE, 1)) {
      WritingLane lane = lane(silent);
      clock.at(0);
      clockwork.start(0);
      clock.at(50);
      clockwork.cut();

      assertThat(lane.awaitDue()).isTrue();
      lane.close();
      assertThatThrownBy(lane::write).isInstanceOf(ProbeFailure.class);
      assertThat(lane(silent).awaitDue()).isFalse();
    }
  }

  private WritingLane due(HostileServer server) {
    WritingLane lane = lane(server);
    clock.at(0);
    clockwork.start(0);
    assertThat(lane.awaitDue()).isTrue();
    return lane;
  }

  private WritingLane lane(HostileServer server) {
    WritingLane lane =
        new WritingLane(
            Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + server.port()),
            clockwork,
            0,
            new SentinelCodec("r", SentinelType.STRING, "0"),
            new SentinelLedger(16, 1),
            new Recorder(3),
            new Recorder(3),
            () -> {});
    lane.connect();
    return lane;
  }
}
