package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.wire.Silences;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.time.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Once a second: collects what lanes and observers have recorded, adds a row for each replica, logs
 * the histograms, and reports progress.
 *
 * <p>Seconds count from the begin of the measured time. A tick that comes late (the JVM was paused)
 * closes a longer second; the next begins where it ended.
 */
public final class SecondTicker implements Runnable {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SessionClockwork clockwork;
  private final ProbePhase phase;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> tracks;
  private final Recorder slips;
  private final Recorder acks;
  private final HiccupMeter hiccups;
  private final @Nullable HlogFile hlog;
  private final Consumer<LagProgress> progress;
  private final SecondListener listener;
  private final Histogram slipTotal = LagRecorder.histogram();
  private final Histogram ackTotal = LagRecorder.histogram();
  private Histogram slipInterval;
  private Histogram ackInterval;
  private long sentBefore;
  private long rowFrom;
  private boolean measuring;
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException failure;

  public SecondTicker(
      SessionClockwork clockwork,
      ProbePhase phase,
      List<WritingLane> lanes,
      List<ReplicaTrack> tracks,
      Recorder slips,
      Recorder acks,
      HiccupMeter hiccups,
      @Nullable HlogFile hlog,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    this.clockwork = clockwork;
    this.phase = phase;
    this.lanes = lanes;
    this.tracks = tracks;
    this.slips = slips;
    this.acks = acks;
    this.hiccups = hiccups;
    this.hlog = hlog;
    this.progress = progress;
    this.listener = listener;
    this.slipInterval = slips.getIntervalHistogram();
    this.ackInterval = acks.getIntervalHistogram();
  }

  @Override
  public void run() {
    try {
      long next = firstTick();
      while (true) {
        while (clockwork.now() - next < 0 && !stopping) {
          clockwork.clock().park(next - clockwork.now());
        }
        if (stopping) {
          return;
        }
        tick();
        next += SECOND_NANOS;
        long late = clockwork.now() - next;
        if (late > 0) {
          next += late / SECOND_NANOS * SECOND_NANOS;
        }
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** The first whole second after the start, counted from the begin of the measured time. */
  private long firstTick() {
    long measuredFrom = clockwork.measuredFromNanos();
    long ahead = (measuredFrom - clockwork.now()) / SECOND_NANOS;
    return measuredFrom - ahead * SECOND_NANOS;
  }

  public void stop() {
    stopping = true;
  }

  /** What ended it ahead of time, or null. */
  @Nullable
  public RuntimeException failure() {
    return failure;
  }

  /** Closes the second that has begun; once the ticker's thread has ended. */
  public void last() {
    if (measuring) {
      tick();
    }
  }

  private void tick() {
    long now = clockwork.now();
    long sent = newlySent();
    long pauseMax = hiccups.collectMaxNanos();
    slipInterval = slips.getIntervalHistogram(slipInterval);
    ackInterval = acks.getIntervalHistogram(ackInterval);
    if (!measuring) {
      warmup(now, sent);
      return;
    }
    slipTotal.add(slipInterval);
    ackTotal.add(ackInterval);
    long second = (rowFrom - clockwork.measuredFromNanos()) / SECOND_NANOS;
    ReplicaTrack.Shared shared =
        new ReplicaTrack.Shared(
            second,
            sent == 0 && clockwork.isPastSchedule(rowFrom) ? phase.drainLabel() : phase.label(),
            clockwork.epochMillis(rowFrom),
            clockwork.epochMillis(now),
            now,
            sent,
            ackInterval.getTotalCount() == 0
                ? null
                : Long.valueOf(Percentiles.nearest(99, ackInterval)),
            ReplicaTrack.max(ackInterval),
            ReplicaTrack.max(slipInterval),
            pauseMax);
    for (ReplicaTrack track : tracks) {
      report(track, track.collect(shared, hlog));
    }
    rowFrom = now;
  }

  /**
   * Since the last call; once it is measured, those of the warm-up that leave late are left out.
   */
  private long newlySent() {
    long sentNow = 0;
    for (WritingLane lane : lanes) {
      sentNow += lane.measuredSent.get() + (measuring ? 0 : lane.warmupSent.get());
    }
    long sent = sentNow - sentBefore;
    sentBefore = sentNow;
    return sent;
  }

  private void warmup(long now, long sent) {
    long toGo = clockwork.measuredFromNanos() - now;
    if (toGo <= 0) {
      measuring = true;
      rowFrom = clockwork.measuredFromNanos();
      sentBefore = 0;
      // What was measured between that moment and this tick belongs to the first row.
      slipTotal.add(slipInterval);
      ackTotal.add(ackInterval);
    }
    for (ReplicaTrack track : tracks) {
      progress.accept(
          new LagProgress(
              phase.label(),
              track.replica().address(),
              Math.min(-1, -(toGo / SECOND_NANOS) - 1),
              sent,
              track.observer().outstanding(),
              null,
              null,
              null,
              null,
              0,
              0,
              waiting(track)));
    }
  }

  private void report(ReplicaTrack track, LagSecond row) {
    ReplicaTally tally = track.observer().tally();
    listener.second(
        track.replica().address(),
        row,
        track.observer().recorder().upperInterval(),
        track.observer().recorder().lowerInterval(),
        tally.censored.get());
    progress.accept(
        new LagProgress(
            phase.label(),
            track.replica().address(),
            row.second(),
            row.sent(),
            row.outstandingOrZero(),
            row.p50UpperNanos(),
            row.p99UpperNanos(),
            row.maxUpperNanos(),
            row.maxLowerNanos(),
            tally.observed.get(),
            tally.censored.get(),
            waiting(track)));
  }

  /** Who is waited for, on whichever connection, and what the observer has lost. */
  private static List<String> waiting(ReplicaTrack track) {
    List<String> lines = new ArrayList<>();
    track.gone(Waiting.EVERY).ifPresent(lines::add);
    lines.addAll(Silences.lines(Waiting.EVERY));
    return lines;
  }

  public Histogram slipTotal() {
    return slipTotal;
  }

  public Histogram ackTotal() {
    return ackTotal;
  }
}
