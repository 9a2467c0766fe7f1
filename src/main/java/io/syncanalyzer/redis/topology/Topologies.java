package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerMode;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what answers at a side, by asking it: at the begin, and again where something moved.
 *
 * <p>Each asks anew, waits where a cluster does not agree with itself or fails over, up to the
 * endpoint's timeout, and keeps nothing: for any thread.
 */
public final class Topologies {
  private Topologies() {}

  /**
   * What answers at an endpoint. Every node has the seed's side, login, TLS and timeouts.
   *
   * @param seed what the user named
   * @param nodes where announced addresses are reached
   * @throws RedisFailure in one line, if it is not what is demanded, does not serve, may not be
   *     asked, or has nodes that cannot be reached
   * @throws IllegalArgumentException if it names a database that a cluster does not have
   */
  public static Topology discover(Endpoint seed, TopologyChoice choice, NodeMap nodes) {
    if (seed.origin() instanceof Origin.Service service) {
      return ofService(seed, service, choice);
    }
    ServerMode mode = ServerMode.ask(seed);
    if (mode != ServerMode.CLUSTER_NODE && !demanded(seed, choice)) {
      return Topology.single(seed);
    }
    requireDatabase(seed);
    ClusterDiscovery cluster = discovery(seed, List.of(seed.address()), nodes, false);
    return choice == TopologyChoice.SINGLE ? cluster.alone() : cluster.run();
  }

  /**
   * The same side as it is now, by whichever of its nodes answers. A topology of one node of a
   * cluster alone stays that.
   *
   * @throws RedisFailure as {@link #discover}
   */
  public static Topology again(Topology earlier) {
    if (!earlier.cluster()) {
      return Topology.single(find(earlier.primaries().get(0), SlotSet.ALL));
    }
    Endpoint any = earlier.primaries().get(0);
    if (!(any.origin() instanceof Origin.Node node)) {
      throw new IllegalArgumentException(any + " is of no cluster");
    }
    ClusterDiscovery cluster = discovery(earlier.seed(), node.seeds(), node.nodes(), true);
    return earlier.alone() ? cluster.alone() : cluster.run();
  }

  /**
   * Where the server of an origin is now that has been lost, or was never looked for: of a service
   * its primary where it is the source, else one of its replicas; of a cluster's primary who owns
   * its slots, of a cluster's replica one that follows the owner. Itself, if it still is one.
   *
   * @param slots what was held there; of no matter outside a cluster
   * @throws RedisFailure as {@link #discover}, or if nobody is in its place
   */
  public static Endpoint find(Endpoint lost, SlotSet slots) {
    if (lost.origin() instanceof Origin.Service service) {
      return Sentinels.find(lost, service, NanoClock.SYSTEM);
    }
    if (!(lost.origin() instanceof Origin.Node node)) {
      return lost;
    }
    Topology now = discovery(lost, node.seeds(), node.nodes(), true).run();
    Shard shard = now.shardOf(Math.max(0, slots.next(0)));
    if (node.part() == Origin.Part.PRIMARY) {
      return shard.primary();
    }
    Optional<Endpoint> itself =
        shard.replicas().stream()
            .filter(replica -> replica.address().equals(lost.address()))
            .findFirst();
    return itself
        .or(() -> shard.replicas().stream().findFirst())
        .orElseThrow(
            () ->
                new RedisFailure(
                    RedisFailure.Kind.TOPOLOGY,
                    lost,
                    lost
                        + " is gone, and its primary "
                        + shard.primary().address()
                        + " has no other replica",
                    null));
  }

  /**
   * Whether two sides are one cluster, by what a node of the one says of those of the other.
   *
   * @throws RedisFailure if they cannot be asked
   */
  public static boolean isSameCluster(Topology one, Topology other) {
    if (!one.cluster() || !other.cluster()) {
      return false;
    }
    Endpoint here = one.primaries().get(0);
    Endpoint there = other.primaries().get(0);
    try (RedisConnection mine = RedisConnection.open(here);
        RedisConnection theirs = RedisConnection.open(there)) {
      String id = new ClusterQuestions(mine, NodeMap.NONE).ownId();
      return !id.isEmpty()
          && new ClusterQuestions(theirs, NodeMap.NONE).view().shardOf(id).isPresent();
    }
  }

  /**
   * Sees to it that nodes of a cluster can be reached.
   *
   * @throws RedisFailure in one line that names those that cannot
   */
  public static void requireReach(List<Endpoint> nodes) {
    List<NodeReach> unreached =
        AtOnce.each(nodes, Topologies::reach).stream().flatMap(Optional::stream).toList();
    if (!unreached.isEmpty()) {
      throw ClusterTrouble.unreached(unreached).failure(nodes.get(0), 0);
    }
  }

  private static Optional<NodeReach> reach(Endpoint node) {
    try (RedisConnection connection = RedisConnection.open(node)) {
      connection.keepAwake();
      return Optional.empty();
    } catch (RedisFailure e) {
      NodeMap map = node.origin() instanceof Origin.Node known ? known.nodes() : NodeMap.NONE;
      return Optional.of(new NodeReach(node, map.announced(node.address()), e));
    }
  }

  private static ClusterDiscovery discovery(
      Endpoint seed, List<String> known, NodeMap nodes, boolean failover) {
    return new ClusterDiscovery(seed, known, nodes, failover, NanoClock.SYSTEM);
  }

  private static Topology ofService(Endpoint seed, Origin.Service service, TopologyChoice choice) {
    if (choice == TopologyChoice.CLUSTER) {
      throw new IllegalArgumentException(
          "--"
              + seed.side().label()
              + "-topology cluster: a service behind Sentinels is one server; name a node of the"
              + " cluster in --"
              + seed.side().label());
    }
    return Topology.single(Sentinels.find(seed, service, NanoClock.SYSTEM));
  }

  /** Whether a cluster is demanded of one that does not call itself one, and it is one. */
  private static boolean demanded(Endpoint seed, TopologyChoice choice) {
    if (choice != TopologyChoice.CLUSTER) {
      return false;
    }
    try (RedisConnection connection = RedisConnection.open(seed.withDatabase(0))) {
      if (new ClusterQuestions(connection, NodeMap.NONE).isInCluster()) {
        return true;
      }
    }
    throw new RedisFailure(
        RedisFailure.Kind.TOPOLOGY,
        seed,
        seed
            + " is no node of a Redis Cluster, and --"
            + seed.side().label()
            + "-topology cluster demands one; leave that out, or name a node of the cluster",
        null);
  }

  /** Most clusters have database 0 alone; where there are others (Valkey 9) it says so itself. */
  private static void requireDatabase(Endpoint seed) {
    if (seed.database() == 0) {
      return;
    }
    try (RedisConnection connection = RedisConnection.open(seed)) {
      connection.keepAwake();
    } catch (RedisFailure e) {
      if (e.kind() != RedisFailure.Kind.OTHER_REPLY
          && e.kind() != RedisFailure.Kind.DATABASE_RANGE) {
        throw e;
      }
      throw new IllegalArgumentException(
          "--"
              + seed.side().label()
              + " names database "
              + seed.database()
              + ", and "
              + seed.address()
              + " is a node of a Redis Cluster, which has database 0 alone; leave the number out",
          e);
    }
  }
}
