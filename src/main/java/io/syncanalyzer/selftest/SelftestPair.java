package io.syncanalyzer.selftest;

import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SelftestName;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The two databases that the self test fills, corrupts and leaves as they were. */
final class SelftestPair implements AutoCloseable {
  private static final String READ_ONLY = "replica-read-only";
  private static final Duration CATCH_UP = Duration.ofSeconds(30);
  private static final Duration FOLLOW = Duration.ofSeconds(10);

  private final Endpoint sourceEndpoint;
  private final Endpoint replicaEndpoint;
  private final RedisConnection source;
  private final RedisConnection replica;
  private final NanoClock clock;

  /**
   * Connects to both. Nothing is changed by it.
   *
   * @throws RedisFailure if one cannot be reached
   */
  SelftestPair(Endpoint sourceEndpoint, Endpoint replicaEndpoint, NanoClock clock) {
    this.sourceEndpoint = sourceEndpoint;
    this.replicaEndpoint = replicaEndpoint;
    this.clock = clock;
    this.source = RedisConnection.open(sourceEndpoint);
    try {
      this.replica = RedisConnection.open(replicaEndpoint);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Makes sure that the databases hold nothing, that the replica can be made writable, and that it
   * follows this source: another's replica must not be touched.
   *
   * @throws io.syncanalyzer.fence.FenceFailure if the replica does not follow
   * @throws IllegalArgumentException if a database holds keys
   * @throws RedisFailure if the replica's configuration is not ours to change
   */
  void check() {
    for (RedisConnection side : List.of(source, replica)) {
      long keys = size(side);
      if (keys > 0) {
        Endpoint endpoint = side.endpoint();
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "--%s: database %d of %s holds %s; selftest fills and corrupts its database,"
                    + " name an empty one",
                endpoint.side().label(),
                endpoint.database(),
                endpoint.address(),
                Counted.words(keys, "key")));
      }
    }
    setReadOnly(readOnly());
    try (Fence fence = fence()) {
      fence.pass(FOLLOW);
    }
  }

  private Fence fence() {
    return Fences.choose(FenceMode.AUTO, sourceEndpoint, replicaEndpoint, SelftestName.RUN, clock);
  }

  /** Whether an earlier self test was killed here before it had cleaned up. */
  boolean isLeftHalf() {
    return mark().isPresent();
  }

  /** Notes on the source that a self test is going on, before it changes anything. */
  void begin() {
    source.expect("SET", SelftestName.MARK, readOnly());
  }

  /** Whether both servers let a hash's fields expire. */
  boolean fieldsExpire() {
    return List.of(source, replica).stream()
        .noneMatch(
            side ->
                side.call("HPEXPIRETIME", SelftestName.PREFIX, "FIELDS", "1", "f")
                    instanceof Reply.Failed);
  }

  /** Writes to the source, whence it reaches the replica. */
  void fill(List<SelftestWrite> writes) {
    SelftestWrite.send(source, writes);
  }

  /** Writes to the replica alone, which is writable just as long as that takes. */
  void corrupt(List<SelftestWrite> writes) {
    String before = readOnly();
    setReadOnly("no");
    try {
      SelftestWrite.send(replica, writes);
    } finally {
      setReadOnly(before);
    }
  }

  /**
   * Removes every key of ours from both, and leaves the replica as writable as it was before the
   * self test that {@link #begin} noted, also where that was killed.
   *
   * @return whether both databases are empty again
   */
  boolean restore() {
    new SentinelCleaner(source).removePrefix(SelftestName.PREFIX);
    try (Fence fence = fence()) {
      // Else a write still on its way would bring back what is removed next.
      fence.pass(CATCH_UP);
      String before = mark().orElseGet(this::readOnly);
      setReadOnly("no");
      try {
        new SentinelCleaner(replica).removePrefix(SelftestName.PREFIX);
      } finally {
        setReadOnly(before);
      }
      source.expect("DEL", SelftestName.MARK);
      fence.pass(CATCH_UP);
    }
    return size(source) == 0 && size(replica) == 0;
  }

  private Optional<String> mark() {
    return SelftestName.mark(source);
  }

  @Override
  public void close() {
    replica.close();
    source.close();
  }

  private static long size(RedisConnection side) {
    return side.expect("DBSIZE") instanceof Reply.Int keys ? keys.value() : 0;
  }

  private String readOnly() {
    Reply reply = replica.call("CONFIG", "GET", READ_ONLY);
    if (reply instanceof Reply.Items items
        && items.list().size() == 2
        && items.list().get(1) instanceof Reply.Text value) {
      return value.bytes().asUtf8();
    }
    throw refused("GET", reply);
  }

  private void setReadOnly(String value) {
    Reply reply = replica.call("CONFIG", "SET", READ_ONLY, value);
    if (reply instanceof Reply.Failed) {
      throw refused("SET", reply);
    }
  }

  private RedisFailure refused(String what, Reply reply) {
    if (reply instanceof Reply.Failed failed) {
      RedisFailure now = replica.refused("CONFIG", failed);
      if (now.isPassing()) {
        return now;
      }
    }
    String said = reply instanceof Reply.Failed failed ? failed.message() : "no such setting";
    return new RedisFailure(
        RedisFailure.Kind.NO_PERMISSION,
        replicaEndpoint,
        "the "
            + replicaEndpoint
            + " refuses CONFIG "
            + what
            + " "
            + READ_ONLY
            + " ("
            + said
            + "), without which selftest cannot corrupt it; allow it, or leave out --source and"
            + " --replica to test on an embedded pair",
        null);
  }
}
