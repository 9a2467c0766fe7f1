package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.HashSlot;
import io.syncanalyzer.redis.topology.Shard;
import io.syncanalyzer.redis.topology.Takeovers;
import io.syncanalyzer.redis.topology.Topology;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who takes the writes of each slot, as far as is known. Begins as the source was found, learns
 * from every MOVED, and is asked for anew where a node is lost. Shared by the lanes of a load: any
 * thread may call any method, and only who asks waits for the answer.
 */
final class LoadRoutes {
  private static final long ASK_AT_MOST_EVERY_NANOS = 200_000_000L;

  private final UnaryOperator<Topology> ask;
  private final NanoClock clock;
  private final AtomicReferenceArray<@Nullable Endpoint> bySlot =
      new AtomicReferenceArray<>(HashSlot.COUNT);
  private final Set<String> changes = new LinkedHashSet<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Topology topology;
  private volatile long askedAt;

  /**
   * Routes as the source was found.
   *
   * @param ask what the same source is now; fails as a server does
   */
  LoadRoutes(Topology source, UnaryOperator<Topology> ask, NanoClock clock) {
    this.topology = source;
    this.ask = ask;
    this.clock = clock;
    this.askedAt = clock.nanoTime() - ASK_AT_MOST_EVERY_NANOS;
    take(source);
  }

  private void take(Topology found) {
    for (Shard shard : found.shards()) {
      for (int slot = shard.slots().next(0); slot >= 0; slot = shard.slots().next(slot + 1)) {
        bySlot.set(slot, shard.primary());
      }
    }
  }

  /** Who takes a slot's writes; null if it is none of the source's. */
  @Nullable Endpoint of(int slot) {
    return bySlot.get(slot);
  }

  /** Whether who takes the writes may be another one day. */
  boolean mayChange() {
    return !(seed().origin() instanceof Origin.Given);
  }

  private Endpoint seed() {
    return topology.primaries().get(0);
  }

  /**
   * A node said that a slot is another's.
   *
   * @param target {@code host:port} as it announces it
   * @param by the node that said so
   * @return the other
   */
  Endpoint moved(int slot, String target, Endpoint by) {
    Endpoint owner = at(target, by);
    bySlot.set(slot, owner);
    return owner;
  }

  /** The node that another one calls so: without a host it is on its own. */
  Endpoint at(String target, Endpoint by) {
    int colon = target.lastIndexOf(':');
    String announced = target.substring(0, Math.max(0, colon));
    String named =
        announced.isEmpty() || announced.equals("?") ? by.host() + target.substring(colon) : target;
    String reached = by.origin() instanceof Origin.Node node ? node.nodes().of(named) : named;
    int end = reached.lastIndexOf(':');
    return by.at(reached.substring(0, end), Integer.parseInt(reached.substring(end + 1)));
  }

  /**
   * Asks who takes the writes now, unless that was done a moment ago or another does it right now:
   * that one alone waits for the answer. Where nobody can tell, all stays as it was.
   */
  void askAgain() {
    if (!mayChange() || !asking.compareAndSet(false, true)) {
      return;
    }
    try {
      if (clock.nanoTime() - askedAt >= ASK_AT_MOST_EVERY_NANOS) {
        ask();
        askedAt = clock.nanoTime();
      }
    } finally {
      asking.set(false);
    }
  }

  private void ask() {
    try {
      Topology before = topology;
      Topology found = ask.apply(before);
      topology = found;
      take(found);
      synchronized (changes) {
        Takeovers.between(before, found).stream()
            .map(taken -> "failover: " + taken + " while the load ran")
            .forEach(changes::add);
      }
    } catch (RedisFailure nobodyToAsk) {
      // In the midst of a failover; the lanes come back to it, and give up in time.
    }
  }

  /**
   * To be called once a second: of a service behind Sentinels the old server takes writes for some
   * time after another has taken over, and says nothing.
   */
  void lookOut() {
    if (seed().origin() instanceof Origin.Service) {
      askAgain();
    }
  }

  /** Whether that server takes the writes of some slot, as far as is known. */
  boolean isUsed(Endpoint node) {
    return topology.primaries().stream()
        .anyMatch(primary -> primary.address().equals(node.address()));
  }

  /** Which servers took over, a line each. */
  List<String> changes() {
    synchronized (changes) {
      return new ArrayList<>(changes);
    }
  }
}
