package io.syncanalyzer.redis.topology;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.NodeMap;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the nodes of a cluster from some that are known, and waits until its primaries agree on who
 * owns what and each says that the cluster serves.
 */
final class ClusterDiscovery {
  private static final long FIRST_PAUSE_NANOS = 20_000_000;
  private static final long LONGEST_PAUSE_NANOS = 300_000_000;

  private final Endpoint seed;
  private final List<String> known;
  private final NodeMap map;
  private final boolean failover;
  private final NanoClock clock;

  /**
   * @param seed what the user named, whose login, TLS and timeouts every node gets
   * @param known {@code host:port} of those that can be asked, one at least
   * @param failover whether nodes may be gone for the moment, so that one that cannot be reached is
   *     waited for too
   */
  ClusterDiscovery(
      Endpoint seed, List<String> known, NodeMap map, boolean failover, NanoClock clock) {
    this.seed = seed;
    this.known = List.copyOf(known);
    this.map = map;
    this.failover = failover;
    this.clock = clock;
  }

  /** Either is null. */
  private record Round(@Nullable Topology found, @Nullable ClusterTrouble trouble) {}

  /** What a node said, or why it said nothing; either is null. */
  private record Answer(
      ClusterNode node, @Nullable ClusterView view, @Nullable RedisFailure failure) {}

  /**
   * The topology.
   *
   * @throws RedisFailure if it does not come to agree within the seed's timeout, or cannot be asked
   */
  Topology run() {
    BackOff backOff =
        BackOff.growing(clock, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)
            .within(seed.timeout().toNanos());
    while (true) {
      Round round = round();
      if (round.found() != null) {
        return round.found();
      }
      ClusterTrouble trouble = round.trouble();
      if (trouble == null) {
        throw new IllegalStateException("a round without an outcome");
      }
      if (!trouble.passes(failover)) {
        throw trouble.failure(seed, 0);
      }
      if (Thread.currentThread().isInterrupted() || !backOff.more()) {
        throw trouble.failure(seed, backOff.elapsedNanos());
      }
    }
  }

  private Round round() {
    @Nullable RedisFailure last = null;
    for (String address : known) {
      Endpoint asked = NodeAddresses.at(seed.withDatabase(0), address);
      try (RedisConnection connection = RedisConnection.open(asked)) {
        return judged(new ClusterQuestions(connection, map).view());
      } catch (RedisFailure e) {
        last = e;
        if (!e.isConnectionLoss() && !e.isPassing()) {
          break;
        }
      }
    }
    if (last == null) {
      throw new IllegalStateException("no node is known");
    }
    return new Round(null, ClusterTrouble.of(last));
  }

  private Round judged(ClusterView view) {
    SlotSet unowned = SlotSet.ALL.without(view.owned());
    if (!unowned.isEmpty()) {
      return new Round(null, ClusterTrouble.unowned(unowned));
    }
    List<Answer> answers =
        AtOnce.each(view.shards().stream().map(ShardView::primary).toList(), this::ask);
    List<ClusterNode> failed = new ArrayList<>();
    List<NodeReach> unreached = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.node().isFailed()) {
        failed.add(answer.node());
      } else if (answer.failure() != null) {
        unreached.add(
            new NodeReach(answer.node().endpoint(), answer.node().announced(), answer.failure()));
      }
    }
    if (!failed.isEmpty()) {
      return new Round(null, ClusterTrouble.failed(failed, view));
    }
    if (!unreached.isEmpty()) {
      return new Round(null, ClusterTrouble.unreached(unreached));
    }
    for (Answer answer : answers) {
      ClusterView other = answer.view();
      if (other == null) {
        continue;
      }
      if (!other.standings().equals(view.standings())) {
        return new Round(null, ClusterTrouble.disagreement(answer.node(), view.disputed(other)));
      }
      if (!other.ok()) {
        return new Round(null, ClusterTrouble.down(answer.node()));
      }
    }
    return new Round(topology(view.without(notFollowing(view))), null);
  }

  private Answer ask(ClusterNode node) {
    if (node.isFailed()) {
      return new Answer(node, null, null);
    }
    try (RedisConnection connection = RedisConnection.open(node.endpoint().withDatabase(0))) {
      return new Answer(node, new ClusterQuestions(connection, map).view(), null);
    } catch (RedisFailure e) {
      return new Answer(node, null, e);
    }
  }

  /** The ids of replicas of which the cluster knows no offset, and which have no link either. */
  private Set<String> notFollowing(ClusterView view) {
    List<ClusterNode> loading =
        view.nodes().filter(node -> node.health() == ClusterNode.Health.LOADING).toList();
    Set<String> ids = new HashSet<>();
    if (!loading.isEmpty()) {
      List<Boolean> linked = AtOnce.each(loading, ClusterDiscovery::isLinked);
      for (int i = 0; i < loading.size(); i++) {
        if (!linked.get(i)) {
          ids.add(loading.get(i).id());
        }
      }
    }
    return ids;
  }

  private static boolean isLinked(ClusterNode replica) {
    try (RedisConnection connection = RedisConnection.open(replica.endpoint().withDatabase(0))) {
      return ServerInfo.readSection(connection, "replication")
          .linkStatus()
          .filter("up"::equals)
          .isPresent();
    } catch (RedisFailure notToBeAsked) {
      return false;
    }
  }

  private Topology topology(ClusterView view) {
    List<String> seeds = seeds(view);
    return new Topology(
        seed, true, view.shards().stream().map(shard -> shard(shard, seeds)).toList());
  }

  private Shard shard(ShardView shard, List<String> seeds) {
    return new Shard(
        node(shard.primary(), Origin.Part.PRIMARY, seeds),
        shard.living().stream()
            .map(replica -> node(replica, Origin.Part.REPLICA, seeds))
            .sorted(Comparator.comparing(Endpoint::address))
            .toList(),
        shard.slots());
  }

  private Endpoint node(ClusterNode node, Origin.Part part, List<String> seeds) {
    return seed.at(node.endpoint().host(), node.endpoint().port())
        .from(new Origin.Node(part, seeds, map));
  }

  /** The user's own first, then every node. */
  private List<String> seeds(ClusterView view) {
    Set<String> seeds = new LinkedHashSet<>(List.of(seed.address()));
    view.nodes().map(node -> node.endpoint().address()).forEach(seeds::add);
    return List.copyOf(seeds);
  }

  /**
   * The node that is asked alone, with the slots of its shard, and nobody else.
   *
   * @throws RedisFailure if it has no slots, or cannot be asked
   */
  Topology alone() {
    try (RedisConnection connection = RedisConnection.open(seed.withDatabase(0))) {
      ClusterQuestions questions = new ClusterQuestions(connection, map);
      ClusterView view = questions.view();
      String id = questions.ownId();
      Optional<ShardView> mine = view.shardOf(id);
      if (mine.isEmpty()) {
        throw new RedisFailure(
            RedisFailure.Kind.TOPOLOGY,
            seed,
            seed
                + " is a node of a Redis Cluster that owns no slots and follows nobody who does, so"
                + " it holds no keys; name another node",
            null);
      }
      Origin.Part part =
          mine.get().primary().id().equals(id) ? Origin.Part.PRIMARY : Origin.Part.REPLICA;
      Endpoint node = seed.from(new Origin.Node(part, seeds(view), map));
      return Topology.alone(seed, new Shard(node, List.of(), mine.get().slots()));
    }
  }
}
