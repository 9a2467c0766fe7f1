package io.syncanalyzer.run.servers;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ReplicaRole;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.ShardPairs;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Asks both sides what they are, and lays them over each other; then again, as often as is asked.
 *
 * <p>A cluster that is compared with its own replicas and has several of them for each primary is
 * as many replicas: the first holds each shard's first one, and so on.
 *
 * <p>For one thread.
 */
final class LayoutFinder {
  private static final long BETWEEN_NANOS = 300_000_000;

  private final Topology source;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /** A replica that the user named; {@code layers} = how many replicas it stands for. */
  private record Replica(Topology topology, boolean ofReplicas, int layers) {}

  /**
   * Asks the replicas for the first time.
   *
   * @param source as it was asked
   * @throws RedisFailure if a side cannot be used, or a shard has no replica where replicas are
   *     compared
   * @throws IllegalArgumentException if what is demanded does not go together
   */
  LayoutFinder(Topology source, List<Endpoint> replicas, TopologyWishes wishes) {
    this.source = source;
    for (Endpoint replica : replicas) {
      this.replicas.add(replica(replica, wishes));
    }
  }

  private Replica replica(Endpoint seed, TopologyWishes wishes) {
    Topology found = Topologies.discover(seed, wishes.replica(), wishes.nodes());
    if (!found.cluster() || found.alone()) {
      return new Replica(found, false, 1);
    }
    boolean same = Topologies.isSameCluster(source, found);
    if (same && wishes.role() == ReplicaRole.PRIMARY) {
      throw new IllegalArgumentException(
          "--source and --replica are the same cluster, and --replica-role primary would compare"
              + " its primaries with themselves; leave that out");
    }
    if (wishes.role() == ReplicaRole.PRIMARY || (wishes.role() == ReplicaRole.AUTO && !same)) {
      return new Replica(found, false, 1);
    }
    if (!same) {
      warnings.add(
          "--replica-role replica: the replicas of another cluster than the source's are compared,"
              + " which follow their own primaries: no offset tells there whether they have"
              + " everything");
    }
    return withReplicas(found);
  }

  /** A replica may be about to be known as one. */
  private Replica withReplicas(Topology first) {
    Topology found = first;
    BackOff backOff =
        BackOff.steady(NanoClock.SYSTEM, BETWEEN_NANOS).within(first.seed().timeout().toNanos());
    while (found.shards().stream().anyMatch(shard -> shard.replicas().isEmpty())) {
      if (Thread.currentThread().isInterrupted() || !backOff.more()) {
        throw without(found);
      }
      found = Topologies.again(found);
    }
    Topologies.requireReach(
        found.shards().stream().flatMap(shard -> shard.replicas().stream()).toList());
    int layers = found.shards().stream().mapToInt(shard -> shard.replicas().size()).max().orElse(1);
    for (int layer = 1; layer < layers; layer++) {
      int wanted = layer;
      List<Shard> fewer =
          found.shards().stream().filter(shard -> shard.replicas().size() <= wanted).toList();
      if (!fewer.isEmpty()) {
        warnings.add(
            "of "
                + names(fewer)
                + " there is no replica number "
                + (layer + 1)
                + ", as others have: what is told of the replicas of that number is without their"
                + " slots");
      }
    }
    return new Replica(found, true, layers);
  }

  private static RedisFailure without(Topology cluster) {
    List<Shard> alone =
        cluster.shards().stream().filter(shard -> shard.replicas().isEmpty()).toList();
    return new RedisFailure(
        RedisFailure.Kind.TOPOLOGY,
        cluster.seed(),
        "the cluster of the "
            + cluster.seed()
            + " has no replica of "
            + names(alone)
            + " that is there and linked; see redis-cli --cluster check "
            + cluster.seed().address(),
        null);
  }

  private static String names(List<Shard> shards) {
    return shards.stream()
        .map(shard -> shard.primary().address() + " (slots " + shard.slots() + ")")
        .collect(Collectors.joining(", "));
  }

  /** What the user should know of it, a line each. */
  List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    SlotSet covered =
        layout().allPairs().stream().map(ShardPair::slots).reduce(SlotSet.NONE, SlotSet::or);
    SlotSet left = source.slots().without(covered);
    if (!left.isEmpty() && !replicas.isEmpty()) {
      all.add("slots " + left + " of the source have no counterpart, and are not looked at");
    }
    return all;
  }

  /** As it was asked last. */
  Layout layout() {
    return layout(source, replicas.stream().map(Replica::topology).toList());
  }

  /**
   * As it is now. What the user named stands for as many replicas as at first; one that is gone is
   * in no pair.
   *
   * @throws RedisFailure if a side cannot be used
   */
  Layout again() {
    return layout(
        Topologies.again(source),
        replicas.stream().map(replica -> Topologies.again(replica.topology())).toList());
  }

  private Layout layout(Topology sourceNow, List<Topology> now) {
    List<Topology> topologies = new ArrayList<>();
    List<List<ShardPair>> pairs = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      Replica replica = replicas.get(i);
      topologies.addAll(Collections.nCopies(replica.layers(), now.get(i)));
      for (int layer = 0; layer < replica.layers(); layer++) {
        pairs.add(
            replica.ofReplicas()
                ? ShardPairs.ofReplicas(sourceNow, now.get(i), layer)
                : ShardPairs.ofPrimaries(sourceNow, now.get(i)));
      }
    }
    return new Layout(sourceNow, topologies, pairs);
  }
}
