package io.syncanalyzer.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.syncanalyzer.embedded.EmbeddedServer;
import io.syncanalyzer.embedded.TestServers;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script that keeps the server busy while {@code clean} is in the midst of its removal. */
class CleanBusyIT {
  private static final int KEYS = 150_000;
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;
  private EmbeddedServer server;
  private RedisConnection theirs;

  @BeforeEach
  void start() {
    server = EmbeddedServer.start(TestServers.onPath(), 0, List.of("--lua-time-limit", "20"));
    theirs = RedisConnection.open(server.endpoint(Side.SOURCE));
    theirs.expect(
        "EVAL",
        "for i = 1, ARGV[1] do redis.call('SET', 'sa:load:string:' .. i, 'v') end"
            + " redis.call('SET', 'sa:users:1', 'theirs')",
        "0",
        Integer.toString(KEYS));
  }

  @AfterEach
  void stop() {
    theirs.close();
    server.close();
  }

  /** Waits until some but not all is removed, and keeps the server busy until it is killed. */
  private Thread busyInTheMiddle(AnalyzerJar jar) throws Exception {
    while (theirs.expect("DBSIZE").equals(new Reply.Int(KEYS + 1))) {
      assertThat(jar.handle().isAlive()).describedAs(jar.err()).isTrue();
    }
    Thread script =
        new Thread(
            () -> {
              try (RedisConnection own =
                  RedisConnection.open(server.endpoint(Side.SOURCE).withTimeouts(LONG, LONG))) {
                own.call("EVAL", "while true do end", "0");
              }
            });
    script.setDaemon(true);
    script.start();
    while (!(theirs.call("PING") instanceof Reply.Failed failed && failed.code().equals("BUSY"))) {
      Thread.sleep(5);
    }
    return script;
  }

  private AnalyzerJar clean(String timeout) throws Exception {
    return AnalyzerJar.start(
        folder,
        Map.of(),
        "clean",
        "--yes",
        "--source",
        server.endpoint(Side.SOURCE).display(),
        "--timeout",
        timeout);
  }

  @Test
  void aScriptThatEndsInTimeIsWaitedForAndEveryKeyIsCountedOnce() throws Exception {
    try (AnalyzerJar jar = clean("60s")) {
      Thread script = busyInTheMiddle(jar);
      Thread.sleep(4000); // Whoever waits says so every three seconds.
      assertThat(jar.handle().isAlive()).describedAs(jar.err()).isTrue();
      theirs.expect("SCRIPT", "KILL");
      script.join();
      assertThat(jar.await(LONG)).describedAs(jar.err()).isZero();
      assertThat(jar.err()).contains("the source is busy running a script");
      assertThat(jar.out())
          .contains("150,000 keys with the prefix sa: removed")
          .contains("1 key that begins with sa: is not ours and stays, such as sa:users:1");
      assertThat(theirs.expect("DBSIZE")).isEqualTo(new Reply.Int(1));
    }
  }

  @Test
  void aScriptThatDoesNotEndEndsItWithinTheTimeout() throws Exception {
    try (AnalyzerJar jar = clean("2s")) {
      Thread script = busyInTheMiddle(jar);
      assertThat(jar.await(LONG)).describedAs(jar.err()).isEqualTo(5);
      assertThat(jar.err())
          .contains("is busy running a script", "waited 2000 ms for it (--timeout)")
          .doesNotContain("\tat ");
      theirs.expect("SCRIPT", "KILL");
      script.join();
    }
  }
}
