package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.observe.PushObserver.Way;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.wire.RedisConnection;
import java.util.List;

/** Which pushes of a replica are listened to, by what was asked for and what it supports. */
public final class PushChoice {
  private final Whereabouts replica;
  private final String runId;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final long heldNanos;

  /**
   * Of one replica.
   *
   * @param heldNanos how long each push is held before it is told, as if it came from so far
   */
  public PushChoice(
      Whereabouts replica,
      String runId,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      long heldNanos) {
    this.replica = replica;
    this.runId = runId;
    this.clockwork = clockwork;
    this.lanes = lanes;
    this.heldNanos = heldNanos;
  }

  /**
   * Tries what was asked for, and listens already when it returns.
   *
   * @throws ProbeFailure if the replica does not support the observer that was named
   * @throws RedisFailure if it cannot be reached
   */
  public Pushes of(ObserverChoice choice) {
    return switch (choice) {
      case POLL -> new Pushes.None("poll, as asked for");
      case TRACKING -> {
        PushObserver tracking = observer(Way.TRACKING, "poll and client tracking, as asked for");
        listenOrSay(tracking, "client tracking (Redis 6 or later)");
        yield tracking;
      }
      case NOTIFY -> {
        requireNotifications(replica.now());
        PushObserver notified =
            observer(Way.NOTIFY, "poll and keyspace notifications, as asked for");
        listenOrSay(notified, "keyspace notifications");
        yield notified;
      }
      case AUTO -> {
        PushObserver tracking =
            observer(Way.TRACKING, "poll and client tracking, which the replica supports");
        String refusal = tracking.listen();
        if (refusal == null) {
          yield tracking;
        }
        yield new Pushes.None("poll alone, as the replica refused client tracking: " + refusal);
      }
    };
  }

  private PushObserver observer(Way way, String description) {
    return new PushObserver(way, replica, runId, description, clockwork, lanes, heldNanos);
  }

  private void listenOrSay(PushObserver observer, String what) {
    String refusal = observer.listen();
    if (refusal != null) {
      throw new ProbeFailure(
          "the "
              + replica.first()
              + " does not support "
              + what
              + " ("
              + refusal
              + "); use --observer auto or poll",
          null);
    }
  }

  private static void requireNotifications(Endpoint replica) {
    try (RedisConnection connection = RedisConnection.open(replica)) {
      Reply reply = connection.call("CONFIG", "GET", "notify-keyspace-events");
      if (reply instanceof Reply.Items items
          && items.list().size() == 2
          && items.list().get(1) instanceof Reply.Text flags) {
        String set = flags.bytes().asUtf8();
        if (!set.contains("K") || !(set.contains("A") || set.matches(".*[$lshzt].*"))) {
          throw new ProbeFailure(
              "the "
                  + replica
                  + " sends no keyspace notifications (notify-keyspace-events is `"
                  + set
                  + "`); set it to KA there, or use --observer auto",
              null);
        }
      }
      // Where CONFIG is blocked nobody can tell; the poll sees everything in any case.
    }
  }
}
