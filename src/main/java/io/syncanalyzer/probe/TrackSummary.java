package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.observe.ResyncCheck;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelRange;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What a session that has ended tells of a pair's replicas. */
final class TrackSummary {
  private final LagSettings settings;
  private final SessionClockwork clockwork;
  private final SourceTrack source;
  private final Written written;
  private final List<SentinelRange> left;
  private final HiccupMeter hiccups;

  /**
   * @param left what the pair's lanes left on the source
   */
  TrackSummary(
      LagSettings settings,
      SessionClockwork clockwork,
      SourceTrack source,
      Written written,
      List<SentinelRange> left,
      HiccupMeter hiccups) {
    this.settings = settings;
    this.clockwork = clockwork;
    this.source = source;
    this.written = written;
    this.left = left;
    this.hiccups = hiccups;
  }

  LagPhase phase(ReplicaTrack track, long ended) {
    ReplicaTally tally = track.observer().tally();
    String name = track.name();
    String shard = track.shard();
    long censored = tally.censored.get();
    LagAccounting accounting =
        new LagAccounting(
            settings.phase().label(),
            written.scheduled(),
            written.failed(),
            written.unknown(),
            tally.observed.get(),
            censored,
            written.warmup(),
            tally.outOfOrder.get(),
            written.unsent(),
            tally.unknownSeen.get(),
            name,
            tally.seenAfterOutage.get(),
            shard,
            null);
    Percentiles.Of of = new Percentiles.Of(settings.phase().label(), name, null);
    LagRecorder recorder = track.observer().recorder();
    List<LagPercentile> rows =
        new ArrayList<>(
            Percentiles.rows(
                of,
                recorder.upperTotal(),
                recorder.lowerTotal(),
                recorder.intendedTotal(),
                censored));
    rows.addAll(recorder.steps().rows(of));
    rows.replaceAll(row -> row.ofShard(shard));
    long from = clockwork.measuredFromNanos();
    LagFigures figures = figures(track, ended, censored);
    List<LagSecond> timeline = track.timeline().rows();
    return new LagPhase(
        settings.phase().label(),
        track.replica().address(),
        track.observer().description(),
        clockwork.epochMillis(from),
        Math.max(0, ended - from),
        rows,
        accounting,
        figures,
        timeline,
        new TrackWarnings(settings, source, written).of(track, figures));
  }

  private LagFigures figures(ReplicaTrack track, long ended, long censored) {
    ReplicaTally tally = track.observer().tally();
    Histogram width = track.observer().recorder().widthTotal();
    double seconds = Math.max(1, clockwork.now() - clockwork.originNanos()) / 1e9;
    Histogram acks = source.ackTotal();
    boolean anyAck = acks.getTotalCount() > 0;
    long lastSeen = tally.lastSeenNanos.get();
    long resyncs = track.timeline().rows().stream().mapToLong(LagSecond::resyncs).sum();
    return new LagFigures(
        settings.ratePerSecond() * source.lanes().size() / allLanes(),
        written.perSecond(clockwork.originNanos(), ended),
        Percentiles.nearest(99, source.slipTotal()),
        source.slipTotal().getMaxValue(),
        anyAck ? Long.valueOf(Percentiles.nearest(50, acks)) : null,
        anyAck ? Long.valueOf(Percentiles.nearest(99, acks)) : null,
        ReplicaTrack.max(acks),
        Percentiles.value("50", width, censored),
        Percentiles.value("99", width, censored),
        tally.observed.get() == 0 ? 0 : Math.max(0, lastSeen - ended),
        track.recovery().nanos(),
        track.recovery().recovered(),
        tally.longestGapNanos.get(),
        tally.longestStalenessNanos.get(),
        resyncs,
        resyncs == 0 || track.observer().isTaken()
            ? null
            : ResyncCheck.missing(source.source().now(), track.observer().where(), left),
        tally.outages.get(),
        tally.outageNanos.get(),
        tally.replicaOutages.get(),
        tally.replicaOutageNanos.get(),
        hiccups.total().getMaxValue(),
        Percentiles.nearest(99, hiccups.total()),
        tally.pollCommands.get() / seconds,
        track.roundTrips().getTotalCount() == 0
            ? null
            : Long.valueOf(Percentiles.nearest(50, track.roundTrips())),
        track.watch().cpuShare(),
        track.maxGap(),
        track.distance(),
        ProbeCosts.of(source, track, written.perSecond(clockwork.originNanos(), ended), seconds));
  }

  private int allLanes() {
    return Math.max(1, settings.streams().size() * settings.lanes());
  }
}
