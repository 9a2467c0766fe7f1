package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.observe.ResyncCheck;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.probe.timeline.SpikeFinder;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.sentinel.SentinelRange;
import io.syncanalyzer.sentinel.SentinelSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Makes the summary of a session whose threads have ended. */
final class SessionSummary {
  private static final double RATE_TOLERANCE = 0.01;

  private final LagSettings settings;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> tracks;
  private final SecondTicker ticker;
  private final HiccupMeter hiccups;

  SessionSummary(
      LagSettings settings,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      List<ReplicaTrack> tracks,
      SecondTicker ticker,
      HiccupMeter hiccups) {
    this.settings = settings;
    this.clockwork = clockwork;
    this.lanes = lanes;
    this.tracks = tracks;
    this.ticker = ticker;
    this.hiccups = hiccups;
  }

  /**
   * @param ended when the schedule ended, or was ended
   */
  LagSummary summary(long ended, @Nullable String incomplete) {
    Written written = written(ended);
    List<LagPhase> phases = new ArrayList<>();
    for (ReplicaTrack track : tracks) {
      phases.add(phase(track, written, ended));
    }
    return new LagSummary(phases, left(), incomplete);
  }

  /** What the lanes have left on the source. */
  private List<SentinelRange> left() {
    List<SentinelRange> left = new ArrayList<>();
    for (WritingLane lane : lanes) {
      if (lane.written().end() > lane.written().begin()) {
        left.add(lane.written());
      }
    }
    return left;
  }

  /**
   * What the lanes did, the same for every replica.
   *
   * @param sentInAll those of the warm-up among them: sentinels that are late take their time from
   *     those after them, so that the measured ones alone would tell a rate that nobody sent at
   */
  private record Written(
      long scheduled,
      long sentInAll,
      long failed,
      long unknown,
      long unsent,
      long warmup,
      long lastSend,
      @Nullable String lastFailure) {}

  private Written written(long ended) {
    SentinelSchedule schedule = clockwork.schedule();
    long until = ended - clockwork.originNanos();
    long due = 0;
    long warmup = 0;
    for (int type = 0; type < settings.types().size(); type++) {
      due += schedule.turnsBefore(type, until);
      warmup += schedule.turnsBefore(type, Math.min(until, schedule.warmupNanos()));
    }
    long sent = 0;
    long sentInAll = 0;
    long failed = 0;
    long unknown = 0;
    long lastSend = clockwork.measuredFromNanos();
    String lastFailure = null;
    for (WritingLane lane : lanes) {
      sent += lane.measuredSent.get();
      long ofLane = lane.measuredSent.get() + lane.warmupSent.get();
      sentInAll += ofLane;
      failed += lane.failed.get();
      unknown += lane.unknown.get();
      if (ofLane > 0 && lane.lastSend.get() - lastSend > 0) {
        lastSend = lane.lastSend.get();
      }
      lastFailure = lane.lastFailure() == null ? lastFailure : lane.lastFailure();
    }
    long scheduled = due - warmup;
    long unsent = scheduled - sent;
    return new Written(
        scheduled, sentInAll, failed + unsent, unknown, unsent, warmup, lastSend, lastFailure);
  }

