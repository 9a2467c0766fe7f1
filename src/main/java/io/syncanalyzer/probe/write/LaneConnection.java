package io.syncanalyzer.probe.write;

import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A lane's own connection to the source, made anew where it was lost, until it is closed. For the
 * lane's thread, save {@link #close}.
 */
final class LaneConnection {
  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LAST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Whereabouts source;
  private final NanoClock clock;
  private final BooleanSupplier over;
  private volatile @Nullable RedisConnection connection;
  private volatile boolean closed;

  /**
   * @param over whether the lane has nothing more to write
   */
  LaneConnection(Whereabouts source, NanoClock clock, BooleanSupplier over) {
    this.source = source;
    this.clock = clock;
    this.over = over;
  }

  /**
   * Makes it, whatever there was.
   *
   * @throws RedisFailure if none can be made
   */
  void open() {
    connection = RedisConnection.open(source.now());
  }

  /** What there is, or null. */
  @Nullable RedisConnection current() {
    return connection;
  }

  /** Sees to it that it is there a while from now; one that is gone is dropped. */
  void keepAwake() {
    RedisConnection open = connection;
    if (open != null) {
      try {
        open.keepAwake();
      } catch (RedisFailure gone) {
        drop(); // Made anew when the sentinel is due.
      }
    }
  }

  /**
   * Where there is none, tries for one as long as the source's timeout allows.
   *
   * @return false if the lane's end came first; else the next write goes ahead, which fails where
   *     none could be made
   */
  boolean isThere() {
    BackOff retry =
        BackOff.growing(clock, FIRST_RETRY_NANOS, LAST_RETRY_NANOS)
            .within(source.first().timeout().toNanos());
    while (connection == null) {
      if (over.getAsBoolean()) {
        return false;
      }
      try {
        open();
        if (closed) {
          drop();
        }
      } catch (RedisFailure e) {
        if (!source.askAgain() && (!e.isConnectionLoss() || !retry.more())) {
          return true; // The write will fail, and be counted as that.
        }
      }
    }
    return true;
  }

  /** It was sent elsewhere: from now on it is where its slot is, if that is known. */
  void follow() {
    source.askAgain();
    RedisConnection open = connection;
    if (open != null && !open.endpoint().address().equals(source.now().address())) {
      drop();
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Ends what is under way over it, for good; for any thread. */
  void close() {
    closed = true;
    drop();
  }

  /** Closes what there is and forgets it. */
  void drop() {
    RedisConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
