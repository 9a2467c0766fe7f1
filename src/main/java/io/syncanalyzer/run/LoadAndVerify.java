package io.syncanalyzer.run;

import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FencePassage;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.insert.InsertPhase;
import io.syncanalyzer.insert.InsertRequest;
import io.syncanalyzer.insert.InsertSummary;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.result.verify.VerifyReport;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.clean.SentinelRemoval;
import io.syncanalyzer.run.lag.LagFit;
import io.syncanalyzer.run.lag.LagReports;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.Removals;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.verify.Comparison;
import io.syncanalyzer.run.verify.InitialVerify;
import io.syncanalyzer.run.verify.KeyCountComparison;
import io.syncanalyzer.time.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole run: preflight, load, insert, probe, drain, verify, report, in this order. */
public final class LoadAndVerify {
  /** The floor and baseline warm up this long before they are measured. */
  private static final Duration IDLE_WARMUP = Duration.ofSeconds(1);

  /** Where the two comparisons keep what does not fit into memory, until the run is over. */
  private static final String BEFORE = "initial-verify";

  private static final String AFTER = "verify";

  /** What the pauses between a ramp's steps may take beside thrice their time. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  private static final Duration FORK_READY = Duration.ofSeconds(90);

  private final RunContext context;
  private final LoadAndVerifyRequest request;
  private final Recorder recorder;
  private boolean writing;
  private @Nullable Removals removals;
  private LagSummary lag = new LagSummary(List.of(), List.of(), null);

  private LoadAndVerify(RunContext context, LoadAndVerifyRequest request, Recorder recorder) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
  }

  /**
   * Runs it on the calling thread. An interrupt ends it in order, keeping what it has.
   *
   * @throws IllegalArgumentException for a request that cannot be run; nothing was written to a
   *     server
   */
  public static ExitStatus run(RunContext context, LoadAndVerifyRequest request) {
    EngineChoice engine = check(context, request);
    Recorder recorder = Recorder.begin(context, request.output(), "load-and-verify");
    return new LoadAndVerify(context, request, recorder).run(engine);
  }

  /** Checks what can be known before anything is done; {@code --dry-run} does no more. */
  static EngineChoice check(RunContext context, LoadAndVerifyRequest request) {
    request.servers().refuseSeveralReplicas();
    LagFit.checkIdle("--baseline", request.lag().idle(), IDLE_WARMUP);
    LagFit.checkForked(request.lag(), request.servers(), request.limits());
    return LoadJob.choose(
        request.load(),
        context.path(),
        request.servers().source(),
        Optional.of(loaded(request, LoadEngine.MEMTIER)));
  }

  /** How long the load may go on: it must not end before the inserts do; they end together. */
  private static Duration loaded(LoadAndVerifyRequest request, LoadEngine engine) {
    Duration measured = request.lag().duration().orElseThrow();
    return request.lag().warmup().plus(measured).plusSeconds(engine == LoadEngine.MEMTIER ? 1 : 30);
  }

  private ExitStatus run(EngineChoice engine) {
    Iterable<Mismatch> mismatches = List.of();
    try (Servers servers = Servers.open(request.servers())) {
      Endpoint source = servers.source();
      Endpoint replica = servers.replicas().get(0);
      try {
        preflight(servers, engine);
        LoadJob.warningsAhead(request.load(), engine, source).forEach(context.console()::warn);
        if (goesOn()) {
          initialVerify(source, replica);
        }
        if (goesOn()) {
          idle(source, replica);
        }
        if (goesOn()) {
          measure(source, replica, engine);
        }
        if (goesOn()) {
          mismatches = verify(source, replica);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        recorder.interrupted();
      } catch (IllegalArgumentException e) {
        recorder.refused(e);
      } catch (RuntimeException e) {
        recorder.failedUnlessInterrupted(e);
      }
      // Where the run has failed its cause is known, and the servers may be gone or stalled.
      if (removals != null && goesOn()) {
        removals.warnings().forEach(recorder.report()::warning);
      }
      if (!request.keep() && writing) {
        SentinelRemoval.run(context, recorder, source, lag);
      }
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException) {
        throw e;
      }
      recorder.failedUnlessInterrupted(e);
    }
    ExitStatus status = recorder.end(mismatches);
    Comparison.discard(recorder.folder().file(BEFORE));
    Comparison.discard(recorder.folder().file(AFTER));
    return status;
  }