  private LagPhase phase(ReplicaTrack track, Written written, long ended) {
    ReplicaTally tally = track.observer().tally();
    String name = track.name();
    LagAccounting accounting =
        new LagAccounting(
            settings.phase().label(),
            written.scheduled(),
            written.failed(),
            written.unknown(),
            tally.observed.get(),
            tally.censored.get(),
            written.warmup(),
            tally.outOfOrder.get(),
            written.unsent(),
            tally.unknownSeen.get(),
            name,
            tally.seenAfterOutage.get());
    Percentiles.Of of = new Percentiles.Of(settings.phase().label(), name, null);
    LagRecorder recorder = track.observer().recorder();
    long censored = tally.censored.get();
    List<LagPercentile> rows =
        new ArrayList<>(
            Percentiles.rows(
                of,
                recorder.upperTotal(),
                recorder.lowerTotal(),
                recorder.intendedTotal(),
                censored));
    rows.addAll(recorder.steps().rows(of));
    long from = clockwork.measuredFromNanos();
    LagFigures figures = figures(track, written, ended, censored);
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
        SpikeFinder.find(timeline, tally.replicaOutages.get() > 0, track.distance())
            .map(spike -> track.isWatchedItself() ? spike : spike.ofSourceAlone())
            .orElse(null),
        timeline,
        warnings(track, written, figures));
  }

  private LagFigures figures(ReplicaTrack track, Written written, long ended, long censored) {
    ReplicaTally tally = track.observer().tally();
    Histogram width = track.observer().recorder().widthTotal();
    long sending = Math.max(ended, written.lastSend()) - clockwork.originNanos();
    double sendingSeconds = Math.max(1, sending) / 1e9;
    double seconds = Math.max(1, clockwork.now() - clockwork.originNanos()) / 1e9;
    Histogram acks = ticker.ackTotal();
    boolean anyAck = acks.getTotalCount() > 0;
    long lastSeen = tally.lastSeenNanos.get();
    long resyncs = track.timeline().rows().stream().mapToLong(LagSecond::resyncs).sum();
    return new LagFigures(
        settings.ratePerSecond(),
        written.sentInAll() / sendingSeconds,
        Percentiles.nearest(99, ticker.slipTotal()),
        ticker.slipTotal().getMaxValue(),
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
        resyncs == 0 ? null : ResyncCheck.missing(settings.source(), track.replica(), left()),
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
        track.distance());
  }

  private List<String> warnings(ReplicaTrack track, Written written, LagFigures figures) {
    List<String> warnings = new ArrayList<>();
    double kept = figures.sentPerSecond() / figures.wantedPerSecond();
    if (written.scheduled() > 0 && kept < 1 - RATE_TOLERANCE) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the sentinel rate was missed: %.1f per second wanted, %.1f sent; "
                  + "slip p99 %.3f ms, max %.3f ms, never sent %d",
              figures.wantedPerSecond(),
              figures.sentPerSecond(),
              figures.slipP99Nanos() / 1e6,
              figures.slipMaxNanos() / 1e6,
              written.unsent()));
    }
    if (written.lastFailure() != null && written.failed() + written.unknown() > 0) {
      warnings.add(
          Counted.words(written.failed() - written.unsent(), "sentinel write")
              + " failed and "
              + written.unknown()
              + " had no answer"
              + unknownsWords(written.unknown(), track.observer().tally().unknownSeen.get())
              + "; the last: "
              + written.lastFailure());
    }
    if (figures.probeOutages() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the probe lost its own connection to the %s %s, %.3f s in all; observed, but in no"
                  + " percentile: %s that came meanwhile%s",
              track.watched(),
              Counted.words(figures.probeOutages(), "time"),
              figures.probeOutageNanos() / 1e9,
              Counted.words(track.observer().tally().seenAfterOutage.get(), "sentinel"),
              givenUpWords(track.observer().tally().givenUpUnwatched.get())));
    }
    long refusals = track.observer().tally().refusals.get();
    if (refusals > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the %s refused %,d of the probe's questions, which proves nothing of its lag; the"
                  + " last error: %s",
              track.watched(),
              refusals,
              track.observer().trouble()));
    }
    if (figures.replicaOutages() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the %s was gone, or gave no answer, %s, %.3f s in all; upper bounds of that"
                  + " time include it",
              track.watched(),
              Counted.words(figures.replicaOutages(), "time"),
              figures.replicaOutageNanos() / 1e9));
    }
    if (figures.fullResyncs() > 0) {
      Long missing = figures.missingAfterResync();
      warnings.add(
          Counted.words(figures.fullResyncs(), "full resync")
              + ": what was seen before could be gone for a time; at the end "
              + (missing == null ? "it could not be counted again" : missing + " are missing"));
    }
    if (settings.phase().isMeasured()) {
      track
          .distance()
          .warning(track.replica().toString(), figures.widthP50())
          .ifPresent(warnings::add);
    }
    return warnings;
  }

  private static String givenUpWords(long givenUp) {
    return givenUp == 0
        ? ""
        : "; " + givenUp + " more had to be given up unwatched, and may have come in time";
  }

  /** When the source took them, or whether, nothing tells: they have no lag that could be known. */
  private static String unknownsWords(long unknown, long seen) {
    return unknown == 0
        ? ""
        : " (" + seen + " of these showed all the same; none is in a percentile)";
  }
}
