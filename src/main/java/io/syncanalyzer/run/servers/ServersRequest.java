package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which servers a run works with.
 *
 * @param source where writes go
 * @param replicas where they must show, one or more
 * @param embedded whether both are to be started for the run
 * @param redisServer the redis-server to start them from; empty = PATH's, else the bundled one
 * @param wishes what the user's servers are to be taken for
 * @param shards how many primaries, with a replica each, the cluster has that is started; empty = a
 *     pair is
 */
public record ServersRequest(
    Endpoint source,
    List<Endpoint> replicas,
    boolean embedded,
    Optional<Path> redisServer,
    TopologyWishes wishes,
    OptionalInt shards) {
  public ServersRequest {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(wishes, "wishes is null");
    Objects.requireNonNull(shards, "shards is null");
    replicas = List.copyOf(replicas);
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException("no replica is given");
    }
  }

  /** No cluster is started. */
  public ServersRequest(
      Endpoint source,
      List<Endpoint> replicas,
      boolean embedded,
      Optional<Path> redisServer,
      TopologyWishes wishes) {
    this(source, replicas, embedded, redisServer, wishes, OptionalInt.empty());
  }

  /** Servers that are what they say themselves. */
  public ServersRequest(
      Endpoint source, List<Endpoint> replicas, boolean embedded, Optional<Path> redisServer) {
    this(source, replicas, embedded, redisServer, TopologyWishes.AUTO);
  }

  /** The same, to be taken for something. */
  public ServersRequest with(TopologyWishes otherWishes) {
    return new ServersRequest(source, replicas, embedded, redisServer, otherWishes, shards);
  }

  /** The same, a cluster being started in the place of a pair where a number is given. */
  public ServersRequest withShards(OptionalInt otherShards) {
    return new ServersRequest(source, replicas, embedded, redisServer, wishes, otherShards);
  }

  /**
   * The same, for runs that work with one replica.
   *
   * @throws IllegalArgumentException if there are several
   */
  public ServersRequest ofOneReplica() {
    if (replicas.size() != 1) {
      throw new IllegalArgumentException(
          "this command takes one replica, not "
              + replicas.size()
              + "; `probe` measures several at once");
    }
    return this;
  }
}
