package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.RoundTrip;
import io.syncanalyzer.probe.observe.PushChoice;
import io.syncanalyzer.probe.observe.Pushes;
import io.syncanalyzer.probe.observe.ReplicaObserver;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Recorder;

/** Makes the lanes of a session, and what it keeps of each replica. */
final class SessionParts {
  private SessionParts() {}

  /**
   * The lanes of all types, in order.
   *
   * @param beforeSend told that a sentinel is about to leave
   */
  static List<WritingLane> lanes(
      LagSettings settings,
      SessionClockwork clockwork,
      Recorder slips,
      Recorder acks,
      Runnable beforeSend) {
    List<WritingLane> made = new ArrayList<>();
    int perType = settings.lanes();
    int slots = LagMemory.slots(settings);
    for (int type = 0; type < settings.types().size(); type++) {
      for (int index = 0; index < perType; index++) {
        made.add(
            new WritingLane(
                settings.source(),
                clockwork,
                type,
                new SentinelCodec(
                    settings.runId(),
                    settings.types().get(type),
                    settings.phase().laneMark() + index),
                new SentinelLedger(slots, settings.replicas().size()),
                slips,
                acks,
                beforeSend));
      }
    }
    return List.copyOf(made);
  }

  /** How far each replica is, in order, measured here and now. */
  static List<Distance> distances(LagSettings settings, NanoClock clock) {
    long source = RoundTrip.to(settings.source(), clock);
    return settings.replicas().stream()
        .map(replica -> new Distance(source, RoundTrip.to(replica, clock)))
        .toList();
  }

  /** A track for each replica, in order. */
  static List<ReplicaTrack> tracks(
      LagSettings settings,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      ServerWatch sourceWatch,
      List<Distance> distances) {
    List<ReplicaTrack> tracks = new ArrayList<>();
    for (Endpoint replica : settings.replicas()) {
      int reader = tracks.size();
      Endpoint watched = settings.watched(replica);
      Distance distance = distances.get(reader);
      long held = watched.equals(replica) ? 0 : distance.heldNanos();
      Pushes push =
          new PushChoice(watched, settings.runId(), clockwork, lanes, held).of(settings.observer());
      ReplicaObserver observer =
          new ReplicaObserver(
              watched,
              clockwork,
              lanes,
              reader,
              settings.observeTimeout().toNanos(),
              new LagRecorder(),
              push,
              held);
      tracks.add(
          new ReplicaTrack(
              replica,
              settings.replicas().size() > 1 ? replica.address() : null,
              observer,
              new ServerWatch(watched, clockwork),
              sourceWatch,
              distance,
              settings.phase().tagPrefix(),
              reader == 0 ? "" : "@" + replica.address(),
              settings.watching().recoverBelow()));
    }
    return List.copyOf(tracks);
  }
}
