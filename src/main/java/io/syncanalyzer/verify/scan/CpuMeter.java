package io.syncanalyzer.verify.scan;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.server.ServerProduct;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What INFO tells of a server's CPU, over a connection of its own: of the thread that serves
 * commands, where there is one such and it is shown, else of all. What has gone wrong is tried anew
 * at the next question; who verifies notices for himself. Not safe for use by several threads.
 */
final class CpuMeter implements CpuAccount.Meter {
  private final Endpoint endpoint;
  private @Nullable RedisConnection connection;

  /** What does not change of INFO: whose server it is decides how its seconds are read. */
  private String server = "";

  CpuMeter(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public OptionalDouble seconds() {
    try {
      RedisConnection open = connection;
      if (open == null) {
        open = RedisConnection.open(endpoint.withDatabase(0));
        connection = open;
        server = text(open, "server");
      }
      return seconds(ServerInfo.parse(server + "\n" + text(open, "cpu")));
    } catch (RedisFailure lost) {
      close();
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
