package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.result.lag.AccountSoFar;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Once a second: collects what lanes and observers have recorded, adds a row for each replica, and
 * where there are several shards one for all together, logs the histograms, and reports progress.
 *
 * <p>Seconds count from the begin of the measured time. A tick that comes late (the JVM was paused)
 * closes a longer second; the next begins where it ended.
 */
public final class SecondTicker implements Runnable {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SessionClockwork clockwork;
  private final ProbePhase phase;
  private final List<SourceTrack> sources;
  private final List<Together> together;
  private final HiccupMeter hiccups;
  private final @Nullable HlogFile hlog;
  private final Consumer<LagProgress> progress;
  private final SecondListener listener;
  private final Histogram acks = LagRecorder.histogram();
  private final Histogram slips = LagRecorder.histogram();
  private long rowFrom;
  private boolean measuring;
  private volatile boolean stopping;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param together all shards of each replica; empty where there is one shard
   * @param progress told of each replica, or where there are several shards of all together
   * @param listener told of each replica of each shard
   */
  public SecondTicker(
      SessionClockwork clockwork,
      ProbePhase phase,
      List<SourceTrack> sources,
      List<Together> together,
      HiccupMeter hiccups,
      @Nullable HlogFile hlog,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    this.clockwork = clockwork;
    this.phase = phase;
    this.sources = List.copyOf(sources);
    this.together = List.copyOf(together);
    this.hiccups = hiccups;
    this.hlog = hlog;
    this.progress = progress;
    this.listener = listener;
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

  /** Closes the second that ends now; for one thread, which is {@link #run}'s while that lasts. */
  public void tick() {
    long now = clockwork.now();
    long[] sent = sources.stream().mapToLong(source -> source.newlySent(measuring)).toArray();
    long pauseMax = hiccups.collectMaxNanos();
    sources.forEach(SourceTrack::collect);
    if (!measuring) {
      warmup(now, sent);
      return;
    }
    sources.forEach(SourceTrack::total);
    Map<ReplicaTrack, LagSecond> rows = new HashMap<>();
    for (int i = 0; i < sent.length; i++) {
      SourceTrack source = sources.get(i);
      ReplicaTrack.Shared shared =
          shared(now, sent[i], source.ackInterval(), source.slipInterval(), pauseMax);
      for (ReplicaTrack track : source.replicas()) {
        LagSecond row = track.collect(shared, hlog);
        rows.put(track, row);
        report(track, row, source.soFar(clockwork, now, track));
      }
    }
    for (Together all : together) {
      List<LagSecond> each = new ArrayList<>();
      all.members().forEach(member -> each.add(rows.get(member)));
      collectSources(all);
      long sentOfAll = each.stream().mapToLong(LagSecond::sent).sum();
      ReplicaTrack.Shared shared = shared(now, sentOfAll, acks, slips, pauseMax);
      LagSecond row = all.collect(shared, each, hlog);
      progress.accept(LagProgresses.of(phase.label(), all.words(), row, all.members()));
    }
    rowFrom = now;
  }

  private ReplicaTrack.Shared shared(
      long now, long sent, Histogram ack, Histogram slip, long pauseMax) {
    return new ReplicaTrack.Shared(
        (rowFrom - clockwork.measuredFromNanos()) / SECOND_NANOS,
        sent == 0 && clockwork.isPastSchedule(rowFrom) ? phase.drainLabel() : phase.label(),
        clockwork.epochMillis(rowFrom),
        clockwork.epochMillis(now),
        now,
        sent,
        ack.getTotalCount() == 0 ? null : Long.valueOf(Percentiles.nearest(99, ack)),
        ReplicaTrack.max(ack),
        ReplicaTrack.max(slip),
        pauseMax);
  }

  /** What the sources that its members follow took to answer, all of them together. */
  private void collectSources(Together all) {
    acks.reset();
    slips.reset();
    for (SourceTrack source : sources) {
      if (source.replicas().stream().anyMatch(all.members()::contains)) {
        acks.add(source.ackInterval());
        slips.add(source.slipInterval());
      }
    }
  }

  private void warmup(long now, long[] sent) {
    long toGo = clockwork.measuredFromNanos() - now;
    if (toGo <= 0) {
      measuring = true;
      rowFrom = clockwork.measuredFromNanos();
      sources.forEach(SourceTrack::measures);
      // What was measured between that moment and this tick belongs to the first row.
      sources.forEach(SourceTrack::total);
    }
    long second = Math.min(-1, -(toGo / SECOND_NANOS) - 1);
    String label = phase.label();
    for (Together all : together) {
      long sentOfAll = Arrays.stream(sent).sum();
      progress.accept(
          LagProgresses.warmingUp(label, all.words(), second, sentOfAll, all.members()));
    }
    for (int i = 0; i < sent.length && together.isEmpty(); i++) {
      for (ReplicaTrack track : sources.get(i).replicas()) {
        String whose = track.replica().address();
        progress.accept(LagProgresses.warmingUp(label, whose, second, sent[i], List.of(track)));
      }
    }
  }

  private void report(ReplicaTrack track, LagSecond row, AccountSoFar soFar) {
    String whose = track.replica().address();
    listener.second(
        whose,
        row,
        track.observer().recorder().upperInterval(),
        track.observer().recorder().lowerInterval(),
        soFar);
    if (together.isEmpty()) {
      progress.accept(LagProgresses.of(phase.label(), whose, row, List.of(track)));
    }
  }
}
