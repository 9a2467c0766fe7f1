package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.verify.server.ServerCost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What each node said of itself when its first partition began: by that it is known again, and by
 * that what it spent. Safe for use by several threads.
 */
final class NodeBook {
  private final Nodes nodes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private record Entry(Endpoint node, ServerInfo begin) {}

  NodeBook(Nodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Asks a node that was not met before.
   *
   * @throws RedisFailure if it does not answer
   */
  void meet(Endpoint node) {
    synchronized (this) {
      if (entries.containsKey(node.address())) {
        return;
      }
    }
    ServerInfo said = nodes.info(node);
    synchronized (this) {
      entries.putIfAbsent(node.address(), new Entry(node, said));
    }
  }

  /** Who that was; null where it was not met, or hides its id. */
  synchronized @Nullable String idOf(Endpoint node) {
    Entry known = entries.get(node.address());
    return known == null ? null : known.begin().runId().orElse(null);
  }

  /** Its next meeting is as its first. */
  synchronized void forget(String address) {
    entries.remove(address);
  }

  /** What became of a node. */
  enum State {
    /** It is who it was. */
    SAME,
    /** At its address is another process, or one with another role. */
    ANOTHER,
    /** It does not answer. */
    GONE
  }

  /** Asks a node whether it is still who it was. */
  State state(Endpoint node) {
    Entry known;
    synchronized (this) {
      known = entries.get(node.address());
    }
    try {
      ServerInfo now = nodes.info(node);
      return known == null
              || (Objects.equals(known.begin().runId(), now.runId())
                  && Objects.equals(known.begin().role(), now.role()))
          ? State.SAME
          : State.ANOTHER;
    } catch (RedisFailure e) {
      return e.isConnectionLoss() ? State.GONE : State.SAME;
    }
  }

  /** All nodes that were met. */
  synchronized List<Endpoint> met() {
    return entries.values().stream().map(Entry::node).toList();
  }

  /** What the nodes of a side spent since they were met, all of them together. */
  ServerCost cost(Side side) {
    List<Entry> some;
    synchronized (this) {
      some = entries.values().stream().filter(one -> one.node().side() == side).toList();
    }
    List<ServerCost> costs = new ArrayList<>();
    for (Entry one : some) {
      try {
        costs.add(ServerCost.between(one.begin(), nodes.info(one.node())));
      } catch (RedisFailure lost) {
        return ServerCost.UNKNOWN;
      }
    }
    return ServerCost.sum(costs);
  }
}
