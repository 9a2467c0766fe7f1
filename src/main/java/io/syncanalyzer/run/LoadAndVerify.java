package io.syncanalyzer.run;

import io.syncanalyzer.fence.Fence;
import io.syncanalyzer.fence.FenceFailure;
import io.syncanalyzer.fence.FencePassage;
import io.syncanalyzer.fence.Fences;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.redis.topology.ShardPair;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.result.verify.Mismatch;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.clean.SentinelRemoval;
import io.syncanalyzer.run.drain.EachPair;
import io.syncanalyzer.run.drain.LayoutNow;
import io.syncanalyzer.run.drain.MovedPair;
import io.syncanalyzer.run.lag.LagFit;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.Removals;
import io.syncanalyzer.run.servers.Servers;
import io.syncanalyzer.run.verify.Compared;
import io.syncanalyzer.run.verify.Comparison;
import io.syncanalyzer.run.verify.Comparisons;
import io.syncanalyzer.time.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The whole run: preflight, load, insert, probe, drain, verify, report, in this order. */
public final class LoadAndVerify {
  /** Where the two comparisons keep what does not fit into memory, until the run is over. */
  private static final String BEFORE = "initial-verify";

  private static final String AFTER = "verify";

  private final RunContext context;
  private final LoadAndVerifyRequest request;
  private final Recorder recorder;
  private final LagSoFar lag;
  private boolean writing;
  private @Nullable Removals removals;

  private LoadAndVerify(RunContext context, LoadAndVerifyRequest request, Recorder recorder) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    this.lag = new LagSoFar(recorder, request.limits());
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
    LagFit.checkIdle("--baseline", request.lag().idle(), IdleLag.WARMUP);
    LagFit.checkForked(request.lag(), request.servers(), request.limits());
    return LoadJob.choose(
        request.load(),
        context.path(),
        request.servers().source(),
        Optional.of(MeasuredLoad.mostTime(request, LoadEngine.MEMTIER)));
  }

  private ExitStatus run(EngineChoice chosen) {
    Iterable<Mismatch> mismatches = List.of();
    try (Servers servers = Servers.open(request.servers())) {
      try {
        EngineChoice engine = preflight(servers, chosen);
        LoadJob.warningsAhead(request.load(), engine, servers.layout().source())
            .forEach(context.console()::warn);
        if (goesOn()) {
          new InitialVerification(context, request, recorder)
              .run(servers.layout(), () -> compare(servers, BEFORE));
        }
        if (goesOn()) {
          IdleLag.measure(
              context,
              recorder,
              settings(LayoutNow.of(servers)),
              request.lag().idle(),
              lag::addIdle);
        }
        if (goesOn()) {
          Layout now = LayoutNow.of(servers);
          new MeasuredLoad(context, request, recorder, lag)
              .run(settings(now), engine, now, () -> LayoutNow.of(servers));
        }
        if (goesOn()) {
          mismatches = verify(servers);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        recorder.interrupted();
      } catch (IllegalArgumentException e) {
        recorder.refused(e);
      } catch (RuntimeException e) {
        recorder.failedUnlessInterrupted(
            writing ? MovedPair.explained(e, () -> servers.layout().allPairs()) : e);
      }
      // Where the run has failed its cause is known, and the servers may be gone or stalled.
      if (removals != null && goesOn()) {
        removals.warnings().forEach(recorder.report()::warning);
      }
      if (!request.ending().keep() && writing) {
        SentinelRemoval.run(context, recorder, servers.layout().source(), lag.summary());
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

  private EngineChoice preflight(Servers servers, EngineChoice chosen) {
    recorder.preflight(servers, servers.replicas(), true);
    EngineChoice engine =
        LoadJob.fitted(
            request.load(),
            chosen,
            context.path(),
            servers.layout().source(),
            Optional.of(MeasuredLoad.mostTime(request, LoadEngine.MEMTIER)));
    ForeignKeys.refuse(
        context,
        servers.layout().source(),
        recorder.namedRun(),
        LoadJob.keys(request.load(), engine, servers.layout().source()));
    LoadJob.requireRights(context, request.load(), engine, servers.layout().source());
    recorder.warnOfTouching(servers);
    LagFit.checkForked(request.lag(), settings(servers.layout()));
    recorder.begins();
    writing = true;
    removals = Removals.from(servers.layout().allPairs());
    // The proof, before the load, that what is written to the source arrives at the replica at all.
    EachPair.run(
            servers.layout().allPairs(),
            pair -> context.patience().insist(() -> proved(pair, servers.layout())))
        .forEach(context.console()::line);
    return engine;
  }

  private String proved(ShardPair pair, Layout layout) {
    String shard = layout.allPairs().size() == 1 ? "" : " of shard " + pair.shard();
    try (Fence fence =
        Fences.choose(
            request.verify().settling().fence(),
            pair,
            recorder.folder().runId(),
            context.clock())) {
      Waiting wait = new Waiting(context.clock(), context.console()::waiting);
      FencePassage passage =
          fence.pass(request.ending().drainTimeout(), how -> wait.on("the replica " + how));
      return "fence" + shard + ": " + fence.description() + "; " + passage.proof();
    } catch (RedisFailure e) {
      if (!MovedPair.mayBe(e)) {
        throw e;
      }
      Optional<ShardPair> moved =
          e.kind() == RedisFailure.Kind.SLOT_MOVED
              ? MovedPair.soon(pair, context.clock(), request.ending().drainTimeout())
              : MovedPair.of(pair);
      return proved(moved.orElseThrow(() -> e), layout);
    } catch (FenceFailure e) {
      throw shard.isEmpty()
          ? e
          : new FenceFailure(e.kind(), "the fence" + shard + ": " + e.getMessage(), e);
    }
  }

  private LagSettings settings(Layout layout) {
    return request.lag().settings(ProbePhase.LOAD, recorder.folder(), layout, request.limits());
  }

  private Compared compare(Servers servers, String folder) {
    return new Comparisons(
            context,
            request.verify(),
            recorder.folder().runId(),
            recorder.folder().file(folder),
            false)
        .run(servers.layout(), servers::relayout, Map.of());
  }

  private Iterable<Mismatch> verify(Servers servers) throws InterruptedException {
    if (!request.ending().settleDelay().isZero()) {
      recorder.phase("settle delay");
      Thread.sleep(request.ending().settleDelay().toMillis());
    }
    recorder.phase("verify");
    Compared outcome = compare(servers, AFTER);
    recorder.verified(outcome.report(), outcome.failure());
    return outcome.mismatches();
  }
}
