package io.syncanalyzer.probe.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.result.lag.Signs;
import io.syncanalyzer.scripted.ScriptedClock;
import io.syncanalyzer.scripted.ScriptedRedis;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

  /** A long script is what makes a server answer so, and what its slow log has afterwards. */
  @Test
  void aServerBusyWithAScriptIsAskedAgainAndItsSlowLogIsNewToTheNextConnection() {
    try (ScriptedRedis server =
        new ScriptedRedis(Side.SOURCE)
            .answering("INFO", info(1.0), "-BUSY Redis is busy running a script\r\n", info(1.0))
            .answering(
                "CONFIG GET slowlog-log-slower-than",
                "*2\r\n" + bulk("slowlog-log-slower-than") + bulk("10000"))
            .answering(
                "SLOWLOG GET 1",
                "*0\r\n",
                "*0\r\n",
                "*1\r\n*4\r\n:0\r\n:1700000000\r\n:9000000\r\n*1\r\n" + bulk("eval"))) {
      ServerWatch watch = new ServerWatch(server.endpoint(), clockwork);
      server.before("INFO", 4, watch::stop);
      watch.run();
      watch.collect();
      assertThat(watch.signs()).extracting(Signs::slowNanos).isEqualTo(9_000_000_000L);
    }
  }

  /** After a late answer the next question may be some milliseconds away. */
  @Test
  void ofSomeMillisecondsNoShareOfTheCpuIsTold() {
    try (ScriptedRedis server =
        new ScriptedRedis(Side.SOURCE)
            .answering("INFO", info(1.0), info(1.5), info(1.57), info(1.6))) {
      ServerWatch watch = new ServerWatch(server.endpoint(), clockwork);
      assertThat(share(watch, 0)).isNull();
      assertThat(share(watch, 1000)).isEqualTo(0.5, offset(1e-9));
      assertThat(share(watch, 1070)).isNull();
      assertThat(share(watch, 2000)).isEqualTo(0.1, offset(1e-9));
    }
  }

  private @Nullable Double share(ServerWatch watch, double atMillis) {
    clock.at(atMillis);
    watch.read();
    watch.collect();
    Signs signs = watch.signs();
    return signs == null ? null : signs.cpuShare();
  }

  private static String info(double cpu) {
    return bulk("run_id:a\r\nused_cpu_sys:0\r\nused_cpu_user:" + cpu + "\r\n");
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }
}
