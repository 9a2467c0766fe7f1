package io.syncanalyzer.run.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.LinkRelay;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.CommandRights;
import io.syncanalyzer.redis.server.CommandUse;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.time.NanoClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whose keys a load would write over. */
class ForeignKeysIT {
  private static final Bytes KEY = Bytes.utf8("sa:k");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aKeyThatTheLoadWouldOverwriteIsLookedAtWhereItsNameTellsOfItsType() {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        RedisConnection to = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      Endpoint source = server.endpoint(Side.SOURCE);
      to.expect("SET", "sa:load:string:4", "left by another load");
      to.expect("HSET", "sa:load:own:4", "left by another load", "of the same profile");
      assertThatCode(() -> refuse(source)).doesNotThrowAnyException();
      to.expect("HSET", "sa:load:string:5", "owner", "me");

      assertThatThrownBy(() -> refuse(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 key under sa:load: that we did not write, such as")
          .hasMessageContaining("sa:load:string:5");
    }
  }

  /** By 128 keys and one round trip each it would be forty round trips more. */
  @Test
  void farAwayAThousandKeysTakeOneRoundTripAndTheLookIsTold() throws Exception {
    try (EmbeddedServer server = EmbeddedServer.start(TestServers.onPath(), 0, List.of());
        LinkRelay far = LinkRelay.to(server.port());
        RedisConnection to = RedisConnection.open(server.endpoint(Side.SOURCE))) {
      to.expect(
          "EVAL", "for i = 1, 5000 do redis.call('SET', 'sa:load:string:' .. i, 'x') end", "0");
      far.delay(Duration.ofMillis(200));
      AtomicLong now = new AtomicLong();
      NanoClock secondsFromLookToLook = () -> now.addAndGet(2_000_000_000);
      long began = System.nanoTime();
      refuse(
          context(secondsFromLookToLook),
          Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + far.port()));
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .containsPattern(
            "waiting: the source is looked through for keys of others \\([\\d,]+ keys");
  }

  @Test
  void aSourceThatGetsBusyAfterThePreflightIsWaitedForByAllThatComesBeforeTheLoad()
      throws Exception {
    try (EmbeddedServer server =
        EmbeddedServer.start(TestServers.onPath(), 0, List.of("--lua-time-limit", "50"))) {
      Endpoint source = server.endpoint(Side.SOURCE);
      Map<String, Runnable> steps = new LinkedHashMap<>();
      steps.put("keys", () -> refuse(source));
      CommandUse set = new CommandUse("SET", List.of(KEY, KEY), 0, "sa:*", true);
      steps.put(
          "rights",
          () ->
              context()
                  .patience()
                  .insist(() -> CommandRights.require(source, List.of(set), "a test")));
      steps.put(
          "probe",
          () ->
              new LagProbe(NanoClock.SYSTEM, Clock.systemUTC(), heard -> {})
                  .openedBy(context().patience()::insist)
                  .run(
                      LagSettings.of(source, List.of(server.endpoint(Side.REPLICA)), "busy")
                          .withPhase(ProbePhase.PROBE)
                          .withSchedule(100, Duration.ZERO, Optional.of(Duration.ofMillis(200)))));
      for (Map.Entry<String, Runnable> step : steps.entrySet()) {
        said.reset();
        Thread script = busy(source);
        step.getValue().run();
        script.join();
        assertThat(said.toString(StandardCharsets.UTF_8))
            .describedAs(step.getKey())
            .contains("waiting: the source is busy running a script");
      }
    }
  }

  /** Keeps a server busy for most of a second, and is back when it says that it is. */
  private static Thread busy(Endpoint source) throws InterruptedException {
    String script =
        "local t repeat t = redis.call('TIME') until t[1] * 1e6 + t[2] > tonumber(ARGV[1]) * 1e6";
    long end = System.currentTimeMillis() / 1000 + 2;
    Thread thread =
        new Thread(
            () -> {
              try (RedisConnection connection = RedisConnection.open(source)) {
                connection.call("EVAL", script, "0", Long.toString(end));
              }
            });
    thread.start();
    while (!isBusy(source)) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return thread;
  }

  private static boolean isBusy(Endpoint source) {
    try (RedisConnection connection = RedisConnection.open(source)) {
      return connection.call("DBSIZE") instanceof Reply.Failed failed
          && failed.code().equals("BUSY");
    } catch (RedisFailure busyAlready) {
      return true;
    }
  }

  private RunContext context() {
    return context(NanoClock.SYSTEM);
  }

  private RunContext context(NanoClock clock) {
    Console console =
        new Console(
            new Console.Setting(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(said, true, StandardCharsets.UTF_8),
                false,
                false,
                false,
                clock));
    return new RunContext(console, "", clock, Clock.systemUTC());
  }

  private void refuse(Endpoint source) {
    refuse(context(), source);
  }

  private static void refuse(RunContext context, Endpoint source) {
    ForeignKeys.refuse(
        context, Topology.single(source), Optional.empty(), Optional.of(everyName -> true));
  }
}
