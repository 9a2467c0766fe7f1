package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A real pair whose link brings so many bytes a second and no more. */
public final class ThrottledPair implements AutoCloseable {
  private static final Duration LINK = Duration.ofSeconds(20);

  private final EmbeddedServer source;
  private final BytesPerSecondRule link;
  private final Relay relay;
  private final EmbeddedServer replica;

  private ThrottledPair(ServerBinary binary, double bytesPerSecond) throws IOException {
    source = EmbeddedServer.start(binary, 0, List.of("--repl-diskless-sync-delay", "0"));
    link = new BytesPerSecondRule(bytesPerSecond);
    relay = Relay.to(source.port(), link);
    replica =
        EmbeddedServer.start(
            binary, 0, List.of("--replicaof", "127.0.0.1", Integer.toString(relay.port())));
  }

  /** Starts both and waits for the link. */
  public static ThrottledPair start(ServerBinary binary, double bytesPerSecond)
      throws IOException, InterruptedException {
    ThrottledPair pair = new ThrottledPair(binary, bytesPerSecond);
    pair.awaitLink();
    return pair;
  }

  public Endpoint source() {
    return source.endpoint(Side.SOURCE);
  }

  public Endpoint replica() {
    return replica.endpoint(Side.REPLICA);
  }

  /** How fast the link is. */
  public BytesPerSecondRule link() {
    return link;
  }

  private void awaitLink() throws InterruptedException {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LINK.toNanos()) {
      try (RedisConnection connection = RedisConnection.open(replica())) {
        ServerInfo info = ServerInfo.readSection(connection, "replication");
        if (info.linkStatus().filter("up"::equals).isPresent()) {
          return;
        }
      } catch (RedisFailure loading) {
        if (!loading.isConnectionLoss()) {
          throw loading;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("no link within " + LINK);
  }

  @Override
  public void close() throws IOException {
    replica.close();
    relay.close();
    source.close();
  }
}
