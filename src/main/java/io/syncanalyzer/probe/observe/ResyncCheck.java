package io.syncanalyzer.probe.observe;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.sentinel.SentinelRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether, after a full resync, all sentinels are there again. */
public final class ResyncCheck {
  private static final Command EXISTS = Command.of("EXISTS");
  private static final int BATCH = 500;

  /** More are not counted again: the check is not to take longer than the run. */
  private static final long MOST_KEYS = 2_000_000;

  private ResyncCheck() {}

  /**
   * How many sentinels the source has and the replica has not.
   *
   * @return null if it could not be counted
   */
  static @Nullable public Long missing(
      Endpoint source, Endpoint replica, List<SentinelRange> written) {
    long keys = written.stream().mapToLong(range -> range.end() - range.begin()).sum();
    if (keys > MOST_KEYS || Thread.currentThread().isInterrupted()) {
      return null;
    }
    try (RedisConnection toSource = RedisConnection.open(source);
        RedisConnection toReplica = RedisConnection.open(replica)) {
      return Math.max(0, count(toSource, written) - count(toReplica, written));
    } catch (RedisFailure e) {
      return null;
    }
  }

  private static long count(RedisConnection connection, List<SentinelRange> written) {
    long found = 0;
    for (SentinelRange range : written) {
      for (long from = range.begin(); from < range.end(); from += BATCH) {
        byte[][] keys = new byte[(int) Math.min(BATCH, range.end() - from)][];
        for (int i = 0; i < keys.length; i++) {
          keys[i] = (range.prefix() + (from + i)).getBytes(StandardCharsets.UTF_8);
        }
        if (connection.call(EXISTS, keys) instanceof Reply.Int count) {
          found += count.value();
        }
      }
    }
    return found;
  }
}
