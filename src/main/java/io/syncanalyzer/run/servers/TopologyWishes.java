package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.TopologyChoice;
import java.util.Objects;

/**
 * What the servers of a run are to be taken for.
 *
 * @param source what the source is
 * @param replica what each replica is
 * @param role which nodes of a replica that is a cluster are compared
 * @param nodes where the addresses that are announced are reached
 */
public record TopologyWishes(
    TopologyChoice source, TopologyChoice replica, ReplicaRole role, NodeMap nodes) {
  /** Whatever they say themselves. */
  public static final TopologyWishes AUTO =
      new TopologyWishes(TopologyChoice.AUTO, TopologyChoice.AUTO, ReplicaRole.AUTO, NodeMap.NONE);

  public TopologyWishes {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(role, "role is null");
    Objects.requireNonNull(nodes, "nodes is null");
  }
}
