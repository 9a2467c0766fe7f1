package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A source, its replicas, and three Sentinels that watch them: processes for tests. A source that
 * is silent for a second is failed over by two of the three, in some 2 s. Takes some 3 s to start:
 * share one in a class.
 */
public final class TestSentinel implements AutoCloseable {
  /** What the Sentinels call it. */
  public static final String SERVICE = "orders";

  private static final int SENTINELS = 3;

  private final List<EmbeddedServer> servers = new ArrayList<>();
  private final List<SentinelProcess> sentinels = new ArrayList<>();

  private TestSentinel() {}

  /** Of the server on PATH. */
  public static TestSentinel start(int replicas) {
    return start(TestServers.onPath(), replicas, List.of());
  }

  /**
   * Of any server.
   *
   * @param settings more lines of the Sentinels' files, such as {@code requirepass secret}; that
   *     one makes {@link #failover} and the waits fail, which ask without a password
   */
  public static TestSentinel start(ServerBinary binary, int replicas, List<String> settings) {
    TestSentinel all = new TestSentinel();
    try {
      EmbeddedServer source = EmbeddedServer.start(binary, 0, List.of());
      all.servers.add(source);
      for (int i = 0; i < replicas; i++) {
        all.servers.add(
            EmbeddedServer.start(
                binary, 0, List.of("--replicaof", "127.0.0.1", Integer.toString(source.port()))));
      }
      for (int i = 0; i < SENTINELS; i++) {
        all.sentinels.add(SentinelProcess.start(binary, SERVICE, source.port(), settings));
      }
      all.awaitKnown(replicas);
      return all;
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
  }

  /** {@code redis-sentinel://127.0.0.1:…,…#orders}, of all three. */
  public String uri() {
    return "redis-sentinel://"
        + sentinels.stream().map(SentinelProcess::address).collect(Collectors.joining(","))
        + "#"
        + SERVICE;
  }

  /** {@code host:port} of each Sentinel. */
  public List<String> sentinels() {
    return sentinels.stream().map(SentinelProcess::address).toList();
  }

  /** The source, as the living Sentinels have it now. */
  public Endpoint source() {
    Map<String, String> master = anySentinel().master(SERVICE);
    return Endpoint.parse(Side.SOURCE, "redis://127.0.0.1:" + master.get("port"));
  }

  /** The living servers but the source. */
  public List<Endpoint> replicas() {
    int source = source().port();
    return servers.stream()
        .filter(server -> server.isAlive() && server.port() != source)
        .map(server -> server.endpoint(Side.REPLICA))
        .toList();
  }

  /**
   * Who was the source, and who is now.
   *
   * @param left the one that is gone
   * @param taken the one in its place
   */
  public record Failover(Endpoint left, Endpoint taken) {}

  /** Ends the source's process and waits until a replica has taken its place and is followed. */
  public Failover killSource() {
    Endpoint old = source();
    server(old.port()).close();
    awaitOther(old.port());
    return new Failover(old, source());
  }

  /** Ends a server's process, and waits for nothing. */
  public void kill(Endpoint one) {
    server(one.port()).close();
  }

  /** Ends the process of a Sentinel, the first one being 0. */
  public void killSentinel(int sentinel) {
    sentinels.get(sentinel).close();
  }

  /**
   * A failover by SENTINEL FAILOVER; waits until the other replicas follow the new source. The old
   * one is told to some ten seconds later, and is a source of its own until then.
   */
  public void failover() {
    int old = source().port();
    anySentinel().ask("FAILOVER", SERVICE);
    awaitOther(old);
  }

  private void awaitOther(int old) {
    TestCluster.await("the failover", () -> source().port() != old);
    // Asked anew each time: on a busy machine the new source may itself be failed over.
    TestCluster.await(
        "the replicas to follow the new source",
        () -> {
          int now = source().port();
          return replicas().stream()
              .filter(replica -> replica.port() != old)
              .allMatch(replica -> follows(replica, now));
        });
  }

  private static boolean follows(Endpoint replica, int source) {
    try (RedisConnection connection = RedisConnection.open(replica)) {
      ServerInfo info = ServerInfo.readSection(connection, "replication");
      return info.followsPort().orElse(0) == source
          && info.linkStatus().filter("up"::equals).isPresent();
    }
  }

  private void awaitKnown(int replicas) {
    TestCluster.await(
        "the Sentinels to know all",
        () -> sentinels.stream().allMatch(one -> one.knows(SERVICE, replicas, SENTINELS - 1)));
  }

  private SentinelProcess anySentinel() {
    return sentinels.stream()
        .filter(SentinelProcess::isAlive)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no Sentinel is alive"));
  }

  private EmbeddedServer server(int port) {
    return servers.stream()
        .filter(server -> server.port() == port)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no server of ours is on port " + port));
  }

  @Override
  public void close() {
    sentinels.stream().filter(SentinelProcess::isAlive).forEach(SentinelProcess::close);
    servers.forEach(EmbeddedServer::close);
  }
}
