package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.topology.HashTags;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Makes a cluster of servers that know nothing of each other: they meet, take their slots, follow
 * their primaries; then it waits until all agree and serve, and until the first write has reached
 * every replica ({@link EmbeddedPair#awaitLink} tells why).
 */
final class ClusterStart {
  private static final long SECONDS = 30;
  private static final String FIRST_KEY = "sa:embedded:link{";

  private final ClusterPlan plan;
  private final List<EmbeddedNode> nodes;
  private final NanoClock clock;

  /**
   * @param nodes the primaries, as the plan has them, then the replicas, those of the first primary
   *     first
   */
  ClusterStart(ClusterPlan plan, List<EmbeddedNode> nodes, NanoClock clock) {
    this.plan = plan;
    this.nodes = List.copyOf(nodes);
    this.clock = clock;
  }

  void run() {
    int primaries = plan.shards().size();
    for (int i = 0; i < nodes.size(); i++) {
      EmbeddedNode node = nodes.get(i);
      try (RedisConnection connection = RedisConnection.open(node.endpoint())) {
        connection.expect("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        if (i < primaries) {
          addSlots(connection, plan.shards().get(i));
        }
        for (EmbeddedNode other : nodes.subList(0, i)) {
          connection.expect("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()));
        }
      }
    }
    await("the nodes to meet", () -> nodes.stream().allMatch(this::knowsAll));
    for (int i = primaries; i < nodes.size(); i++) {
      nodes.get(i).ask("CLUSTER", "REPLICATE", primaryOf(i).id());
    }
    await("the nodes to agree", () -> agreed(nodes));
    String timeout = Long.toString(plan.nodeTimeout().toMillis());
    nodes.forEach(node -> node.ask("CONFIG", "SET", "cluster-node-timeout", timeout));
    await(
        "the replicas to link",
        () -> nodes.stream().skip(primaries).allMatch(EmbeddedNode::isLinked));
    if (plan.replicas() > 0) {
      for (int i = 0; i < primaries; i++) {
        writeFirst(nodes.get(i), plan.shards().get(i));
      }
    }
  }

  private static void addSlots(RedisConnection connection, SlotSet slots) {
    if (slots.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>(List.of("ADDSLOTS"));
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      arguments.add(Integer.toString(slot));
    }
    connection.expect("CLUSTER", arguments.toArray(String[]::new));
  }

  private EmbeddedNode primaryOf(int replica) {
    return nodes.get((replica - plan.shards().size()) / plan.replicas());
  }

  private boolean knowsAll(EmbeddedNode node) {
    return node.members().stream().filter(ClusterMember::isSound).count() == nodes.size();
  }

  /** Whether all of these see the same nodes with the same slots, sound, and serve. */
  static boolean agreed(List<EmbeddedNode> nodes) {
    Set<Set<String>> views = new HashSet<>();
    for (EmbeddedNode node : nodes) {
      List<ClusterMember> members = node.members();
      Set<String> shapes = new HashSet<>();
      for (ClusterMember member : members) {
        if (nodes.stream().anyMatch(one -> one.id().equals(member.id()))) {
          if (!member.isSound()) {
            return false;
          }
          shapes.add(member.shape());
        }
      }
      views.add(shapes);
      if (!node.isServing() || views.size() > 1 || shapes.size() != nodes.size()) {
        return false;
      }
    }
    return true;
  }

  private void writeFirst(EmbeddedNode primary, SlotSet slots) {
    if (slots.isEmpty()) {
      return;
    }
    String key = FIRST_KEY + HashTags.of(slots.next(0)) + "}";
    String replicas = Integer.toString(plan.replicas());
    String millis = Long.toString(TimeUnit.SECONDS.toMillis(SECONDS));
    try (RedisConnection connection = RedisConnection.open(primary.endpoint())) {
      connection.replyTimeoutMillis((int) TimeUnit.SECONDS.toMillis(2 * SECONDS));
      connection.expect("SET", key, "");
      Reply reached = connection.expect("WAIT", replicas, millis);
      connection.expect("DEL", key);
      if (!(reached instanceof Reply.Int count && count.value() >= plan.replicas())) {
        throw new EmbeddedFailure(
            "a replica of the embedded cluster applied nothing within " + SECONDS + " s", null);
      }
      connection.expect("WAIT", replicas, millis);
    }
  }

  private void await(String what, BooleanSupplier done) {
    await(clock, what, done);
  }

  /**
   * Asks again and again, through whatever a node that is not ready says.
   *
   * @throws EmbeddedFailure if it does not come about in time
   */
  static void await(NanoClock clock, String what, BooleanSupplier done) {
    BackOff wait =
        BackOff.steady(clock, EmbeddedServer.ASK_AGAIN_NANOS)
            .within(TimeUnit.SECONDS.toNanos(SECONDS));
    while (true) {
      try {
        if (done.getAsBoolean()) {
          return;
        }
      } catch (RedisFailure notYet) {
        if (!notYet.isConnectionLoss()) {
          throw notYet;
        }
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new EmbeddedFailure("interrupted while waiting for " + what, null);
      }
      if (!wait.more()) {
        throw new EmbeddedFailure("waited " + SECONDS + " s in vain for " + what, null);
      }
    }
  }
}
