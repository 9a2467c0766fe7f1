package io.syncanalyzer.probe.write;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelCleaner;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.time.NanoClock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Removes sentinels from the source once every replica's observer is done with them, so that a
 * probe of days leaves no more on the source than is on its way. What it cannot remove stays in the
 * summary's ranges.
 */
public final class SentinelSweeper implements Runnable {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NanoClock clock;
  private final Whereabouts source;
  private final List<WritingLane> lanes;
  private volatile boolean stopping;
  private volatile @Nullable RedisConnection connection;
  private @Nullable SentinelCleaner cleaner;

  public SentinelSweeper(NanoClock clock, Whereabouts source, List<WritingLane> lanes) {
    this.clock = clock;
    this.source = source;
    this.lanes = lanes;
  }

  @Override
  public void run() {
    while (!stopping) {
      clock.park(EVERY_NANOS);
      try {
        sweep();
      } catch (RedisFailure e) {
        drop(); // Tried again in a second; what is left is cleaned at the end.
      }
    }
    drop();
  }

  /** Removes what is settled; what is on its way to another node is tried there the next time. */
  void sweep() {
    RedisConnection open = connection;
    if (open == null) {
      open = RedisConnection.open(source.now());
      connection = open;
      cleaner = new SentinelCleaner(open);
    }
    SentinelCleaner removing = Objects.requireNonNull(cleaner, "no cleaner");
    for (WritingLane lane : lanes) {
      long settled = lane.ledger().releasedByAll();
      long from = lane.cleaned.get();
      if (settled > from && !stopping) {
        List<SentinelRange> ranges =
            List.of(new SentinelRange(lane.codec().keyPrefix(), from, settled));
        if (removing.remove(ranges).moving() > 0) {
          drop();
          source.askAgain();
          return;
        }
        lane.cleaned.set(settled);
      }
    }
  }

  public void stop() {
    stopping = true;
    drop();
  }

  private void drop() {
    RedisConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
