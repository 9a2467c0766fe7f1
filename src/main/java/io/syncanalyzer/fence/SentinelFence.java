package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A fence by a key of our own: passed once the replica shows the value, never used before, that was
 * written to the source when the passage began. Needs nothing but that the replica follows, so it
 * works where no offsets are shown, and holds for one shard. The key has no expiry, lest a slow
 * replica lose it; {@link #close} deletes it.
 */
final class SentinelFence implements Fence {
  /*
   * A replica applies the writes of one shard in the order in which its source made them [1], so
   * whoever shows this one has applied all before it. An earlier passage's value proves nothing,
   * therefore a new one each time. Under CLIENT PAUSE WRITE the key could not be written any more,
   * so the value and the pause go in one transaction, which a pause does not part [2].
   *
   * [1] https://redis.io/docs/latest/operate/oss_and_stack/management/replication/
   * [2] https://redis.io/docs/latest/commands/client-pause/
   */

  private final FenceServer source;
  private final FenceServer replica;
  private final String key;
  private final String description;
  private final NanoClock clock;
  private volatile boolean written;
  private volatile boolean paused;
  private boolean everSeen;

  SentinelFence(
      FenceServer source, FenceServer replica, String key, String description, NanoClock clock) {
    this.source = source;
    this.replica = replica;
    this.key = key;
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
    String value = UUID.randomUUID().toString();
    Reply reply = source.call("SET", key, value);
    if (reply instanceof Reply.Failed failed && failed.code().equals("READONLY")) {
      throw new FenceFailure(
          FenceFailure.Kind.REPLACED,
          "the "
              + source.endpoint()
              + " is a read-only replica now, so it was failed over or given a REPLICAOF; point"
              + " --source at the new source and run again",
          null);
    }
    if (reply instanceof Reply.Failed failed) {
      if (passes(failed) || isElsewhere(failed)) {
        throw source.refused("SET", failed);
      }
      throw new FenceFailure(
          FenceFailure.Kind.REFUSED,
          "the fence cannot write "
              + key
              + " to the "
              + source.endpoint()
              + " ("
              + failed.message()
              + "); allow it, or use --fence offset, or --fence none for stores at rest",
          null);
    }
    written = true;
    return await(value, backOff, timeout, meanwhile);
  }

  @Override
  public FencePassage passPaused(Duration limit) {
    BackOff backOff = PollPauses.within(clock, limit);
    String value = UUID.randomUUID().toString();
    String millis = Long.toString(Math.max(1, limit.toMillis()));
    written = true;
    paused = true;
    Reply last =
        source.lastOf(
            List.of(
                List.of("MULTI"),
                List.of("SET", key, value),
                List.of("CLIENT", "PAUSE", millis, "WRITE"),
                List.of("EXEC")));
    if (last instanceof Reply.Failed failed) {
      throw OffsetFence.pauseRefused(failed);
    }
    return await(value, backOff, limit, Meanwhile.NOTHING);
  }

  @Override
  public void keepAwake() {
    source.keepAwake();
    replica.keepAwake();
  }

  @Override
  public void unpause() {
    OffsetFence.unpause(source);
    paused = false;
  }

  private FencePassage await(String value, BackOff backOff, Duration timeout, Meanwhile meanwhile) {
    Bytes wanted = Bytes.utf8(value);
    while (true) {
      Reply seen = replica.call("GET", key);
      if (seen instanceof Reply.Text text && text.bytes().equals(wanted)) {
        everSeen = true;
        return new FencePassage("sentinel " + value, backOff.elapsedNanos());
      }
      if (seen instanceof Reply.Failed failed && isElsewhere(failed)) {
        throw replica.refused("GET", failed);
      }
      if (seen instanceof Reply.Failed failed && !passes(failed)) {
        throw new FenceFailure(
            FenceFailure.Kind.REFUSED,
            "the fence cannot read "
                + key
                + " on the "
                + replica.endpoint()
                + " ("
                + failed.message()
                + "); allow it, or use --fence offset",
            null);
      }
      meanwhile.waiting("does not show the fence's key yet");
      if (!PollPauses.more(backOff)) {
        throw late(timeout);
      }
    }
  }

  /** Whether it is a state that a replica leaves by itself, as after its first synchronization. */
  private static boolean passes(Reply.Failed failed) {
    return switch (failed.code()) {
      case "LOADING", "MASTERDOWN", "BUSY", "CLUSTERDOWN" -> true;
      default -> false;
    };
  }

  /** Whether the key's slot is another node's, or on its way there. */
  private static boolean isElsewhere(Reply.Failed failed) {
    return switch (failed.code()) {
      case "MOVED", "ASK", "TRYAGAIN" -> true;
      default -> false;
    };
  }

  private FenceFailure late(Duration timeout) {
    return everSeen
        ? new FenceFailure(
            FenceFailure.Kind.BEHIND,
            "the replica did not show the fence's key within "
                + timeout.toMillis()
                + " ms, though it did before: it is behind or its link is down",
            null)
        : new FenceFailure(
            FenceFailure.Kind.NOT_FOLLOWING,
            "the replica follows nothing that we write to the source: "
                + key
                + " did not arrive within "
                + timeout.toMillis()
                + " ms"
                + whomItFollows()
                + "; check the replication, or use --fence none for two stores at rest",
            null);
  }

  /** What the replica itself says of that, in words; empty where it says nothing. */
  private String whomItFollows() {
    try {
      return Fences.whomItFollows(replica.replication());
    } catch (RedisFailure hidden) {
      return "";
    }
  }

  /**
   * Ends whatever waits, then deletes the key over a new connection: the old one may be in use by
   * the fence's own thread. A pause is ended first, as a deletion is a write that it would hold.
   * What nobody deletes stays for {@code clean}.
   */
  @Override
  public void close() {
    source.close();
    replica.close();
    if (!written) {
      return;
    }
    try (FenceServer again = source.again()) {
      if (paused) {
        again.call("CLIENT", "UNPAUSE");
      }
      written = !isDeleted(again) && !isDeletedByOwner(again);
    } catch (RedisFailure serverGone) {
      // Under `sa:`, so that `clean` finds it once the server is back.
    }
  }

  private boolean isDeleted(FenceServer server) {
    return !(server.call("DEL", key) instanceof Reply.Failed);
  }

  /** Tried once: who refuses to delete the key may serve it no longer. */
  private boolean isDeletedByOwner(FenceServer refusing) {
    try (FenceServer owner = refusing.ownerOf(key)) {
      return isDeleted(owner);
    }
  }
}
