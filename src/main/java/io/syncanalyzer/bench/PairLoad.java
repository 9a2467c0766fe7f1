package io.syncanalyzer.bench;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a pair does for some time, by what both servers tell of themselves, asked every 50 ms: their
 * CPU, and how many bytes the replica is behind; then how long until it has everything.
 */
final class PairLoad implements AutoCloseable {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private final RedisConnection source;
  private final RedisConnection replica;
  private final NanoClock clock;
  private final List<Long> gaps = new ArrayList<>();

  /** Both are there, one of them a server that shows its CPU and its offset. */
  PairLoad(Endpoint source, Endpoint replica, NanoClock clock) {
    this.source = RedisConnection.open(source);
    this.replica = RedisConnection.open(replica);
    this.clock = clock;
  }

  /** CPU in percent of a core. */
  record Cpu(double source, double replica) {}

  /** Watches for so long. */
  Cpu watch(long nanos) {
    gaps.clear();
    double sourceBefore = cpu(source);
    double replicaBefore = cpu(replica);
    long begin = clock.nanoTime();
    while (clock.nanoTime() - begin < nanos) {
      long ahead = offset(source); // First, so that no gap is below nothing by what comes between.
      gaps.add(Math.max(0, ahead - offset(replica)));
      clock.park(EVERY_NANOS);
    }
    double seconds = (clock.nanoTime() - begin) / 1e9;
    return new Cpu(
        100 * (cpu(source) - sourceBefore) / seconds,
        100 * (cpu(replica) - replicaBefore) / seconds);
  }

  /** The gap in bytes that so many percent of the looks were not above. */
  long gap(int percent) {
    Collections.sort(gaps);
    return gaps.get((gaps.size() - 1) * percent / 100);
  }

  /** Milliseconds until the replica has what the source has by now. */
  double drainMillis() {
    long begin = clock.nanoTime();
    long all = offset(source);
    while (offset(replica) < all) {
      clock.park(LOOK_NANOS);
    }
    return (clock.nanoTime() - begin) / 1e6;
  }

  private static double cpu(RedisConnection server) {
    return ServerInfo.readSection(server, "cpu").cpuSeconds().orElseThrow();
  }

  private static long offset(RedisConnection server) {
    return ServerInfo.readSection(server, "replication").replicationOffset().orElseThrow();
  }

  @Override
  public void close() {
    source.close();
    replica.close();
  }
}
