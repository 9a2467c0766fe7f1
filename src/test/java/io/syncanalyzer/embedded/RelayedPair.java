package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real pair whose link runs through a {@link LinkRelay}, and what can be done to its servers. */
public final class RelayedPair implements AutoCloseable {
  private static final Duration LINK = Duration.ofSeconds(20);

  private final ServerBinary binary;
  private final LinkRelay relay;
  private final List<EmbeddedServer> others = new ArrayList<>();
  private EmbeddedServer source;
  private EmbeddedServer replica;

  private RelayedPair(ServerBinary binary, EmbeddedServer source, LinkRelay relay) {
    this.binary = binary;
    this.source = source;
    this.relay = relay;
    this.replica = startReplica(0);
  }

  /** Starts both and waits for the link. */
  public static RelayedPair start(ServerBinary binary) {
    EmbeddedServer source = EmbeddedServer.start(binary, 0, List.of());
    LinkRelay relay = LinkRelay.to(source.port());
    RelayedPair pair = new RelayedPair(binary, source, relay);
    pair.awaitLink();
    return pair;
  }

  private EmbeddedServer startReplica(int port) {
    return EmbeddedServer.start(
        binary, port, List.of("--replicaof", "127.0.0.1", Integer.toString(relay.port())));
  }

  public Endpoint source() {
    return source.endpoint(Side.SOURCE);
  }

  public Endpoint replica() {
    return replica.endpoint(Side.REPLICA);
  }

  public LinkRelay relay() {
    return relay;
  }

  public EmbeddedServer sourceServer() {
    return source;
  }

  public EmbeddedServer replicaServer() {
    return replica;
  }

  /** Kills the replica and starts an empty one in its place. */
  public void restartReplica() {
    int port = replica.port();
    replica.close();
    replica = onSamePort(port, startReplica(port));
  }

  /** Kills the source and starts an empty one in its place. */
  public void restartSource() {
    int port = source.port();
    source.close();
    source = onSamePort(port, EmbeddedServer.start(binary, port, List.of()));
  }

  private static EmbeddedServer onSamePort(int port, EmbeddedServer started) {
    if (started.port() != port) {
      started.close();
      throw new AssertionError("port " + port + " was taken meanwhile");
    }
    return started;
  }

  /** Starts another source beside the pair, empty, and ends it with the pair. */
  public EmbeddedServer alsoStart() {
    EmbeddedServer other = EmbeddedServer.start(binary, 0, List.of());
    others.add(other);
    return other;
  }

  /** What was started beside the pair. */
  public List<EmbeddedServer> others() {
    return List.copyOf(others);
  }

  private void awaitLink() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < LINK.toNanos()) {
      try (RedisConnection connection = RedisConnection.open(replica())) {
        ServerInfo info = ServerInfo.readSection(connection, "replication");
        if (info.linkStatus().filter("up"::equals).isPresent()) {
          return;
        }
        Thread.sleep(10);
      } catch (RedisFailure loading) {
        if (!loading.isConnectionLoss()) {
          throw loading;
        }
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no link within " + LINK);
  }

  /** Stops a process for a time, and returns for how long it really was, in nanoseconds. */
  public static long pause(long pid, Duration time) throws IOException, InterruptedException {
    signal(pid, "STOP");
    long from = System.nanoTime();
    try {
      Thread.sleep(time.toMillis());
    } finally {
      signal(pid, "CONT");
    }
    return System.nanoTime() - from;
  }

  /**
   * Stops a process for good: it answers nobody, and keeps every connection, until it is killed.
   */
  public static void stop(long pid) throws IOException, InterruptedException {
    signal(pid, "STOP");
  }

  private static void signal(long pid, String name) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    if (exit != 0) {
      throw new AssertionError("kill -" + name + " " + pid + " ended with " + exit);
    }
  }

  @Override
  public void close() {
    replica.close();
    relay.close();
    source.close();
    others.forEach(EmbeddedServer::close);
  }
}
