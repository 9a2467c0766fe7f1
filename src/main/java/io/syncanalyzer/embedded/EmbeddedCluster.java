package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster of our own on loopback: it serves, and every replica is linked, when {@link #start}
 * returns; gone at {@link #close}. Safe for use by several threads.
 */
public final class EmbeddedCluster implements AutoCloseable {
  /** As Redis has it; on a machine that is busy a shorter one makes replicas take over. */
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(15);

  private final List<EmbeddedNode> nodes;
  private final int primaries;

  private EmbeddedCluster(List<EmbeddedNode> nodes, int primaries) {
    this.nodes = List.copyOf(nodes);
    this.primaries = primaries;
  }

  /**
   * Starts a cluster of so many primaries, with a replica each.
   *
   * @param primaryPort where the first primary listens, the others above it; free ports where these
   *     are taken
   * @param replicaPort as {@code primaryPort}, of the replicas
   * @throws EmbeddedFailure if a server does not start, or they do not come together
   */
  public static EmbeddedCluster start(
      ServerBinary binary, int shards, int primaryPort, int replicaPort) {
    return start(
        binary,
        new ClusterPlan(
            ClusterPlan.even(shards), 1, primaryPort, replicaPort, NODE_TIMEOUT, List.of()));
  }

  /** Starts what the plan says. */
  static EmbeddedCluster start(ServerBinary binary, ClusterPlan plan) {
    int primaries = plan.shards().size();
    List<EmbeddedNode> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < primaries; i++) {
        nodes.add(startNode(binary, plan, plan.primaryPort(), i));
      }
      for (int i = 0; i < primaries * plan.replicas(); i++) {
        nodes.add(startNode(binary, plan, plan.replicaPort(), i));
      }
      new ClusterStart(plan, nodes, NanoClock.SYSTEM).run();
      return new EmbeddedCluster(nodes, primaries);
    } catch (RuntimeException e) {
      nodes.forEach(node -> node.server().close());
      throw e;
    }
  }

  /** Starts a server that is a cluster of its own so far. */
  static EmbeddedNode startNode(ServerBinary binary, ClusterPlan plan, int firstPort, int above) {
    int port = firstPort == 0 ? 0 : firstPort + above;
    EmbeddedServer server =
        EmbeddedServer.start(binary, port, plan.arguments(), LoopbackPorts.WITH_BUS);
    try {
      return EmbeddedNode.of(server);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** The first primary, as a source. */
  public Endpoint seed() {
    return nodes.get(0).endpoint();
  }

  /** Where its first primary listens: all other nodes can be found from it. */
  public int primaryPort() {
    return nodes.get(0).port();
  }

  /** Where the first primary's replica listens. */
  public int replicaPort() {
    return nodes.get(primaries).port();
  }

  /** Which server its nodes are. */
  public ServerBinary binary() {
    return nodes.get(0).server().binary();
  }

  /** How many primaries it was started with. */
  public int shards() {
    return primaries;
  }

  /** The primaries it was started with, then the replicas, those of the first primary first. */
  List<EmbeddedNode> nodes() {
    return nodes;
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.server().close());
  }
}
