package io.syncanalyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedPair;
import io.syncanalyzer.embedded.RelayedPair;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.LargestEpisode;
import io.syncanalyzer.probe.RunningProbe;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.result.lag.Certainty;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagCause;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.Signs;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.time.NanoClock;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Each cause that servers tell, brought about on a real pair. Swapping is not: it takes a machine
 * short of memory; {@link ServerRulesTest} holds it to figures of INFO. Nor is a load beyond what
 * the source takes ({@link ExplanationTest}), for that the machine must be the slower one. Pauses
 * of the probe, a source and a replica that stand still are in {@code LagTruthIT} and {@code
 * ProbePauseIT}.
 */
class CausesIT {
  /** What a fast machine makes of a load is an episode by a strict limit only. */
  private static final Limits STRICT =
      new Limits(Optional.empty(), Optional.of(Duration.ofMillis(1)), OptionalLong.empty());

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String BUSY =
      "local t=redis.call('TIME') local till=t[1]*1000000+t[2]+ARGV[1]*1000"
          + " repeat t=redis.call('TIME') until t[1]*1000000+t[2]>=till return 1";

  @Test
  void aSlowCommandIsNamedOnItsSide() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Found source = found(pair, () -> call(pair.source(), "EVAL", BUSY, "0", "800"));
      assertThat(source.episode().cause()).isEqualTo(LagCause.SOURCE_SLOW_COMMAND);
      assertThat(source.episode().certainty()).isNotEqualTo(Certainty.POSSIBLE);
      assertThat(source.episode().evidence()).contains("longest in its SLOWLOG: EVAL, ");
      assertThat(source.episode().against()).contains("slow command on replica");

