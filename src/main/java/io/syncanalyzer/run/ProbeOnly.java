package io.syncanalyzer.run;

import io.syncanalyzer.metrics.Metrics;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.clean.SentinelRemoval;
import io.syncanalyzer.run.drain.MovedPair;
import io.syncanalyzer.run.lag.LagFit;
import io.syncanalyzer.run.lag.LagReports;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.record.RunOutput;
import io.syncanalyzer.run.record.Uninterrupted;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.servers.ServersRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The lag alone, of one or several replicas of a live source. */
public final class ProbeOnly {
  private static final Duration FLOOR_WARMUP = Duration.ofMillis(500);
  private static final LagSummary NOTHING = new LagSummary(List.of(), List.of(), null);

  private ProbeOnly() {}

  /**
   * Runs it on the calling thread, for its duration or until interrupted; an interrupt is then no
   * failure but its end.
   *
   * @throws IllegalArgumentException for a request that cannot be run
   */
  public static ExitStatus run(
      RunContext context,
      ServersRequest servers,
      RunOutput output,
      LagRequest lag,
      Limits limits,
      boolean keep) {
    check(servers, lag, limits);
    Recorder recorder = Recorder.begin(context, output, "probe");
    try (Servers opened = Servers.open(servers)) {
      probe(context, recorder, opened, lag, limits, keep);
    } catch (IllegalArgumentException e) {
      recorder.refused(e);
    } catch (RuntimeException e) {
      recorder.failedUnlessInterrupted(e);
    }
    return recorder.end(List.of());
  }

  /** Checks what can be known before anything is done; {@code --dry-run} does no more. */
  static void check(ServersRequest servers, LagRequest lag, Limits limits) {
    LagFit.checkIdle("--floor", lag.idle(), FLOOR_WARMUP);
    LagFit.check(lag, servers, limits);
  }

  private static void probe(
      RunContext context,
      Recorder recorder,
      Servers servers,
      LagRequest lag,
      Limits limits,
      boolean keep) {
    recorder.preflight(servers, servers.replicas(), true);
    LagSettings settings =
        lag.settings(ProbePhase.PROBE, recorder.folder(), servers.layout(), limits)
            .withCleanBehind(!keep);
    LagFit.check(lag, settings);
    ForeignKeys.refuse(context, servers.layout().source(), recorder.namedRun(), Optional.empty());
    recorder.begins();
    LagSummary summary;
    try {
      summary = measured(context, recorder, settings, lag);
    } catch (RuntimeException e) {
      recorder.failedUnlessInterrupted(MovedPair.explained(e, () -> servers.layout().allPairs()));
      if (!keep) {
        // What was written is not told; it is looked for.
        SentinelRemoval.run(context, recorder, servers.layout().source(), NOTHING);
      }
      return;
    }
    if (summary.incomplete() == null) {
      Uninterrupted.run(recorder::asksClocksAgain);
    }
    LagReport report = LagReports.of(summary, null, 0, limits);
    recorder.report().lag(report);
    recorder.report().limits(limits.hold(report));
    if (Thread.currentThread().isInterrupted()) {
      if (lag.duration().isPresent() || report.mainPhase() == null) {
        recorder.interrupted();
      }
    } else if (summary.incomplete() != null) {
      recorder.report().failure(summary.incomplete());
    }
    if (!keep) {
      SentinelRemoval.run(context, recorder, servers.layout().source(), summary);
    }
  }

  /** The floor, if asked for, and the lag, if nobody has ended it by then. */
  private static LagSummary measured(
      RunContext context, Recorder recorder, LagSettings settings, LagRequest lag) {
    LagSummary floor =
        lag.idle().isZero() ? NOTHING : floor(context, recorder, settings, lag.idle());
    if (!floor.phases().isEmpty()) {
      recorder.report().lag(LagReports.of(floor, null, 0));
    }
    if (Thread.currentThread().isInterrupted()) {
      return floor;
    }
    recorder.phase(LagReport.PROBE);
    double whole = lag.duration().map(Duration::toSeconds).orElse(0L);
    LagProbe probe =
        new LagProbe(context.clock(), context.wallClock(), heard -> show(context, heard, whole))
            .openedBy(context.patience()::insist);
    Metrics metrics = context.metrics();
    LagProbe told =
        metrics.isServed()
            ? probe.tellingInFull(second -> metrics.second(second, settings.isBySlot()))
            : probe;
    try {
      LagSummary found = told.run(settings);
      found.phases().forEach(one -> metrics.accounted(one.replica(), one.accounting()));
      return floor.plus(found);
    } catch (RedisFailure e) {
      throw goneSincePreflight(e);
    }
  }

  /** What cannot be begun with a server that was there a moment ago is not the user's mistake. */
  private static RedisFailure goneSincePreflight(RedisFailure e) {
    return e.isConnectionLoss()
        ? new RedisFailure(
            e.kind(),
            e.endpoint(),
            "the "
                + e.endpoint()
                + " answered at the begin and went away before any lag was measured: "
                + e.getMessage(),
            e)
        : e;
  }

  /** Nothing where the source may not be asked for what was written to it. */
  private static LagSummary floor(
      RunContext context, Recorder recorder, LagSettings settings, Duration measured) {
    recorder.phase(LagReport.FLOOR);
    LagProbe probe =
        new LagProbe(context.clock(), context.wallClock(), heard -> show(context, heard, 0))
            .openedBy(context.patience()::insist);
    double rate = Math.min(LagRequest.IDLE_RATE, settings.ratePerSecond());
    try {
      return probe.run(settings.asFloor(rate, FLOOR_WARMUP, measured));
    } catch (RedisFailure e) {
      // What the probe may not write either ends it right after, in words of its own.
      if (e.kind() != RedisFailure.Kind.NO_PERMISSION) {
        throw e;
      }
      String warning =
          "the probe's floor is not known: the source stands in the replica's place there, which"
              + " takes +exists on it; "
              + e.getMessage();
      recorder.report().warning(warning);
      context.console().warn(warning);
      return NOTHING;
    }
  }

  private static void show(RunContext context, LagProgress heard, double wholeSeconds) {
    heard.waiting().forEach(context.console()::waiting);
    double fraction = wholeSeconds == 0 ? -1 : Math.max(0, heard.second() / wholeSeconds);
    context
        .console()
        .progress(Math.min(1, fraction), heard.replica() + " " + LoadProgressLine.words(heard));
  }
}
