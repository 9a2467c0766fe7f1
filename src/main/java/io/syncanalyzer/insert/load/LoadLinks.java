package io.syncanalyzer.insert.load;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.time.NanoClock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a lane, one to each server, and how long it goes on without one. For one
 * thread, except {@link #close}.
 */
final class LoadLinks {
  private static final long RETRY_NANOS = 200_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final LoadRecorder.Lane recorder;
  private final NanoClock clock;
  private final long patienceNanos;
  private final LoadRoutes routes;
  private final Map<String, LoadLink> links = new ConcurrentHashMap<>();
  private long servedAt;
  private volatile boolean closed;

  LoadLinks(LoadRecorder.Lane recorder, NanoClock clock, long patienceSeconds, LoadRoutes routes) {
    this.recorder = recorder;
    this.clock = clock;
    this.patienceNanos = patienceSeconds * NANOS_PER_SECOND;
    this.routes = routes;
    this.servedAt = clock.nanoTime();
  }

  /**
   * Connects to each.
   *
   * @throws RedisFailure if one cannot be reached
   */
  void openAll(List<Endpoint> nodes) {
    try {
      for (Endpoint node : nodes) {
        LoadLink link = new LoadLink(node);
        links.put(node.address(), link);
        link.open(clock.nanoTime());
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A batch begins: idle connections are asked for a sign of life, ahead of what is timed. */
  void begin() {
    for (LoadLink link : links.values()) {
      link.begin();
      RedisConnection open = link.connection();
      if (open != null) {
        try {
          open.keepAwake();
        } catch (RedisFailure gone) {
          lost(link, gone);
        }
      }
    }
  }

  Collection<LoadLink> all() {
    return links.values();
  }

  /**
   * The connection to a server; null while there is none.
   *
   * @throws RedisFailure if it cannot be made, and never will
   */
  @Nullable LoadLink to(Endpoint node) {
    LoadLink link = links.computeIfAbsent(node.address(), any -> new LoadLink(node));
    if (link.connection() != null) {
      return link;
    }
    long now = clock.nanoTime();
    if (closed || (link.failure() != null && link.sinceTried(now) < RETRY_NANOS)) {
      return null;
    }
    try {
      link.open(now);
      if (closed) {
        link.close();
        return null;
      }
      return link;
    } catch (RedisFailure e) {
      lost(link, e);
      return null;
    }
  }

  /**
   * A connection is lost, or could not be made.
   *
   * @throws RedisFailure if it will not come back
   */
  void lost(LoadLink link, RedisFailure why) {
    long now = clock.nanoTime();
    link.lost(why, now);
    if (closed) {
      return;
    }
    recorder.connectionError();
    routes.askAgain();
    boolean passing = why.isConnectionLoss() || (routes.mayChange() && why.isPassing());
    if (!passing || link.downNanos(now) > patienceNanos) {
      if (routes.isUsed(link.node())) {
        throw why;
      }
      links.remove(link.node().address(), link);
    }
  }

  /**
   * Nothing could be sent.
   *
   * @throws RedisFailure if that has been so for too long
   */
  void giveUpInTime() {
    routes.askAgain();
    if (clock.nanoTime() - servedAt > patienceNanos) {
      for (LoadLink link : links.values()) {
        RedisFailure failure = link.failure();
        if (failure != null) {
          throw failure;
        }
      }
    }
  }

  /**
   * A batch was answered.
   *
   * @param answered how many commands of it without an error
   * @throws RedisFailure if no command at all has been for too long
   */
  void servedOrGiveUp(int answered) {
    if (answered > 0 || !routes.mayChange()) {
      servedAt = clock.nanoTime();
      return;
    }
    clock.park(RETRY_NANOS / 2); // A cluster that is down answers faster than it comes back.
    giveUpInTime();
  }

  void close() {
    closed = true;
    links.values().forEach(LoadLink::close);
  }
}
