package io.syncanalyzer.probe.write;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a server of a pair is: what it was at the begin, until it is lost or sends away those who
 * ask, and another is found in its place. A server that the user named stays where it is.
 *
 * <p>What was a replica may become the source: whoever watched it there would see what is written
 * at once, so it is no replica from then on, whether or not another is found. Safe for use by
 * several threads; one of them asks, and the others wait for what it finds.
 */
public final class Whereabouts {
  private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Endpoint first;
  private final SlotSet slots;
  private final Successors successors;
  private final SessionClockwork clockwork;
  private final @Nullable Whereabouts source;
  private final List<Move> moves = new ArrayList<>();
  private final List<Runnable> followers = new ArrayList<>();
  private volatile Endpoint now;
  private long askedNanos;
  private boolean asked;

  /**
   * A server that another took the place of.
   *
   * @param epochMillis when that was noticed
   * @param failover whether the one before takes no writes any more; else only a slot was moved
   */
  public record Move(Endpoint from, Endpoint to, long epochMillis, boolean failover) {}

  private Whereabouts(
      Endpoint first,
      SlotSet slots,
      Successors successors,
      SessionClockwork clockwork,
      @Nullable Whereabouts source) {
    this.first = first;
    this.slots = slots;
    this.successors = successors;
    this.clockwork = clockwork;
    this.source = source;
    this.now = first;
  }

  /** That of a server which nobody else takes the place of. */
  public static Whereabouts fixed(Endpoint endpoint, SessionClockwork clockwork) {
    return new Whereabouts(endpoint, SlotSet.ALL, (lost, held) -> lost, clockwork, null);
  }

  /** A source's. */
  public static Whereabouts ofSource(
      Endpoint source, SlotSet slots, Successors successors, SessionClockwork clockwork) {
    return new Whereabouts(source, slots, successors, clockwork, null);
  }

  /** A replica's, which is never where its source is. */
  public Whereabouts ofReplica(Endpoint replica) {
    return new Whereabouts(replica, slots, successors, clockwork, this);
  }

  /** Told on the thread that found it, before anything goes to where the server is then. */
  public synchronized void onMove(Runnable follower) {
    followers.add(follower);
  }

  /** What it was at the begin, by whose name it is told. */
  public Endpoint first() {
    return first;
  }

  /** Where it is, as far as is known. */
  public Endpoint now() {
    return now;
  }

  /** Whether its source is where it was, so that it is nobody's replica. */
  public boolean isTaken() {
    return source != null
        // Where the user named one server as both, that is what is asked for.
        && !source.first().address().equals(first.address())
        && source.now().address().equals(now.address());
  }

  /**
   * Where to connect to.
   *
   * @throws RedisFailure if it is its own source by now, and no other replica is there
   */
  public Endpoint require() {
    if (isTaken() && !askAgain() && isTaken()) {
      throw new RedisFailure(
          RedisFailure.Kind.REFUSED,
          now,
          "the " + first + " is the source of its shard by now, which has no other replica yet",
          null);
    }
    return now;
  }

  /**
   * Asks where it is, some time after it was last asked at the earliest.
   *
   * @return whether it is elsewhere than before
   */
  public synchronized boolean askAgain() {
    if (now.origin() instanceof Origin.Given
        || (asked && clockwork.now() - askedNanos < ASK_AGAIN_NANOS)) {
      return false;
    }
    Endpoint found;
    try {
      found = successors.find(now, slots);
    } catch (RedisFailure nobodyKnows) {
      return false;
    } finally {
      asked = true;
      askedNanos = clockwork.now();
    }
    if (found.address().equals(now.address())
        || (source != null && source.now().address().equals(found.address()))) {
      return false;
    }
    long at = clockwork.epochMillis(clockwork.now());
    moves.add(new Move(now, found, at, !isPrimaryStill(now)));
    now = found;
    followers.forEach(Runnable::run);
    return true;
  }

  private static boolean isPrimaryStill(Endpoint before) {
    try (RedisConnection connection = RedisConnection.open(before)) {
      return !ServerInfo.readSection(connection, "replication").isReplica();
    } catch (RedisFailure gone) {
      return false;
    }
  }

  /** Every server that another was found in the place of, in order. */
  public synchronized List<Move> moves() {
    return List.copyOf(moves);
  }
}
