package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.RunningProbe;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.run.lag.Track;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.load.Meter;
import io.syncanalyzer.run.load.Metered;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * One trial: the load at one rate for a time, after its warm-up, on a pair that has been drained;
 * beside it the probe; then the end of the load, and the lag on its way back to the baseline.
 *
 * <p>The load begins before the probe does, so that whatever its start takes, all of the measured
 * time has the load in it. The servers' counters are read at the begin and at the end of the
 * measured time, and the load ends right after. For one thread.
 */
final class TrialRun {
  /** What fell due at the end of the measured time leaves within this. */
  private static final Duration LAST_SENDS = Duration.ofSeconds(1);

  /** A second's row is there a moment after the second is over. */
  private static final Duration ROW_LATE = Duration.ofMillis(50);

  private static final Duration HEED = Duration.ofMillis(50);

  private final RunContext context;
  private final CapacityRequest request;
  private final Recorder recorder;
  private final TrialLoad load;
  private final ToLongFunction<Track> bandNanos;
  private final Prolonging prolonging;

  /**
   * @param bandNanos the lag of a replica and shard that counts as back at the baseline
   */
  TrialRun(
      RunContext context,
      CapacityRequest request,
      Recorder recorder,
      TrialLoad load,
      ToLongFunction<Track> bandNanos,
      Prolonging prolonging) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    this.load = load;
    this.bandNanos = bandNanos;
    this.prolonging = prolonging;
  }

  /**
   * Runs it.
   *
   * @param number of the trial, from 1
   * @throws InterruptedException if the user ends it; whoever opened the load ends it then, as
   *     where anything else is thrown
   * @throws io.syncanalyzer.redis.RedisFailure if a server is lost
   */
  TrialMeasures run(int number, long writesPerS, Layout layout) throws InterruptedException {
    LagSettings settings = settings(ProbePhase.LOAD, number, layout, request.longestTrial());
    LagSettings afterwards =
        settings(ProbePhase.BASELINE, number, layout, request.trials().recoverWithin())
            .withHlog(Optional.empty());
    Meter meter = new Meter(layout, context.clock());
    TrialSeconds seconds = new TrialSeconds(ProbePhase.LOAD.label());
    // Connected before there is a load, so that it can look from the moment that the load ends.
    try (BackAtBaseline back = BackAtBaseline.open(context, bandNanos, afterwards)) {
      LagSummary lag;
      TrialMeasures.Written written;
      long ended;
      load.begin(number, writesPerS);
      try (RunningProbe probe = probe(writesPerS, seconds).begin(settings)) {
        await(probe.measuredFromNanos());
        // Beside each reading: what the probe itself wrote in between is not the load's.
        long sentBefore = probe.sent();
        Meter.Reading begin = meter.read();
        // The source was asked somewhere between these two.
        sentBefore += (probe.sent() - sentBefore) / 2;
        awaitEnd(probe, seconds, meter, begin);
        probe.end(LAST_SENDS);
        long sentinels = probe.sent() - sentBefore;
        written =
            new TrialMeasures.Written(
                counted(meter, begin), sentinels, load.claimedPerS(), load.reads());
        load.end();
        ended = context.clock().nanoTime();
        refuseInterrupted();
        back.begin();
        lag = probe.finish(settings.observeTimeout());
      }
      BackAtBaseline.Found found =
          back.await(seconds.tracks(), ended, request.trials().recoverWithin());
      load.heed(HEED);
      refuseInterrupted();
      return new TrialMeasures(number, writesPerS, lag, seconds, written, load.failure(), found);
    }
  }

  /** A source that does not answer in time has not proved what was written to it. */
  private static Metered counted(Meter meter, Meter.Reading begin) {
    try {
      return meter.since(begin);
    } catch (RedisFailure e) {
      return Metered.unknown(String.valueOf(e.getMessage()));
    }
  }

  /** What was cut short by its user says nothing of the pair: it is no trial. */
  private static void refuseInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Between the trials no two phases share a key: each has its own round. */
  private LagSettings settings(ProbePhase phase, int number, Layout layout, Duration time) {
    LagSettings whole =
        request.lag().settings(phase, recorder.folder(), layout, request.limits()).inRound(number);
    boolean idle = phase == ProbePhase.BASELINE;
    Duration longest = time.plus(request.lag().warmup()).plusMinutes(1);
    return idle
        ? whole.withSchedule(whole.ratePerSecond(), Duration.ZERO, Optional.of(longest))
        : whole.withSchedule(whole.ratePerSecond(), request.lag().warmup(), Optional.of(longest));
  }

  private LagProbe probe(long writesPerS, TrialSeconds seconds) {
    return new LagProbe(context.clock(), context.wallClock(), heard -> show(writesPerS, heard))
        .telling(seconds)
        .openedBy(context.patience()::insist);
  }

  private void show(long writesPerS, LagProgress heard) {
    double whole = request.lag().warmup().plus(request.trialTime()).toMillis() / 1e3;
    double gone = request.lag().warmup().toMillis() / 1e3 + heard.second();
    heard.waiting().forEach(context.console()::waiting);
    context
        .console()
        .progress(
            Math.min(1, Math.max(0, gone / whole)),
            String.format(
                Locale.ROOT, "%,d writes/s: %s", writesPerS, LoadProgressLine.words(heard)));
  }

  private void await(long nanos) throws InterruptedException {
    while (context.clock().nanoTime() - nanos < 0 && load.failure().isEmpty()) {
      load.heed(HEED);
    }
  }

  /** The end of the measured time: as asked, later where more seconds would tell, or at once. */
  private void awaitEnd(RunningProbe probe, TrialSeconds seconds, Meter meter, Meter.Reading begin)
      throws InterruptedException {
    Duration more = request.trialTime();
    for (Duration time = more; ; time = time.plus(more)) {
      double times = (double) time.toMillis() / more.toMillis();
      long end = probe.measuredFromNanos() + time.plus(ROW_LATE).toNanos();
      while (context.clock().nanoTime() - end < 0) {
        load.heed(HEED);
        if (load.failure().isPresent() || prolonging.isHopeless(seconds, times)) {
          return;
        }
      }
      if (time.plus(more).compareTo(request.longestTrial()) > 0
          || !prolonging.isWorthIt(seconds, time.toSeconds(), counted(meter, begin))) {
        return;
      }
      context
          .console()
          .line("  whether it grows is not told yet: measured for " + more.toSeconds() + " s more");
    }
  }
}
