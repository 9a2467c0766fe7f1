package io.syncanalyzer.run.drain;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.topology.Topologies;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Where the two servers of a pair are by now, after one was lost or its slots were moved. */
public final class MovedPair {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private MovedPair() {}

  /** Whether such a failure may mean that another is in a server's place. */
  public static boolean mayBe(RedisFailure failure) {
    return failure.isConnectionLoss()
        || failure.kind() == RedisFailure.Kind.SLOT_MOVED
        || failure.kind() == RedisFailure.Kind.READ_ONLY;
  }

  /** Whether there is somebody to ask where its servers are, of one of them at least. */
  static boolean mayMove(ShardPair pair) {
    return !(pair.source().origin() instanceof Origin.Given
        && pair.replica().origin() instanceof Origin.Given);
  }

  /** The pair as it is now; empty where both are where they were, or nobody says so. */
  public static Optional<ShardPair> of(ShardPair pair) {
    Endpoint source = now(pair.source(), pair);
    Endpoint replica = now(pair.replica(), pair);
    boolean moved =
        !source.address().equals(pair.source().address())
            || !replica.address().equals(pair.replica().address());
    return moved && !source.address().equals(replica.address())
        ? Optional.of(new ShardPair(source, replica, pair.slots()))
        : Optional.empty();
  }

  private static Endpoint now(Endpoint endpoint, ShardPair pair) {
    if (endpoint.origin() instanceof Origin.Given) {
      return endpoint;
    }
    try {
      return Topologies.find(endpoint, fenced(pair.slots()));
    } catch (RedisFailure nobodyKnows) {
      return endpoint;
    }
  }

  /** The slot that the pair's fence lies in, whoever owns the others: the one that matters here. */
  static SlotSet fenced(SlotSet slots) {
    return slots.isEmpty() ? slots : SlotSet.of(new SlotRange(slots.middle(), slots.middle()));
  }

  /**
   * As {@link #of}, of servers of which it is known that they are not what they were, as soon as
   * who knows their place says so.
   *
   * @param most how long to wait for that; never longer than the source's timeout
   */
  public static Optional<ShardPair> soon(ShardPair pair, NanoClock clock, Duration most) {
    if (!mayMove(pair)) {
      return Optional.empty();
    }
    BackOff backOff =
        BackOff.growing(clock, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS)
            .within(Math.min(most.toNanos(), pair.source().timeout().toNanos()));
    while (true) {
      Optional<ShardPair> moved = of(pair);
      if (moved.isPresent() || Thread.currentThread().isInterrupted() || !backOff.more()) {
        return moved;
      }
    }
  }

  /** {@code failover: 127.0.0.1:7001 -> 127.0.0.1:7004}, of each that moved. */
  static String words(ShardPair before, ShardPair after) {
    List<String> moves = new ArrayList<>();
    for (boolean source : new boolean[] {true, false}) {
      Endpoint was = source ? before.source() : before.replica();
      Endpoint is = source ? after.source() : after.replica();
      if (!was.address().equals(is.address())) {
        moves.add(was.address() + " -> " + is.address());
      }
    }
    return "failover: " + String.join(", ", moves);
  }

  /** The same of every source that is another by now; empty where none is. */
  static Optional<String> sources(List<ShardPair> pairs) {
    String moved =
        pairs.stream()
            .map(pair -> pair.source().address() + " -> " + now(pair.source(), pair).address())
            .filter(move -> !isStill(move))
            .distinct()
            .collect(Collectors.joining(", "));
    return moved.isEmpty() ? Optional.empty() : Optional.of("failover: " + moved);
  }

  /**
   * A failure, with the failover in its words that may have been its cause.
   *
   * @param pairs as they were
   */
  public static RuntimeException explained(
      RuntimeException failure, Supplier<List<ShardPair>> pairs) {
    if (!(failure instanceof RedisFailure lost) || !mayBe(lost)) {
      return failure;
    }
    return sources(pairs.get())
        .map(
            words ->
                (RuntimeException)
                    new RedisFailure(
                        lost.kind(), lost.endpoint(), lost.getMessage() + "; " + words, lost))
        .orElse(failure);
  }

  private static boolean isStill(String move) {
    String[] ends = move.split(" -> ", 2);
    return ends[0].equals(ends[1]);
  }
}
