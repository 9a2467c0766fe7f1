package io.syncanalyzer.run.clean;

import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.sentinel.KeyCensus;
import io.syncanalyzer.time.BackOff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source's primaries, gone through one after another. Of a cluster all of them again where a slot
 * moved or a node was lost meanwhile, so that no key slips from one that is still to come to one
 * that was there already; some times, then what is still on its way is counted as that, and the
 * census says that keys may have been passed by.
 */
public final class EveryPrimary {
  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_NANOS = 100_000_000;
  private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

  private final RunContext context;
  private Topology topology;

  /**
   * @param topology what the source is, as it was last asked
   */
  public EveryPrimary(RunContext context, Topology topology) {
    this.context = context;
    this.topology = topology;
  }

  /** What is done at a primary. */
  public interface Visit {
    /**
     * Does it.
     *
     * @param found gets what is found there; of an earlier try it holds what was removed
     */
    void at(Shard shard, KeyCensus found);
  }

  /** What the source was taken for last. */
  public Topology topology() {
    return topology;
  }

  /**
   * Counts, each time from the begin.
   *
   * @throws RedisFailure if a node cannot be used
   */
  public KeyCensus counting(Visit visit) {
    return each(visit, false);
  }

  /**
   * Removes: what is gone stays counted, however often it is begun again.
   *
   * @throws RedisFailure if a node cannot be used
   */
  public KeyCensus removing(Visit visit) {
    return each(visit, true);
  }

  private KeyCensus each(Visit visit, boolean accumulates) {
    Map<String, KeyCensus> found = new LinkedHashMap<>();
    BackOff pauses = BackOff.growing(context.clock(), FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    for (int tried = 1; ; tried++) {
      if (accumulates) {
        found.values().forEach(KeyCensus::looksAgain);
      } else {
        found.clear();
      }
      boolean done = isDone(visit, found, tried == TRIES);
      if (done || tried == TRIES || Thread.currentThread().isInterrupted()) {
        KeyCensus sum = KeyCensus.sum(found.values());
        if (!done) {
          sum.leavesUnsettled();
        }
        return sum;
      }
      context
          .console()
          .waiting(
              topology.cluster()
                  ? "slots move from node to node: the source is gone through again"
                  : "another took the source's place: the source is gone through again");
      pauses.more();
    }
  }

  /** Goes through all of them; says whether nothing moved meanwhile. */
  private boolean isDone(Visit visit, Map<String, KeyCensus> found, boolean last) {
    try {
      for (Shard shard : topology.shards()) {
        visit.at(shard, found.computeIfAbsent(shard.primary().address(), none -> new KeyCensus()));
        if (Thread.currentThread().isInterrupted()) {
          return true;
        }
      }
    } catch (RedisFailure e) {
      if (!mayMove() || last || !isOfTopology(e)) {
        throw e;
      }
      topology = Topologies.again(topology);
      return false;
    }
    if (!topology.cluster()) {
      return true;
    }
    List<String> before = owners(topology);
    topology = Topologies.again(topology);
    return owners(topology).equals(before)
        && found.values().stream().allMatch(one -> one.moving() == 0);
  }

  /** Whether another may take a primary's place: in a cluster, or a service behind Sentinels. */
  private boolean mayMove() {
    return topology.cluster() || topology.primaries().get(0).origin() instanceof Origin.Service;
  }

  private static boolean isOfTopology(RedisFailure failure) {
    return failure.kind() == RedisFailure.Kind.SLOT_MOVED
        || failure.kind() == RedisFailure.Kind.READ_ONLY
        || failure.isConnectionLoss();
  }

  private static List<String> owners(Topology topology) {
    return topology.shards().stream()
        .map(shard -> shard.primary().address() + " " + shard.slots())
        .toList();
  }
}