  /** Whether nothing has ended the run so far. */
  private boolean goesOn() {
    if (Thread.currentThread().isInterrupted()) {
      recorder.interrupted();
    }
    var so = recorder.report().build();
    return so.interruptedIn() == null && so.failure() == null;
  }

  private void preflight(Servers servers, EngineChoice engine) {
    recorder.preflight(servers, servers.replicas(), true);
    ForeignKeys.refuse(
        context,
        servers.source(),
        recorder.namedRun(),
        LoadJob.keys(request.load(), engine, servers.source()));
    LoadJob.requireRights(context, request.load(), engine, servers.source());
    recorder.warnOfTouching(servers);
    recorder.begins();
    writing = true;
    removals = Removals.from(servers.source(), servers.replicas().get(0));
    // The proof, before the load, that what is written to the source arrives at the replica at all.
    Endpoint replica = servers.replicas().get(0);
    context.patience().insist(() -> prove(servers.source(), replica));
  }

  private void prove(Endpoint source, Endpoint replica) {
    try (Fence fence = fence(source, replica)) {
      Waiting wait = new Waiting(context.clock(), context.console()::waiting);
      FencePassage passage =
          fence.pass(request.drainTimeout(), how -> wait.on("the replica " + how));
      context.console().line("fence: " + fence.description() + "; " + passage.proof());
    }
  }

  private Fence fence(Endpoint source, Endpoint replica) {
    return Fences.choose(
        request.verify().settling().fence(),
        source,
        replica,
        recorder.folder().runId(),
        context.clock());
  }

  private void initialVerify(Endpoint source, Endpoint replica) {
    if (request.initialVerify() == InitialVerify.OFF) {
      return;
    }
    recorder.phase("initial verification");
    if (request.initialVerify() == InitialVerify.COUNTS) {
      recorder
          .report()
          .initialVerify(
              context
                  .patience()
                  .insist(
                      () ->
                          KeyCountComparison.of(
                              source, replica, request.verify().scope(), context.clock())));
      return;
    }
    Comparison.Outcome outcome = compare(source, replica, BEFORE);
    VerifyReport found = outcome.report();
    recorder.report().initialVerify(found);
    String failure = outcome.failure();
    if (failure != null) {
      // Who could not be compared before anything was written is no pair to load.
      recorder.report().failure("the initial verification: " + failure);
    }
    if (found.mismatchedKeys() + found.mismatchedFunctions() > 0) {
      recorder
          .report()
          .warning(
              Counted.words(found.mismatchedKeys(), "key")
                  + (found.mismatchedFunctions() == 0
                      ? ""
                      : " and " + Numbers.libraries(found.mismatchedFunctions()))
                  + " differed before anything was written; see initial_verify");
    }
  }

  private void idle(Endpoint source, Endpoint replica) throws InterruptedException {
    Duration idle = request.lag().idle();
    if (idle.isZero()) {
      return;
    }
    LagSettings settings = settings(source, replica);
    recorder.phase("floor");
    LagProbe probe =
        new LagProbe(
                context.clock(),
                context.wallClock(),
                heard -> context.console().progress(-1, LoadProgressLine.words(heard)))
            .openedBy(context.patience()::insist);
    double rate = Math.min(LagRequest.IDLE_RATE, settings.ratePerSecond());
    lag = lag.plus(probe.run(settings.asFloor(rate, IDLE_WARMUP, idle)));
    note(null, 0);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    recorder.phase("baseline");
    lag = lag.plus(probe.run(settings.asBaseline(rate, IDLE_WARMUP, idle)));
    note(null, 0);
  }

  private LagSettings settings(Endpoint source, Endpoint replica) {
    return request
        .lag()
        .settings(
            ProbePhase.LOAD,
            recorder.folder().runId(),
            source,
            List.of(replica),
            recorder.folder().lagHlog(),
            request.limits());
  }

