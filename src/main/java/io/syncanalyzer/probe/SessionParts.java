package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.Asking;
import io.syncanalyzer.probe.cost.CostTrial;
import io.syncanalyzer.probe.cost.QuestionCost;
import io.syncanalyzer.probe.cost.SentinelCost;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.figures.RoundTrip;
import io.syncanalyzer.probe.observe.PushChoice;
import io.syncanalyzer.probe.observe.Pushes;
import io.syncanalyzer.probe.observe.ReplicaObserver;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.timeline.Together;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Successors;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.time.NanoClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/** Makes what a session keeps of each of its pairs: lanes, and tracks of replicas. */
final class SessionParts {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LagSettings settings;
  private final SessionClockwork clockwork;
  private final Successors successors;
  private final List<LagStream> streams;

  SessionParts(LagSettings settings, SessionClockwork clockwork, Successors successors) {
    this.settings = settings;
    this.clockwork = clockwork;
    this.successors = successors;
    this.streams = settings.streams();
  }

  /** How far each replica of each pair is, in order, measured here and now. */
  static List<List<Distance>> distances(LagSettings settings, NanoClock clock) {
    List<List<Distance>> distances = new ArrayList<>();
    for (LagPair pair : settings.pairs()) {
      long source = RoundTrip.to(pair.source(), clock);
      distances.add(
          pair.replicas().stream()
              .map(replica -> new Distance(source, RoundTrip.to(replica, clock)))
              .toList());
    }
    return distances;
  }

  /**
   * A track for each pair, in order; those that were made are ended where one cannot be.
   *
   * @param distances of each replica of each pair
   */
  List<SourceTrack> tracks(List<List<Distance>> distances) {
    List<SourceTrack> made = new ArrayList<>();
    for (int pair = 0; pair < settings.pairs().size(); pair++) {
      made.add(track(pair, distances.get(pair)));
    }
    return List.copyOf(made);
  }

  private SourceTrack track(int index, List<Distance> distances) {
    LagPair pair = settings.pairs().get(index);
    Whereabouts source = Whereabouts.ofSource(pair.source(), pair.slot(), successors, clockwork);
    Recorder slips = new Recorder(1, LagRecorder.HIGHEST_NANOS, 3);
    Recorder acks = new Recorder(1, LagRecorder.HIGHEST_NANOS, 3);
    List<ReplicaTrack> replicas = new ArrayList<>();
    List<WritingLane> lanes =
        lanes(index, source, slips, acks, () -> replicas.forEach(one -> one.observer().wake()));
    ServerWatch watch = new ServerWatch(source, clockwork);
    // Ahead of the observers, whose pushes it would take for its own.
    SentinelCost cost = sentinelCost(pair, distances.get(0));
    for (int reader = 0; reader < pair.replicas().size(); reader++) {
      replicas.add(replica(pair, reader, source, lanes, watch, distances.get(reader)));
    }
    source.onMove(() -> replicas.forEach(one -> one.observer().leaveIfTaken()));
    SentinelSweeper sweeper = new SentinelSweeper(clockwork.clock(), source, lanes);
    return new SourceTrack(source, lanes, replicas, watch, sweeper, slips, acks, cost);
  }

  /**
   * The lanes of a pair, by its streams.
   *
   * @param beforeSend told that a sentinel is about to leave
   */
  private List<WritingLane> lanes(
      int pair, Whereabouts source, Recorder slips, Recorder acks, Runnable beforeSend) {
    List<WritingLane> made = new ArrayList<>();
    int slots = LagMemory.slots(settings);
    LagPair of = settings.pairs().get(pair);
    for (int stream = 0; stream < streams.size(); stream++) {
      for (int lane = 0; lane < settings.lanes() && streams.get(stream).pair() == pair; lane++) {
        made.add(
            new WritingLane(
                source,
                clockwork,
                stream,
                new SentinelCodec(
                    settings.runId(),
                    streams.get(stream).type(),
                    settings.phase().laneMark() + settings.writing().laneNumber(lane) + of.tag()),
                new SentinelLedger(slots, of.replicas().size()),
                slips,
                acks,
                beforeSend));
      }
    }
    return List.copyOf(made);
  }

