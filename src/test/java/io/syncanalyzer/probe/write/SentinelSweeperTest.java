package io.syncanalyzer.probe.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedKeys;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

/** What is taken for removed, and where the rest is looked for. */
class SentinelSweeperTest {
  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(clock, new SentinelSchedule(10, 1, Duration.ZERO, Optional.empty()), 1);
  private final SentinelLedger ledger = new SentinelLedger(64, 1);

  @Test
  void whatIsOnItsWayToAnotherNodeIsRemovedThere() {
    try (ScriptedKeys old = new ScriptedKeys();
        ScriptedKeys taker = new ScriptedKeys()) {
      old.refusing("WATCH", "MOVED 1 127.0.0.1:1");
      Whereabouts source =
          Whereabouts.ofSource(
              old.endpoint(Side.SOURCE)
                  .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE)),
              SlotSet.ALL,
              (lost, slots) -> taker.endpoint(Side.SOURCE),
              clockwork);
      WritingLane lane = lane(source);
      SentinelSweeper sweeper = new SentinelSweeper(clock, source, List.of(lane));
      ledger.send(1, 1);
      ledger.release(0, 1);

      sweeper.sweep();
      assertThat(lane.cleaned.get()).isZero();
      assertThat(source.now().port()).isEqualTo(taker.endpoint(Side.SOURCE).port());

      sweeper.sweep();
      assertThat(lane.cleaned.get()).isEqualTo(1);
      assertThat(taker.asked()).isNotEmpty();
      sweeper.stop();
    }
  }

  private WritingLane lane(Whereabouts source) {
    return new WritingLane(
        source,
        clockwork,
        0,
        new SentinelCodec("r", SentinelType.STRING, "0"),
        ledger,
        new Recorder(3),
        new Recorder(3),
        () -> {});
  }
}