  private void measure(Endpoint source, Endpoint replica, EngineChoice engine)
      throws InterruptedException {
    recorder.phase("load");
    context.console().line("load engine " + engine.engine().label() + ": " + engine.why());
    Duration measured = request.lag().duration().orElseThrow();
    Duration whole = request.lag().warmup().plus(measured);
    LoadProgressLine line = new LoadProgressLine(context.console(), context.clock(), whole);
    boolean ramp = isMeasuredAsLongAsItsRamp();
    LagSettings lasting =
        ramp ? lastingTheRamp(settings(source, replica)) : settings(source, replica);
    InsertRequest inserts = new InsertRequest(lasting, recorder.folder().path());
    context
        .console()
        .line(
            String.format(
                Locale.ROOT,
                "inserts' JVM: heap of at most %,d MiB, for %,.0f sentinels/s each kept until seen"
                    + " or %,d s",
                inserts.heapBytes() >> 20,
                inserts.lag().ratePerSecond(),
                inserts.lag().observeTimeout().toSeconds()));
    try (InsertPhase insert = InsertPhase.start(inserts, heard -> line.lag(heard.lag()))) {
      insert.awaitReady(FORK_READY);
      if (ramp) {
        // A ramp's first step is to be measured as its last one is: the warm-up comes before it.
        insert.go();
        Thread.sleep(request.lag().warmup().toMillis());
      }
      try (LoadJob load =
          LoadJob.start(
              context,
              request.load(),
              engine,
              source,
              recorder.folder().path(),
              Optional.of(loaded(request, engine.engine())),
              line::load,
              insert::step)) {
        load.awaitWriting();
        line.measuring();
        if (!ramp) {
          insert.go();
        }
        insert.awaitInsertsDone(() -> ramp && load.isOver());
        if (engine.engine() == LoadEngine.JMH) {
          load.stop();
        }
        endOf(load, insert, source, replica);
      }
    }
  }

  /** Whether the lag is measured for as long as a ramp takes, pauses between its steps included. */
  private boolean isMeasuredAsLongAsItsRamp() {
    return request
        .load()
        .ramp()
        .filter(ramp -> request.lag().duration().equals(Optional.of(ramp.total())))
        .isPresent();
  }

  /** A schedule that no ramp outlasts; it is ended when the ramp is over. */
  private LagSettings lastingTheRamp(LagSettings settings) {
    Duration ramp = request.load().ramp().orElseThrow().total();
    return settings.withSchedule(
        settings.ratePerSecond(), settings.warmup(), Optional.of(ramp.multipliedBy(4).plus(SLACK)));
  }

  /** The load ends, the replica drains, the probe sees its last sentinels: all is then known. */
  private void endOf(LoadJob load, InsertPhase insert, Endpoint source, Endpoint replica) {
    LoadReport loaded = ended(load);
    long ended = context.clock().nanoTime();
    recorder.report().load(loaded);
    if (!Thread.currentThread().isInterrupted()) {
      recorder.phase("drain");
      recorder.report().drain(new Drain(context, recorder, request).run(source, replica, ended));
    }
    insert.finish();
    InsertSummary inserted = insert.result();
    recorder.report().insert(inserted.report());
    lag = inserted.lag().map(lag::plus).orElse(lag);
    note(loaded, load.startedEpochMillis());
    if (inserted.incomplete() != null && !Thread.currentThread().isInterrupted()) {
      recorder.report().failure("the inserts did not end as asked: " + inserted.incomplete());
    }
  }

  private @Nullable LoadReport ended(LoadJob load) {
    try {
      LoadReport report = load.await();
      if (report.incomplete() != null && !Thread.currentThread().isInterrupted()) {
        recorder.report().failure("the load is not proved: " + report.incomplete());
      }
      return report;
    } catch (LoadFailure | InsertFailure e) {
      // The sentinels were written and watched all the same: that is kept.
      recorder.failedUnlessInterrupted(e);
      return null;
    }
  }

  private void note(@Nullable LoadReport load, long loadStartedEpochMillis) {
    LagReport report = LagReports.of(lag, load, loadStartedEpochMillis);
    recorder.report().lag(report);
    recorder.report().limits(request.limits().hold(report));
  }

  private Comparison.Outcome compare(Endpoint source, Endpoint replica, String folder) {
    return Comparison.run(
        context,
        request.verify(),
        source,
        replica,
        recorder.folder().runId(),
        recorder.folder().file(folder),
        false);
  }

  private Iterable<Mismatch> verify(Endpoint source, Endpoint replica) throws InterruptedException {
    if (!request.settleDelay().isZero()) {
      recorder.phase("settle delay");
      Thread.sleep(request.settleDelay().toMillis());
    }
    recorder.phase("verify");
    Comparison.Outcome outcome = compare(source, replica, AFTER);
    recorder.verified(outcome.report(), outcome.failure());
    return outcome.mismatches();
  }
}
