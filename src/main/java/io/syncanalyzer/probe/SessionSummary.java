package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.timeline.Together;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.sentinel.SentinelRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the summary of a session whose threads have ended. */
final class SessionSummary {
  private final LagSettings settings;
  private final SessionClockwork clockwork;
  private final List<SourceTrack> sources;
  private final List<Together> together;
  private final HiccupMeter hiccups;

  SessionSummary(
      LagSettings settings,
      SessionClockwork clockwork,
      List<SourceTrack> sources,
      List<Together> together,
      HiccupMeter hiccups) {
    this.settings = settings;
    this.clockwork = clockwork;
    this.sources = sources;
    this.together = together;
    this.hiccups = hiccups;
  }

  /**
   * All shards together first, where there are several, then each.
   *
   * @param ended when the schedule ended, or was ended
   */
  LagSummary summary(long ended, @Nullable String incomplete) {
    Map<ReplicaTrack, LagPhase> each = new LinkedHashMap<>();
    List<SentinelRange> left = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      SourceTrack source = sources.get(i);
      Written written = Written.of(source, turns(i), clockwork, ended);
      left.addAll(left(source));
      TrackSummary summary =
          new TrackSummary(settings, clockwork, source, written, left(source), hiccups);
      for (ReplicaTrack track : source.replicas()) {
        each.put(track, summary.phase(track, ended));
      }
    }
    List<LagPhase> phases = new ArrayList<>();
    for (Together all : together) {
      phases.add(
          new TogetherSummary(settings, sources, hiccups)
              .phase(all, all.members().stream().map(each::get).toList()));
    }
    phases.addAll(each.values());
    return new LagSummary(phases, left, incomplete);
  }

  /** Whose turns of the schedule are a pair's. */
  private List<Integer> turns(int pair) {
    List<LagStream> streams = settings.streams();
    return IntStream.range(0, streams.size())
        .filter(stream -> streams.get(stream).pair() == pair)
        .boxed()
        .toList();
  }

  /** What a pair's lanes have left on its source. */
  private static List<SentinelRange> left(SourceTrack source) {
    return source.lanes().stream()
        .map(WritingLane::written)
        .filter(range -> range.end() > range.begin())
        .toList();
  }
}
