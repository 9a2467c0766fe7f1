package io.syncanalyzer.fence;

import io.syncanalyzer.redis.Bytes;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.redis.topology.SlotSet;
import io.syncanalyzer.sentinel.KeyPrefix;
import io.syncanalyzer.sentinel.SlotTag;
import io.syncanalyzer.time.AtOnce;
import io.syncanalyzer.time.NanoClock;
import java.util.Optional;
import java.util.UUID;

/** Chooses and opens fences. */
public final class Fences {
  private Fences() {}

  /** What every fence key of a run begins with: {@code sa:<run>:fence:}. */
  public static Bytes keyPrefix(String runId) {
    return Bytes.utf8(KeyPrefix.ofFences(runId));
  }

  /** A new key of that kind, in a slot that both servers of the pair hold. */
  public static String newKey(String runId, ShardPair pair) {
    return KeyPrefix.ofFences(runId) + UUID.randomUUID() + SlotTag.of(pair);
  }

  /**
   * Opens the fence of that mode between two servers. A sentinel is written into the source
   * endpoint's database and looked for in the replica endpoint's.
   *
   * <p>{@code AUTO} takes the offset only where it proves something: the replica says that it is
   * one, its link is up, it shows an offset, and its replication id is the source's own, which
   * holds for a replica of the source, of its replica, and for two replicas of one source, as they
   * all have one history. After a failover the source's earlier id ({@code master_replid2}) does
   * not count: histories may have parted. In doubt it takes the sentinel.
   *
   * @throws FenceFailure of kind {@code REFUSED} if {@code OFFSET} is asked for and proves nothing
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached
   */
  public static Fence choose(
      FenceMode mode, Endpoint source, Endpoint replica, String runId, NanoClock clock) {
    return choose(mode, new ShardPair(source, replica, SlotSet.ALL), runId, clock);
  }

  /**
   * The same between the two servers of a pair, whose sentinel lies in a slot that both hold. It
   * says nothing of other pairs: order holds only within one.
   *
   * @throws FenceFailure of kind {@code REFUSED} if {@code OFFSET} is asked for and proves nothing
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached; as the fence's own
   *     methods, of kind {@code SLOT_MOVED} if that slot is elsewhere by now
   */
  public static Fence choose(FenceMode mode, ShardPair pair, String runId, NanoClock clock) {
    if (mode == FenceMode.NONE) {
      return new NoFence();
    }
    FenceServer toSource = ConnectedServer.open(pair.source());
    FenceServer toReplica = null;
    try {
      toReplica = ConnectedServer.open(pair.replica());
      FenceServer other = toReplica;
      Optional<String> against =
          mode == FenceMode.SENTINEL
              ? Optional.of("asked for")
              : AtOnce.both(toSource::replication, other::replication, Fences::whyNoOffset);
      if (against.isEmpty()) {
        return new OffsetFence(
            toSource,
            toReplica,
            "offset: the replica is in the source's replication history",
            clock);
      }
      if (mode == FenceMode.OFFSET) {
        throw new FenceFailure(
            FenceFailure.Kind.REFUSED,
            "--fence offset proves nothing here: " + against.get() + "; use --fence sentinel",
            null);
      }
      return new SentinelFence(
          toSource, toReplica, newKey(runId, pair), "sentinel: " + against.get(), clock);
    } catch (RuntimeException e) {
      toSource.close();
      if (toReplica != null) {
        toReplica.close();
      }
      throw e;
    }
  }

  /**
   * Why offsets prove nothing between these two, by what INFO says of their replication; empty
   * where they do.
   */
  public static Optional<String> whyNoOffset(ServerInfo source, ServerInfo replica) {
    if (source.isActiveReplica() || replica.isActiveReplica()) {
      return Optional.of("of an active replica's two directions none has an offset of its own");
    }
    if (replica.number("connected_masters").orElse(1) > 1) {
      return Optional.of("the replica follows several sources");
    }
    if (!replica.isReplica()) {
      return Optional.of("the replica's INFO does not call it one");
    }
    if (source.replicationOffset().isPresent() && source.replicationId().isEmpty()) {
      return Optional.of("the source shows no replication id");
    }
    if (source.replicationId().isEmpty() || source.replicationOffset().isEmpty()) {
      return Optional.of("the source shows no replication offset");
    }
    if (!source.replicationId().equals(replica.replicationId())) {
      return Optional.of("the replica's replication id is not the source's");
    }
    if (replica.replicationOffset().isEmpty()) {
      return Optional.of("the replica shows no replication offset");
    }
    if (source.isReplica() && source.linkStatus().filter("up"::equals).isEmpty()) {
      return Optional.of("the source is itself a replica whose link is down");
    }
    if (replica.linkStatus().filter("up"::equals).isEmpty()) {
      return Optional.of("the replica's link is down");
    }
    return Optional.empty();
  }

  /** What a replica itself says of that, to go into a sentence; empty where it says nothing. */
  static String whomItFollows(ServerInfo replica) {
    return replica
        .followsHost()
        .map(
            host ->
                " (it says that it follows "
                    + host
                    + ":"
                    + replica.followsPort().orElse(0)
                    + ", its link "
                    + replica.linkStatus().orElse("not shown")
                    + ")")
        .orElse("");
  }
}
