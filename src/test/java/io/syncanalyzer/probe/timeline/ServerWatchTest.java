package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedRedis;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server says of itself, and when that says nothing of a replica. */
class ServerWatchTest {
  private final ScriptedClock clock = new ScriptedClock();
  private final SessionClockwork clockwork =
      new SessionClockwork(clock, new SentinelSchedule(1, 1, Duration.ZERO, Optional.empty()), 1);

  @Test
  void whatAReplicaSaysOnceItIsTheSourceIsUnknown() {
    try (ScriptedRedis server =
        new ScriptedRedis(Side.REPLICA)
            .answering(
                "INFO", bulk("role:slave\r\nslave_repl_offset:7\r\nmaster_link_status:up\r\n"))) {
      Endpoint replica = server.endpoint();
      Whereabouts source =
          Whereabouts.ofSource(
              Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:1")
                  .from(new Origin.Node(Origin.Part.PRIMARY, List.of("127.0.0.1:1"), NodeMap.NONE)),
              SlotSet.ALL,
              (lost, slots) -> replica,
              clockwork);
      ServerWatch watch = new ServerWatch(source.ofReplica(replica), clockwork);
      watch.read();
      assertThat(watch.offset()).isEqualTo(7);
      assertThat(watch.linkUp()).isTrue();

      source.askAgain();
      watch.read();
      assertThat(watch.offset()).isNull();
      assertThat(watch.linkUp()).isNull();
    }
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }
}
