package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerProduct;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What INFO tells of a server's CPU, over a connection of its own: of the thread that serves
 * commands, where there is one such and it is shown, else of all. A server that has gone is unknown
 * for a while, longer each time, before it is tried anew; who verifies notices for himself. Not
 * safe for use by several threads.
 */
final class CpuMeter implements CpuAccount.Meter {
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final long FIRST_PAUSE_NANOS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NANOS = 30_000_000_000L;

  private final Endpoint endpoint;
  private final NanoClock clock;
  private @Nullable RedisConnection connection;

  /** What does not change of INFO: whose server it is decides how its seconds are read. */
  private String server = "";

  private long pause;
  private long failedAt;

  CpuMeter(Endpoint endpoint, NanoClock clock) {
    this.endpoint =
        endpoint
            .withDatabase(0)
            .withTimeouts(shorter(endpoint.connectTimeout()), shorter(endpoint.timeout()));
    this.clock = clock;
  }

  /** Whoever asks waits for it, and holds nobody meanwhile. */
  private static Duration shorter(Duration timeout) {
    return timeout.compareTo(TIMEOUT) < 0 ? timeout : TIMEOUT;
  }

  @Override
  public OptionalDouble seconds() {
    if (pause > 0 && clock.nanoTime() - failedAt < pause) {
      return OptionalDouble.empty();
    }
    try {
      RedisConnection open = connection;
      if (open == null) {
        open = RedisConnection.open(endpoint);
        connection = open;
        server = text(open, "server");
      }
      OptionalDouble told = seconds(ServerInfo.parse(server + "\n" + text(open, "cpu")));
      pause = 0;
      return told;
    } catch (RedisFailure lost) {
      close();
      pause = Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, 2 * pause));
      failedAt = clock.nanoTime();
      return OptionalDouble.empty();
    }
  }

  static OptionalDouble seconds(ServerInfo info) {
    OptionalDouble serving =
        ServerProduct.of(info).servesByOneThread()
            ? info.mainThreadCpuSeconds()
            : OptionalDouble.empty();
    return serving.isPresent() ? serving : info.cpuSeconds();
  }

  private static String text(RedisConnection connection, String section) {
    return connection.call("INFO", section) instanceof Reply.Text text ? text.bytes().asUtf8() : "";
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