  /** How a replica of a pair is asked; what that costs it is found out here and now. */
  private Asking asking(int pair, Endpoint replica, Distance distance, Pushes pushes) {
    LagPair of = settings.pairs().get(pair);
    long away =
        settings.phase() == ProbePhase.FLOOR ? distance.sourceNanos() : distance.replicaNanos();
    long turns = streams.stream().filter(stream -> stream.pair() == pair).count();
    Endpoint watched = settings.watched(replica, of.source());
    QuestionCost cost = trial(of).question(watched, away);
    if (pushes.isTracking()) {
      cost =
          cost.withPush(
              trial(of).push(of.source(), watched, Math.max(away, distance.sourceNanos())));
    }
    return new Asking(
        settings.budget(replica),
        cost,
        NANOS_PER_SECOND * streams.size() / (settings.lookedForPerSecond() * turns));
  }

  /** What a sentinel costs a pair; of the floor, whose servers are one, nobody asks. */
  private SentinelCost sentinelCost(LagPair pair, Distance distance) {
    return settings.phase() == ProbePhase.FLOOR
        ? SentinelCost.UNKNOWN
        : trial(pair)
            .sentinel(
                pair.source(),
                pair.replicas().get(0),
                Math.max(distance.sourceNanos(), distance.replicaNanos()));
  }

  private CostTrial trial(LagPair pair) {
    return new CostTrial(
        clockwork.clock(),
        new SentinelCodec(
            settings.runId(), settings.types().get(0), SentinelCodec.PREFLIGHT + pair.tag()));
  }

  private ReplicaTrack replica(
      LagPair pair,
      int reader,
      Whereabouts source,
      List<WritingLane> lanes,
      ServerWatch sourceWatch,
      Distance distance) {
    Endpoint replica = pair.replicas().get(reader);
    boolean isItself = settings.phase() != ProbePhase.FLOOR;
    Whereabouts watched = isItself ? source.ofReplica(replica) : source;
    long held = isItself ? 0 : distance.heldNanos();
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
            held,
            asking(settings.pairs().indexOf(pair), replica, distance, push),
            settings.pairs().indexOf(pair),
            settings.pairs().size());
    return new ReplicaTrack(
        replica,
        name(pair, reader),
        settings.isBySlot() ? pair.shard() : null,
        observer,
        new ServerWatch(watched, clockwork),
        sourceWatch,
        distance,
        settings.tagPrefix(),
        tagSuffix(pair, reader),
        settings.watching().recoverBelow());
  }

  /** What tells a replica from the others of its shard; null where there are none. */
  private @Nullable String name(LagPair pair, int reader) {
    if (!pair.names().get(reader).isEmpty()) {
      return pair.names().get(reader);
    }
    long ofShard =
        settings.pairs().stream()
            .filter(other -> other.shard().equals(pair.shard()))
            .mapToLong(other -> other.replicas().size())
            .sum();
    return ofShard > 1 ? pair.replicas().get(reader).address() : null;
  }

  private String tagSuffix(LagPair pair, int reader) {
    Endpoint replica = pair.replicas().get(reader);
    if (!settings.isBySlot()) {
      return reader == 0 ? "" : "@" + replica.address();
    }
    return "#" + pair.shard() + (name(pair, reader) == null ? "" : "@" + replica.address());
  }

  /** All shards of each replica; empty where there is but one pair. */
  List<Together> together(List<SourceTrack> tracks) {
    if (!settings.isBySlot()) {
      return List.of();
    }
    Map<String, List<ReplicaTrack>> byName = new LinkedHashMap<>();
    for (int pair = 0; pair < tracks.size(); pair++) {
      for (int reader = 0; reader < tracks.get(pair).replicas().size(); reader++) {
        byName
            .computeIfAbsent(
                settings.pairs().get(pair).names().get(reader), none -> new ArrayList<>())
            .add(tracks.get(pair).replicas().get(reader));
      }
    }
    List<Together> together = new ArrayList<>();
    byName.forEach(
        (name, members) ->
            together.add(
                new Together(
                    members,
                    name.isEmpty() ? null : name,
                    settings.tagPrefix(),
                    together.isEmpty() ? "" : "@" + name,
                    settings.watching().recoverBelow())));
    return List.copyOf(together);
  }
}
