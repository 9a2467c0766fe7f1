package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A source and a replica of our own, linked when {@link #start} returns, gone at {@link #close}.
 */
public final class EmbeddedPair implements AutoCloseable {
  private static final long LINK_SECONDS = 20;

  /** Written and removed again before anyone else writes. */
  private static final String FIRST_KEY = "sa:embedded:link";

  private final EmbeddedServer source;
  private final EmbeddedServer replica;
  private final @Nullable LinkRelay relay;
  private final NanoClock clock;

  private EmbeddedPair(
      EmbeddedServer source, EmbeddedServer replica, @Nullable LinkRelay relay, NanoClock clock) {
    this.clock = clock;
    this.source = source;
    this.replica = replica;
    this.relay = relay;
  }

  /** A pair on free ports, as tests want it. */
  public static EmbeddedPair start(ServerBinary binary) {
    return start(binary, 0, 0, List.of());
  }

  /**
   * Starts both and waits until the replication link is up.
   *
   * @param sourcePort preferred port, 0 = any; a free one where it is taken
   * @param replicaPort as {@code sourcePort}
   * @param extra more arguments for both servers
   * @throws EmbeddedFailure if either does not start or the link does not come up
   */
  public static EmbeddedPair start(
      ServerBinary binary, int sourcePort, int replicaPort, List<String> extra) {
    return start(binary, sourcePort, replicaPort, extra, false);
  }

  /** As {@link #start}, the replication link running through a {@link #relay} of ours. */
  public static EmbeddedPair startRelayed(ServerBinary binary, int sourcePort, int replicaPort) {
    return start(binary, sourcePort, replicaPort, List.of(), true);
  }

  private static EmbeddedPair start(
      ServerBinary binary, int sourcePort, int replicaPort, List<String> extra, boolean relayed) {
    EmbeddedServer source = EmbeddedServer.start(binary, sourcePort, extra);
    LinkRelay relay = null;
    EmbeddedServer replica = null;
    try {
      relay = relayed ? LinkRelay.to(source.port()) : null;
      int followed = relay == null ? source.port() : relay.port();
      List<String> arguments = new ArrayList<>(extra);
      arguments.addAll(List.of("--replicaof", "127.0.0.1", Integer.toString(followed)));
      replica = EmbeddedServer.start(binary, replicaPort, arguments);
      EmbeddedPair pair = new EmbeddedPair(source, replica, relay, NanoClock.SYSTEM);
      pair.awaitLink();
      return pair;
    } catch (RuntimeException e) {
      if (replica != null) {
        replica.close();
      }
      if (relay != null) {
        relay.close();
      }
      source.close();
      throw e;
    }
  }

  /** The source's endpoint. */
  public Endpoint source() {
    return source.endpoint(Side.SOURCE);
  }

  /** The replica's endpoint. */
  public Endpoint replica() {
    return replica.endpoint(Side.REPLICA);
  }

  /** The source's process. */
  public EmbeddedServer sourceServer() {
    return source;
  }

  /** The replica's process. */
  public EmbeddedServer replicaServer() {
    return replica;
  }

  /** What the replication link runs through; empty where it is direct. */
  public Optional<LinkRelay> relay() {
    return Optional.ofNullable(relay);
  }

  /**
   * Waits until the replica says that its link is up, and a write to the source has come through.
   *
   * <p>The link alone is not enough: a source holds the stream back until the replica's first
   * acknowledgement, which comes up to a second after the link is up. A measurement begun before
   * would see that second as lag; up to Redis 6.2, which replicates EXPIRE with the time that is
   * left, expiries would really be late by it.
   */
  public void awaitLink() {
    awaitLinkUp();
    try (RedisConnection connection = RedisConnection.open(source())) {
      connection.expect("SET", FIRST_KEY, "");
      String millis = Long.toString(TimeUnit.SECONDS.toMillis(LINK_SECONDS));
      connection.replyTimeoutMillis((int) TimeUnit.SECONDS.toMillis(2 * LINK_SECONDS));
      Reply reached = connection.expect("WAIT", "1", millis);
      connection.expect("DEL", FIRST_KEY);
      if (!(reached instanceof Reply.Int replicas && replicas.value() >= 1)) {
        throw new EmbeddedFailure(
            "the embedded replica applied nothing within " + LINK_SECONDS + " s", null);
      }
      connection.expect("WAIT", "1", millis);
    }
  }

  private void awaitLinkUp() {
    BackOff wait =
        BackOff.steady(clock, EmbeddedServer.ASK_AGAIN_NANOS)
            .within(TimeUnit.SECONDS.toNanos(LINK_SECONDS));
    while (true) {
      try (RedisConnection connection = RedisConnection.open(replica())) {
        ServerInfo info = ServerInfo.readSection(connection, "replication");
        if (info.linkStatus().filter("up"::equals).isPresent()) {
          return;
        }
      } catch (RedisFailure notYet) {
        if (!notYet.isConnectionLoss()) {
          throw notYet;
        }
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new EmbeddedFailure("interrupted while the embedded pair was linking", null);
      }
      if (!wait.more()) {
        throw new EmbeddedFailure(
            "the embedded replica did not link to its source within " + LINK_SECONDS + " s", null);
      }
    }
  }

  @Override
  public void close() {
    try {
      replica.close();
      if (relay != null) {
        relay.close();
      }
    } finally {
      source.close();
    }
  }
}
