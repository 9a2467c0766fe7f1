package io.syncanalyzer.redis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an endpoint came to be known, and so how it is found again where it has moved: the address
 * that the user gave stands for itself, a service's or a shard's server may be another after a
 * failover.
 */
public sealed interface Origin {
  /** The address that the user gave, which is always the one that is meant. */
  record Given() implements Origin {}

  /**
   * A server of a service that Sentinels watch.
   *
   * @param sentinels {@code host:port} of each that the user named, at least one
   * @param service its name there
   * @param user the Sentinels' own ACL user; empty = their default user
   * @param password the Sentinels' own; empty = none
   * @param nodes where announced addresses are reached
   */
  record Service(
      List<String> sentinels,
      String service,
      Optional<String> user,
      Optional<Secret> password,
      NodeMap nodes)
      implements Origin {
    public Service {
      Objects.requireNonNull(nodes, "nodes is null");
      sentinels = List.copyOf(sentinels);
      if (sentinels.isEmpty()) {
        throw new IllegalArgumentException("no Sentinel is named");
      }
      if (service.isBlank()) {
        throw new IllegalArgumentException("the service's name is empty");
      }
      Objects.requireNonNull(user, "user is null");
      Objects.requireNonNull(password, "password is null");
    }
  }

  /**
   * A node of a Redis Cluster.
   *
   * @param part what it does there
   * @param seeds reachable {@code host:port} of nodes that can be asked for the others, the user's
   *     own first
   * @param nodes where announced addresses are reached
   */
  record Node(Part part, List<String> seeds, NodeMap nodes) implements Origin {
    public Node {
      Objects.requireNonNull(part, "part is null");
      Objects.requireNonNull(nodes, "nodes is null");
      seeds = List.copyOf(seeds);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("no node is named");
      }
    }

    /**
     * Where a node is reached that CLUSTER NODES names {@code host:port@busport,hostname}, of which
     * the last two may be missing. A cluster may prefer to announce the name of the host, so the
     * one of the two counts that the map or the seeds know; where neither does, the first.
     */
    public String reached(String told) {
      int bus = told.indexOf('@');
      String address = told.substring(0, bus < 0 ? told.length() : bus).split(",", 2)[0];
      String[] more = told.split(",", 3);
      if (more.length < 2 || more[1].isEmpty() || more[1].contains("=")) {
        return nodes.of(address);
      }
      String named = more[1] + address.substring(address.lastIndexOf(':'));
      if (nodes.reachable().containsKey(address) || seeds.contains(address)) {
        return nodes.of(address);
      }
      return nodes.reachable().containsKey(named) || seeds.contains(named)
          ? nodes.of(named)
          : address;
    }
  }

  /** What a node does in its shard. */
  enum Part {
    /** It owns slots and takes writes. */
    PRIMARY,
    /** It follows a primary, and answers for its keys once asked to ({@code READONLY}). */
    REPLICA
  }

  /** The user's own address. */
  Origin GIVEN = new Given();
}
