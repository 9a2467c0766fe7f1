package io.syncanalyzer.fence;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A fence by replication offset, for two servers in one replication history: passed once the
 * replica's offset is at least what the source's was when the passage began. Where the source is
 * itself a replica, which may be behind this one, it is waited for too: until it has what this
 * replica had then. Whatever the source is read to hold after the passage is then no older than
 * what the replica had when it was passed. Writes nothing. Where the replica is in another history,
 * or either hides what is needed, it fails as {@code REPLACED}.
 */
final class OffsetFence implements Fence {
  /*
   * A replica's offset counts the bytes of its source's stream that it has applied [1], so within
   * one history (one replication id [2]) it has all that the source had at a smaller or the same
   * offset. A PING moves the offset too, therefore >=. After a failover offsets of two histories do
   * not compare, whatever they are: the id is read again with every offset.
   *
   * [1] slave_repl_offset, https://redis.io/docs/latest/commands/info/
   * [2] https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
   */

  private final FenceServer source;
  private final FenceServer replica;
  private final String description;
  private final NanoClock clock;

  OffsetFence(FenceServer source, FenceServer replica, String description, NanoClock clock) {
    this.source = source;
    this.replica = replica;
    this.description = description;
    this.clock = clock;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public FencePassage pass(Duration timeout, Meanwhile meanwhile) {
    BackOff backOff = PollPauses.within(clock, timeout);
    ServerInfo wanted = source.replication();
    String id = wanted.replicationId().orElseThrow(() -> replaced("the source hides its id"));
    long target = offset(wanted.replicationOffset(), "source");
    while (true) {
      ServerInfo seen = replica.replication();
      if (seen.replicationId().filter(id::equals).isEmpty()) {
        throw replaced(
            "the replica is no longer in the source's replication history"
                + Fences.whomItFollows(seen));
      }
      long applied = offset(seen.replicationOffset(), "replica");
      if (applied >= target) {
        if (wanted.isReplica()) {
          awaitSource(id, applied, backOff, timeout, meanwhile);
        }
        return new FencePassage("offset " + applied + " >= " + target, backOff.elapsedNanos());
      }
      meanwhile.waiting("is " + (target - applied) + " bytes behind");
      if (!PollPauses.more(backOff)) {
        boolean up = seen.linkStatus().filter("up"::equals).isPresent();
        throw new FenceFailure(
            up ? FenceFailure.Kind.BEHIND : FenceFailure.Kind.NOT_FOLLOWING,
            "the replica is "
                + (target - applied)
                + " bytes behind after "
                + timeout.toMillis()
                + " ms, its link is "
                + seen.linkStatus().orElse("not shown")
                + "; "
                + (up ? "give it longer, or write less" : "check its replication link"),
            null);
      }
    }
  }

  private void awaitSource(
      String id, long target, BackOff backOff, Duration timeout, Meanwhile meanwhile) {
    while (true) {
      ServerInfo seen = source.replication();
      if (seen.replicationId().filter(id::equals).isEmpty()) {
        throw replaced("the source is no longer in the same replication history");
      }
      long behind = target - offset(seen.replicationOffset(), "source");
      if (behind <= 0) {
        return;
      }
      meanwhile.waiting("is ahead of the source, which is a replica, by " + behind + " bytes");
      if (!PollPauses.more(backOff)) {
        throw new FenceFailure(
            FenceFailure.Kind.BEHIND,
            "the source, itself a replica, is "
                + behind
                + " bytes behind the replica after "
                + timeout.toMillis()
                + " ms; check its replication link, or name the server that both follow in"
                + " --source",
            null);
      }
    }
  }

  @Override
  public FencePassage passPaused(Duration limit) {
    Reply reply =
        source.call("CLIENT", "PAUSE", Long.toString(Math.max(1, limit.toMillis())), "WRITE");
    if (reply instanceof Reply.Failed failed) {
      throw pauseRefused(failed);
    }
    return pass(limit);
  }

  @Override
  public void keepAwake() {
    source.keepAwake();
    replica.keepAwake();
  }

  @Override
  public void unpause() {
    unpause(source);
  }

  /**
   * Ends a pause, over a new connection where the old one is lost or was closed from outside. Where
   * that fails too, the pause ends by itself when its limit is over.
   */
  static void unpause(FenceServer source) {
    try {
      source.call("CLIENT", "UNPAUSE");
    } catch (RedisFailure lost) {
      try (FenceServer again = source.again()) {
        again.call("CLIENT", "UNPAUSE");
      } catch (RedisFailure serverGone) {
        // Nobody writes to a server that is gone; one that comes back remembers no pause.
      }
    }
  }

  static FenceFailure pauseRefused(Reply.Failed failed) {
    return new FenceFailure(
        FenceFailure.Kind.REFUSED,
        "the source does not let us pause writes ("
            + failed.message()
            + "); allow CLIENT PAUSE, or leave out --pause-writes",
        null);
  }

  private static long offset(OptionalLong offset, String side) {
    return offset.orElseThrow(() -> replaced("the " + side + " shows no offset any more"));
  }

  private static FenceFailure replaced(String why) {
    return new FenceFailure(
        FenceFailure.Kind.REPLACED,
        why + ", so its offset proves nothing; run again, or use --fence sentinel",
        null);
  }

  @Override
  public void close() {
    source.close();
    replica.close();
  }
}
