package io.syncanalyzer.probe.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Recorder;
import org.junit.jupiter.api.Test;

/** What a replica's own tidings come to, without a server. */
class PushObserverTest {
  private final SentinelCodec codec = new SentinelCodec("r", SentinelType.STRING, "0");
  private final SentinelCodec others = new SentinelCodec("r", SentinelType.STRING, "1");

  @Test
  void everyKeyThatItTellsOfIsCountedWhoseverItIs() {
    PushObserver observer = observer();
    observer.take(tidings(codec.key(0)), 5);
    assertThat(observer.told()).isEqualTo(1);
    assertThat(observer.seenNanos(0, 0)).isEqualTo(5);
    observer.take(tidings(codec.key(0)), 9); // Its removal.
    observer.take(tidings(codec.key(1), others.key(0)), 9);
    assertThat(observer.told()).isEqualTo(4);
    assertThat(observer.seenNanos(0, 0)).isEqualTo(5);
    observer.take(new Reply.Int(1), 9);
    assertThat(observer.told()).isEqualTo(4);
  }

  private static Reply tidings(byte[]... keys) {
    Reply word = new Reply.Text(Bytes.EMPTY);
    List<Reply> told = Stream.of(keys).map(key -> (Reply) new Reply.Text(Bytes.wrap(key))).toList();
    return new Reply.Items(List.of(word, new Reply.Items(told)));
  }

  private PushObserver observer() {
    SessionClockwork clockwork =
        new SessionClockwork(
            new ScriptedClock(), new SentinelSchedule(10, 1, Duration.ZERO, Optional.empty()), 1);
    Endpoint source = Endpoint.parse(Side.SOURCE, "redis://source:1");
    WritingLane lane =
        new WritingLane(
            source,
            clockwork,
            0,
            codec,
            new SentinelLedger(16, 1),
            new Recorder(3),
            new Recorder(3),
            () -> {});
    return new PushObserver(
        PushObserver.Way.TRACKING,
        Whereabouts.fixed(Endpoint.parse(Side.REPLICA, "redis://replica:1"), clockwork),
        "r",
        "told",
        clockwork,
        List.of(lane),
        0);
  }
}
