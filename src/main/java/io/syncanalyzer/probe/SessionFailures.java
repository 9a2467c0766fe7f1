package io.syncanalyzer.probe;

import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a session that has ended is not complete. */
final class SessionFailures {
  private SessionFailures() {}

  /**
   * The first failure that is known, in words; null where there is none.
   *
   * @param inDoubt sources of which a lane ended without a connection: they are tried anew
   */
  static @Nullable String first(
      List<Endpoint> inDoubt, List<ReplicaTrack> tracks, SecondTicker ticker) {
    for (Endpoint source : inDoubt) {
      try {
        RedisConnection.open(source).close();
      } catch (RedisFailure e) {
        return "lost the source and could not reach it again: " + e.getMessage();
      }
    }
    for (ReplicaTrack track : tracks) {
      RuntimeException failure = track.observer().failure();
      if (failure != null) {
        return "watching the " + track.watched() + " failed: " + failure;
      }
      if (!track.observer().isConnected()) {
        return "lost the connection to the "
            + track.watched()
            + " and could not make it anew ("
            + track.observer().trouble()
            + ")";
      }
    }
    RuntimeException failure = ticker.failure();
    return failure == null ? null : "keeping the timeline failed: " + failure;
  }
}
