package io.syncanalyzer.embedded;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.time.NanoClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * A cluster of processes for tests, with all that is done to one: slots that move, nodes that die,
 * replicas that differ.
 *
 * <p>A node is named by its number: the primaries it was started with from 0 on, then the replicas,
 * those of the first primary first, then what {@link #addNode} added. A number stays a node's,
 * whatever it becomes. It takes some 2.5 s to start, of which a primary waits two: share one in a
 * class.
 */
public final class TestCluster implements AutoCloseable {
  /** Long enough that a busy machine makes no replica take over, short enough to wait for one. */
  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(3);

  private static final String BEHIND_REPLICAS =
      "redis.replicate_commands() redis.set_repl(redis.REPL_NONE) return redis.call(unpack(ARGV))";

  private final EmbeddedCluster cluster;
  private final ClusterPlan plan;
  private final List<EmbeddedNode> nodes;

  private TestCluster(EmbeddedCluster cluster, ClusterPlan plan) {
    this.cluster = cluster;
    this.plan = plan;
    this.nodes = new CopyOnWriteArrayList<>(cluster.nodes());
  }

  /** Of the server on PATH, every slot given to so many primaries. */
  public static TestCluster start(int primaries, int replicasEach) {
    return start(TestServers.onPath(), ClusterPlan.even(primaries), replicasEach);
  }

  /**
   * Of any server, with any slots.
   *
   * @param slots those of each primary: all slots together, else it does not serve; {@link
   *     SlotSet#NONE} makes a primary that owns none
   * @param extra more arguments for each server, such as {@code "--maxmemory", "10mb"}
   */
  public static TestCluster start(
      ServerBinary binary, List<SlotSet> slots, int replicasEach, String... extra) {
    return start(binary, slots, replicasEach, NODE_TIMEOUT, extra);
  }

  /**
   * As the other.
   *
   * @param nodeTimeout cluster-node-timeout: a replica takes over some time after it
   */
  public static TestCluster start(
      ServerBinary binary,
      List<SlotSet> slots,
      int replicasEach,
      Duration nodeTimeout,
      String... extra) {
    ClusterPlan plan = new ClusterPlan(slots, replicasEach, 0, 0, nodeTimeout, List.of(extra));
    return new TestCluster(EmbeddedCluster.start(binary, plan), plan);
  }

  /** Every slot for so many primaries, as {@link #start} takes it. */
  public static List<SlotSet> even(int primaries) {
    return ClusterPlan.even(primaries);
  }

  /** A node as a user would name it. */
  public Endpoint endpoint(int node, Side side) {
    return nodes.get(node).server().endpoint(side);
  }

  /** {@code redis://127.0.0.1:…} of a node. */
  public String uri(int node) {
    return endpoint(node, Side.SOURCE).display();
  }

  /** What its nodes are and own at this moment, as a living one sees it; dead ones left out. */
  public Topology topology(Side side) {
    List<ClusterMember> members = anyLiving().members();
    List<Shard> shards = new ArrayList<>();
    for (ClusterMember member : members) {
      if (member.isPrimary() && !member.slots().isEmpty() && isAlive(member)) {
        List<Endpoint> replicas =
            members.stream()
                .filter(one -> one.primary().equals(member.id()) && isAlive(one))
                .map(one -> at(one, side, Origin.Part.REPLICA))
                .toList();
        shards.add(new Shard(at(member, side, Origin.Part.PRIMARY), replicas, member.slots()));
      }
    }
    shards.sort(Comparator.comparingInt(shard -> shard.slots().next(0)));
    return new Topology(endpoint(0, side), true, shards);
  }

  private Endpoint at(ClusterMember member, Side side, Origin.Part part) {
    List<String> seeds = living().stream().map(node -> node.endpoint().address()).toList();
    return nodes
        .get(numberOf(member.id()))
        .server()
        .endpoint(side)
        .from(new Origin.Node(part, seeds, NodeMap.NONE));
  }

  /** One that is only about to be met has no id of ours yet. */
  private boolean isAlive(ClusterMember member) {
    return living().stream().anyMatch(node -> node.id().equals(member.id()));
  }

  private int numberOf(String id) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).id().equals(id)) {
        return i;
      }
    }
    throw new AssertionError("no node has the id " + id);
  }

  /** The number of the node that owns a slot now. */
  public int primaryOf(int slot) {
    for (ClusterMember member : anyLiving().members()) {
      if (member.isPrimary() && member.slots().contains(slot)) {
        return numberOf(member.id());
      }
    }
    throw new AssertionError("nobody owns slot " + slot);
  }

  /** The number of the node that owns a key's slot now. */
  public int primaryOf(String key) {
    return primaryOf(HashSlot.of(Bytes.utf8(key)));
  }

  /** The numbers of the living nodes that follow another now. */
  public List<Integer> replicasOf(int primary) {
    String id = nodes.get(primary).id();
    return anyLiving().members().stream()
        .filter(member -> member.primary().equals(id) && isAlive(member))
        .map(member -> numberOf(member.id()))
        .toList();
  }

  /** How many nodes it has had. */
  public int size() {
    return nodes.size();
  }

  /** A node's id in the cluster. */
  public String idOf(int node) {
    return nodes.get(node).id();
  }

  /** A node's process id. */
  public long pidOf(int node) {
    return nodes.get(node).server().pid();
  }

  /** A connection to a node. */
  public RedisConnection open(int node) {
    return RedisConnection.open(endpoint(node, Side.SOURCE));
  }

  /** A command to a node itself, which must not refuse it. */
  public Reply on(int node, String command, String... arguments) {
    return nodes.get(node).ask(command, arguments);
  }

  /** A command of one key, its first argument, to the node that owns it. */
  public Reply put(String command, String... arguments) {
    return on(primaryOf(arguments[0]), command, arguments);
  }

  /** As {@link #put(String, String...)}, of bytes. */
  public Reply put(String command, byte[]... arguments) {
    try (RedisConnection connection = open(primaryOf(HashSlot.of(Bytes.wrap(arguments[0]))))) {
      Reply reply = connection.call(Command.of(command), arguments);
      if (reply instanceof Reply.Failed failed) {
        throw connection.refused(command, failed);
      }
      return reply;
    }
  }

  /** Strings {@code <prefix>0} and on, each to the node that owns it, many at a time. */
  public void fill(String prefix, int keys, String value) {
    Topology now = topology(Side.SOURCE);
    for (Shard shard : now.shards()) {
      try (RedisConnection connection = RedisConnection.open(shard.primary())) {
        Command set = Command.of("SET");
        int sent = 0;
        for (int i = 0; i < keys; i++) {
          Bytes key = Bytes.utf8(prefix + i);
          if (shard.slots().contains(HashSlot.of(key))) {
            connection.send(set, key.array(), value.getBytes(StandardCharsets.UTF_8));
            sent++;
          }
        }
        connection.flush();
        for (int i = 0; i < sent; i++) {
          if (connection.receive() instanceof Reply.Failed failed) {
            throw connection.refused("SET", failed);
          }
        }
      }
    }
  }

  /**
   * A command of one key, its first argument, that its primary carries out and its replicas never
   * see: whatever the replicas hold from then on differs. A replica itself takes no writes in a
   * cluster, whatever {@code replica-read-only} says.
   */
  public Reply behindReplicas(String command, String... arguments) {
    byte[][] bytes = new byte[arguments.length][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = arguments[i].getBytes(StandardCharsets.UTF_8);
    }
    return behindReplicas(command, bytes);
  }

  /** As {@link #behindReplicas(String, String...)}, of bytes. */
  public Reply behindReplicas(String command, byte[]... arguments) {
    List<byte[]> script = new ArrayList<>();
    script.add(BEHIND_REPLICAS.getBytes(StandardCharsets.UTF_8));
    script.add(new byte[] {'1'});
    script.add(arguments[0]);
    script.add(command.getBytes(StandardCharsets.UTF_8));
    script.addAll(Arrays.asList(arguments));
    try (RedisConnection connection = open(primaryOf(HashSlot.of(Bytes.wrap(arguments[0]))))) {
      Reply reply = connection.call(Command.of("EVAL"), script.toArray(byte[][]::new));
      if (reply instanceof Reply.Failed failed) {
        throw connection.refused(command, failed);
      }
      return reply;
    }
  }

  /** Waits until every replica has what its primary had at the call. */
  public void awaitReplicas() {
    for (Shard shard : topology(Side.SOURCE).shards()) {
      if (!shard.replicas().isEmpty()) {
        try (RedisConnection connection = RedisConnection.open(shard.primary())) {
          connection.expect("WAIT", Integer.toString(shard.replicas().size()), "10000");
        }
      }
    }
  }

  /** Begins to move a slot: it is on its way until the move is finished or given up. */
  public SlotMove beginMove(int slot, int to) {
    return SlotMove.begin(this, slot, primaryOf(slot), to);
  }

  /** Moves a slot with its keys, and waits until all living nodes know. */
  public void move(int slot, int to) {
    try (SlotMove move = beginMove(slot, to)) {
      move.finish();
    }
    awaitAgreement();
  }

  /** Moves slots one after another, as {@link #move(int, int)}. */
  public void move(SlotSet slots, int to) {
    for (int slot = slots.next(0); slot >= 0; slot = slots.next(slot + 1)) {
      try (SlotMove move = beginMove(slot, to)) {
        move.finish();
      }
    }
    awaitAgreement();
  }

  /**
   * Starts one more primary, which owns nothing yet, and waits until all know it.
   *
   * @return its number
   */
  public int addNode() {
    EmbeddedNode added = EmbeddedCluster.startNode(cluster.binary(), plan, 0, 0);
    added.ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(anyLiving().port()));
    nodes.add(added);
    awaitAgreement();
    added.ask(
        "CONFIG", "SET", "cluster-node-timeout", Long.toString(plan.nodeTimeout().toMillis()));
    return nodes.size() - 1;
  }

  /**
   * Starts one more replica and waits until it is linked.
   *
   * @return its number
   */
  public int addReplicaOf(int primary) {
    int added = addNode();
    on(added, "CLUSTER", "REPLICATE", idOf(primary));
    awaitAgreement();
    await("the new replica to link", () -> nodes.get(added).isLinked());
    return added;
  }

  /** Ends a node's process, with all that it held. */
  public void kill(int node) {
    nodes.get(node).server().close();
  }

  /** Waits until those that live agree on who owns what, own all slots, and serve. */
  public void awaitAgreement() {
    await(
        "the living nodes to agree",
        () -> {
          List<EmbeddedNode> living = living();
          List<ClusterMember> members =
              living.get(0).members().stream().filter(this::isAlive).toList();
          return ClusterMember.coverAll(members) && ClusterStart.agreed(living);
        });
  }

  /**
   * Makes a replica the primary of its shard, by CLUSTER FAILOVER, and waits until all know and the
   * old primary follows it.
   */
  public void failover(int replica) {
    on(replica, "CLUSTER", "FAILOVER");
    await("the failover", () -> isPrimary(replica));
    awaitAgreement();
    for (int follower : replicasOf(replica)) {
      await("the replicas to link", () -> nodes.get(follower).isLinked());
    }
  }

  /** Whether a node says that it is a primary. */
  public boolean isPrimary(int node) {
    return nodes.get(node).members().stream()
        .anyMatch(member -> member.id().equals(idOf(node)) && member.isPrimary());
  }

  /** The nodes whose processes run. */
  List<EmbeddedNode> living() {
    return nodes.stream().filter(node -> node.server().isAlive()).toList();
  }

  private EmbeddedNode anyLiving() {
    return living().get(0);
  }

  /** Waits for something, half a minute at most. */
  public static void await(String what, BooleanSupplier done) {
    ClusterStart.await(NanoClock.SYSTEM, what, done);
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.server().close());
  }
}