      Found replica = found(pair, () -> call(pair.replica(), "EVAL", BUSY, "0", "800"));
      assertThat(replica.episode().cause()).isEqualTo(LagCause.REPLICA_SLOW_COMMAND);
      assertThat(replica.episode().against()).contains("slow command on source");
    }
  }

  @Test
  void anEventOfTheLatencyMonitorIsNamedWhereThatIsOn() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      call(pair.source(), "CONFIG", "SET", "slowlog-log-slower-than", "-1");
      call(pair.source(), "CONFIG", "SET", "latency-monitor-threshold", "100");
      Found found = found(pair, () -> call(pair.source(), "EVAL", BUSY, "0", "800"));
      assertThat(found.episode().cause()).isEqualTo(LagCause.SOURCE_LATENCY_EVENT);
      assertThat(found.episode().evidence()).contains("its latency monitor has command, ");
      assertThat(found.episode().against()).contains("not told: slow command on source: SLOWLOG");
    }
  }

  @Test
  void aLinkThatIsLostAndGoesOnIsNamed() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      Found found =
          found(
              pair.source(),
              pair.replica(),
              () -> {
                pair.relay().cut();
                Thread.sleep(1500);
                pair.relay().mend();
                awaitLink(pair.replica());
              });
      assertThat(found.episode().cause()).isEqualTo(LagCause.LINK_LOST);
      assertThat(found.episode().certainty()).isEqualTo(Certainty.CERTAIN);
      assertThat(found.episode().against()).contains("full resync: none was begun");
    }
  }

  @Test
  void aBacklogThatDoesNotReachBackIsNamed() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      call(pair.source(), "CONFIG", "SET", "repl-backlog-size", "16384");
      Found found =
          found(
              pair.source(),
              pair.replica(),
              () -> {
                pair.relay().cut();
                write(pair.source(), 500, 10_000, 5);
                Thread.sleep(1500);
                pair.relay().mend();
                awaitLink(pair.replica());
              });
      assertThat(found.episode().cause()).isEqualTo(LagCause.BACKLOG_OVERRUN);
      assertThat(found.episode().evidence())
          .contains("1 partial resync refused")
          .contains("full resync (certain)")
          .contains("link lost (certain)");
    }
  }

  /** The replica was its own for a while: what the source has is no continuation of that. */
  @Test
  void aFullResyncForWhichNoBacklogIsToBlameIsNamed() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      write(pair.source(), 2_000, 10_000, 100);
      String port = Integer.toString(pair.relay().port());
      Found found =
          found(
              pair.source(),
              pair.replica(),
              () -> {
                call(pair.replica(), "REPLICAOF", "NO", "ONE");
                call(pair.replica(), "SET", "its:own", "write");
                Thread.sleep(1200);
                call(pair.replica(), "REPLICAOF", "127.0.0.1", port);
                awaitLink(pair.replica());
              });
      assertThat(found.episode().cause()).isEqualTo(LagCause.FULL_RESYNC);
      assertThat(found.episode().evidence()).contains("1 full resync begun");
    }
  }

  @Test
  void aReplicaThatIsGoneIsNamed() throws Exception {
    try (RelayedPair pair = RelayedPair.start(TestServers.onPath())) {
      Found found =
          found(
              pair.source(),
              pair.replica(),
              () -> {
                pair.restartReplica();
                awaitLink(pair.replica());
              });
      assertThat(found.episode().cause()).isEqualTo(LagCause.REPLICA_GONE);
    }
  }

  /** The replica stands still, and what waits for it outgrows what may wait. */
  @Test
  void anOutputBufferOverItsLimitIsNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      call(pair.source(), "CONFIG", "SET", "client-output-buffer-limit", "replica 2mb 0 0");
      long replica = pair.replicaServer().pid();
      Found found =
          found(
              pair,
              () -> {
                RelayedPair.stop(replica);
                // Slowly, so that the source is asked more than once before it gives up.
                write(pair.source(), 160, 100_000, 50);
                new ProcessBuilder("kill", "-CONT", Long.toString(replica)).start().waitFor();
                awaitLink(pair.replica());
              });
      assertThat(found.episode().cause()).isEqualTo(LagCause.OUTPUT_BUFFER);
      assertThat(found.episode().evidence()).contains("whose output buffer may hold 2.0 MiB");
    }
  }

  @Test
  void anEvictionIsNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      call(pair.source(), "CONFIG", "SET", "maxmemory-policy", "allkeys-random");
      call(pair.source(), "CONFIG", "SET", "maxmemory", "40mb");
      write(pair.source(), 30_000, 1_000, 0);
      Found found = found(pair, () -> write(pair.source(), 150_000, 1_000, 0));
      assertThat(found.signs().evicted()).isGreaterThan(1_000);
      assertTold(found, LagCause.SOURCE_EVICTION);
    }
  }

  @Test
  void expiryCyclesAreNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      call(pair.source(), "CONFIG", "SET", "active-expire-effort", "10");
      Found found =
          found(
              pair,
              () -> {
                expiring(pair.source(), 300_000);
                await(pair.source(), info -> !info.contains("db0:") || keysBelow(info, 5_000));
              });
      assertThat(found.signs().expired()).isGreaterThan(100_000);
      assertTold(found, LagCause.SOURCE_EXPIRY);
    }
  }

  /** A fork stops the source for some milliseconds; what it copies on write later slows it. */
  @Test
  void aForkAndWhatIsCopiedOnWriteAreNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      write(pair.source(), 4_000, 100_000, 0);
      Found found =
          found(
              pair,
              () -> {
                call(pair.source(), "BGSAVE");
                write(pair.source(), 4_000, 100_000, 0);
                await(pair.source(), info -> info.contains("rdb_bgsave_in_progress:0"));
              });
      assertThat(found.signs().forkNanos()).isPositive();
      assertThat(found.signs().saving()).isTrue();
      assertTold(found, LagCause.SOURCE_FORK);
    }
  }

  /** On a machine that has no core to spare the source does not get one: then that is told. */
  @Test
  void aSourceThatUsesAllOfACoreIsNamed() throws Exception {
    try (EmbeddedPair pair = EmbeddedPair.start(TestServers.onPath())) {
      Found found =
          found(
              pair,
              () -> {
                for (int i = 0; i < 500; i++) {
                  call(pair.source(), "EVAL", BUSY, "0", "8");
                }
              });
      double share = Objects.requireNonNull(found.signs().cpuShare());
      if (share >= 0.95) {
        assertTold(found, LagCause.SOURCE_CPU);
      } else {
        assertThat(found.episode().evidence() + found.episode().against())
            .contains("it used up to " + Math.round(100 * share) + " % of a core");
      }
    }
  }

  /**
   * What came of it.
   *
   * @param episodes by what was quiet
   * @param strictly by a strict limit
   * @param signs of the source, in all of the measurement
   */
  private record Found(EpisodeReport episodes, EpisodeReport strictly, Signs signs) {
    /** The largest. */
    Episode episode() {
      return episodes.largest().orElseThrow();
    }
  }

  private interface Incident {
    void happen() throws Exception;
  }

  private static Found found(EmbeddedPair pair, Incident incident) throws Exception {
    return found(pair.source(), pair.replica(), incident);
  }

  /** Quiet seconds, what happens, and seconds after it. */
  private static Found found(Endpoint source, Endpoint replica, Incident incident)
      throws Exception {
    List<LagSecond> seconds = new CopyOnWriteArrayList<>();
    LagProbe probe =
        new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), progress -> {}).telling(seconds::add);
    LagSettings settings =
        LagSettings.of(source, List.of(replica.as(Side.REPLICA)), "why" + System.nanoTime())
            .withPhase(ProbePhase.PROBE)
            .withSchedule(200, Duration.ofMillis(500), Optional.empty());
    try (RunningProbe running = probe.begin(settings)) {
      awaitRows(seconds, 3);
      incident.happen();
      awaitRows(seconds, seconds.size() + 2);
      running.end(Duration.ofSeconds(1));
      LagSummary summary = running.finish(Duration.ofSeconds(20));
      EpisodeReport episodes = LargestEpisode.all(summary.phases().get(0));
      EpisodeReport strictly = LargestEpisode.all(summary.phases().get(0), STRICT);
      episodes.rows().forEach(episode -> System.out.println("== " + episode));
      Signs signs =
          seconds.stream()
              .map(LagSecond::source)
              .filter(Objects::nonNull)
              .reduce(Signs.NONE, Signs::and);
      return new Found(episodes, strictly, signs);
    }
  }

  /**
   * Of any episode as the cause, or where another one was surer among what else was seen: a busy
   * machine makes episodes of its own.
   */
  private static void assertTold(Found found, LagCause cause) {
    assertThat(found.strictly().rows())
        .anySatisfy(
            episode ->
                assertThat(episode.cause().label() + "; " + episode.evidence())
                    .contains(cause.label()));
  }

  private static void awaitRows(List<LagSecond> seconds, int many) throws InterruptedException {
    long begun = System.nanoTime();
    while (seconds.size() < many) {
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
      Thread.sleep(20);
    }
  }

  private static void awaitLink(Endpoint replica) throws InterruptedException {
    await(replica, info -> info.contains("master_link_status:up"));
  }

  private static void await(Endpoint server, Predicate<String> state) throws InterruptedException {
    long begun = System.nanoTime();
    while (!state.test(String.valueOf(info(server)))) {
      assertThat(System.nanoTime() - begun).isLessThan(PATIENCE.toNanos());
      Thread.sleep(50);
    }
  }

  /** Null while it cannot be reached. */
  private static @Nullable String info(Endpoint server) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      return connection.expect("INFO") instanceof Reply.Text text ? text.bytes().asUtf8() : null;
    } catch (RedisFailure loading) {
      return null;
    }
  }

  private static boolean keysBelow(String info, int most) {
    String keys = info.substring(info.indexOf("db0:keys=") + "db0:keys=".length());
    return Integer.parseInt(keys.substring(0, keys.indexOf(','))) < most;
  }

  private static void call(Endpoint server, String command, String... arguments) {
    try (RedisConnection connection = RedisConnection.open(server)) {
      connection.expect(command, arguments);
    }
  }

  /** Writes so many values, a hundred at once, with a pause after each where one is asked for. */
  private static void write(Endpoint source, int values, int bytes, int pauseMillis)
      throws InterruptedException {
    Command set = Command.of("SET");
    byte[] value = new byte[bytes];
    int atOnce = bytes > 50_000 ? 2 : 100;
    try (RedisConnection connection = RedisConnection.open(source)) {
      for (int i = 0; i < values; i += atOnce) {
        for (int j = i; j < i + atOnce; j++) {
          connection.send(set, ("load:" + j).getBytes(StandardCharsets.UTF_8), value);
        }
        connection.flush();
        for (int j = 0; j < atOnce; j++) {
          connection.receive();
        }
        if (pauseMillis > 0) {
          Thread.sleep(pauseMillis);
        }
      }
    }
  }

  /** Keys that all expire at the same moment, five seconds from now. */
  private static void expiring(Endpoint source, int keys) {
    Command set = Command.of("SET");
    byte[] at = Long.toString(Clock.systemUTC().millis() + 5_000).getBytes(StandardCharsets.UTF_8);
    byte[] pxat = "PXAT".getBytes(StandardCharsets.UTF_8);
    try (RedisConnection connection = RedisConnection.open(source)) {
      for (int i = 0; i < keys; i += 1_000) {
        for (int j = i; j < i + 1_000; j++) {
          byte[] key = ("expires:" + j).getBytes(StandardCharsets.UTF_8);
          connection.send(set, key, key, pxat, at);
        }
        connection.flush();
        for (int j = 0; j < 1_000; j++) {
          connection.receive();
        }
      }
    }
  }
}
