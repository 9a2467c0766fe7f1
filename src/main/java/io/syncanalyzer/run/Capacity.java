package io.syncanalyzer.run;

import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.proof.SourceCounters;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.result.ExitStatus;
import io.syncanalyzer.run.capacity.CapacityRequest;
import io.syncanalyzer.run.capacity.EarlierSearch;
import io.syncanalyzer.run.capacity.Searching;
import io.syncanalyzer.run.clean.ForeignKeys;
import io.syncanalyzer.run.clean.SentinelRemoval;
import io.syncanalyzer.run.drain.LayoutNow;
import io.syncanalyzer.run.drain.MovedPair;
import io.syncanalyzer.run.lag.LagFit;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import io.syncanalyzer.run.servers.Servers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The highest write rate that a replica sustains within a lag: preflight, floor and baseline, then
 * trial after trial until the search has its answer, report.
 */
public final class Capacity {
  /** As many must be seen in a second for it to have a median. */
  private static final int FEWEST_A_SECOND = 25;

  /** What was written is not told: it is looked for. */
  private static final LagSummary ANY_LEFT = new LagSummary(List.of(), List.of(), "not told");

  private final RunContext context;
  private final CapacityRequest request;
  private final Recorder recorder;
  private final Optional<EarlierSearch> earlier;
  private LagSummary idle = new LagSummary(List.of(), List.of(), null);
  private @Nullable Searching searching;
  private boolean writing;

  private Capacity(
      RunContext context,
      CapacityRequest request,
      Recorder recorder,
      Optional<EarlierSearch> earlier) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    this.earlier = earlier;
  }

  /**
   * Runs it on the calling thread. An interrupt ends it in order, keeping the trials there are.
   *
   * @throws IllegalArgumentException for a request that cannot be run; nothing was written to a
   *     server
   */
  public static ExitStatus run(RunContext context, CapacityRequest request) {
    EngineChoice engine = check(context, request);
    Optional<EarlierSearch> earlier = EarlierSearch.of(request);
    Recorder recorder =
        earlier.isPresent()
            ? Recorder.again(context, request.output(), earlier.get().folder(), "capacity")
            : Recorder.begin(context, request.output(), "capacity");
    return new Capacity(context, request, recorder, earlier).run(engine);
  }

  /** Checks what can be known before anything is done; {@code --dry-run} does no more. */
  static EngineChoice check(RunContext context, CapacityRequest request) {
    if (request.load().engine() == LoadEngine.NONE) {
      throw new IllegalArgumentException(
          "--load-engine none: a capacity is found by a load; use auto, memtier or jmh");
    }
    if (request.resume().isPresent() && request.keep()) {
      throw new IllegalArgumentException(
          "--keep does not go with --resume: sentinels that were kept would be taken for new ones");
    }
    if (request.load().rate().isPresent() || request.load().ramp().isPresent()) {
      throw new IllegalArgumentException(
          (request.load().ramp().isPresent() ? "--ramp" : "--load-rate")
              + " does not go with capacity, which sets the rate of each trial itself; see --from"
              + " and --to");
    }
    double sentinels = request.sentinelsOfTrial();
    if (sentinels < TrialRules.FEWEST_SAMPLES) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--sentinel-rate and --trial make %,.0f sentinels a trial, and a p99 takes %,d; raise"
                  + " one of them",
              sentinels,
              TrialRules.FEWEST_SAMPLES));
    }
    LagFit.checkIdle("--baseline", request.lag().idle(), IdleLag.WARMUP);
    LagFit.check(request.lag(), request.servers(), request.limits());
    return LoadJob.choose(
        request.load().withRate(request.firstRate()),
        context.path(),
        request.servers().source(),
        Optional.of(request.longest()));
  }

  private ExitStatus run(EngineChoice chosen) {
    try (Servers servers = Servers.open(request.servers())) {
      try {
        EngineChoice engine = preflight(servers, chosen);
        IdleLag.measure(
            context,
            recorder,
            settings(LayoutNow.of(servers)),
            request.lag().idle(),
            found -> {
              idle = idle.plus(found);
            });
        searching = new Searching(context, request, recorder, engine, idle, earlier);
        searching.run(() -> LayoutNow.of(servers));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        recorder.interrupted();
      } catch (IllegalArgumentException e) {
        recorder.refused(e);
      } catch (RuntimeException e) {
        recorder.failedUnlessInterrupted(
            writing ? MovedPair.explained(e, () -> servers.layout().allPairs()) : e);
      }
      if (Thread.currentThread().isInterrupted()) {
        recorder.interrupted();
      }
      if (!request.keep() && writing) {
        boolean left = searching != null && searching.leftSome();
        SentinelRemoval.run(context, recorder, servers.layout().source(), left ? ANY_LEFT : idle);
      }
    } catch (RuntimeException e) {
      if (e instanceof IllegalArgumentException) {
        throw e;
      }
      recorder.failedUnlessInterrupted(e);
    }
    return recorder.end(List.of());
  }

  private EngineChoice preflight(Servers servers, EngineChoice chosen) {
    recorder.preflight(servers, servers.replicas(), true);
    Layout layout = servers.layout();
    if (earlier.isPresent()) {
      // What a killed search left would be taken for what this one writes.
      SentinelRemoval.run(context, recorder, layout.source(), ANY_LEFT);
      if (request.servers().embedded()) {
        context
            .console()
            .warn(
                "--embedded starts another pair, and an empty one: the trials before were not on"
                    + " it");
      }
    }
    EngineChoice engine =
        LoadJob.fitted(
            request.load().withRate(request.firstRate()),
            chosen,
            context.path(),
            layout.source(),
            Optional.of(request.longest()));
    earlier.ifPresent(before -> before.requireEngine(engine.engine()));
    ForeignKeys.refuse(
        context,
        layout.source(),
        earlier.isPresent() ? Optional.empty() : recorder.namedRun(),
        LoadJob.keys(request.load(), engine, layout.source()));
    LoadJob.requireRights(context, request.load(), engine, layout.source());
    LagFit.check(request.lag(), settings(layout));
    checkCounts(layout);
    checkSentinels(layout);
    LoadJob.warningsAhead(request.load(), engine, layout.source()).forEach(context.console()::warn);
    recorder.begins();
    writing = true;
    return engine;
  }

  /** What a load wrote is what the source counted: without its counts no trial could be valid. */
  private static void checkCounts(Layout layout) {
    for (Endpoint primary : layout.source().primaries()) {
      if (SourceCounters.read(primary).calls().isEmpty()) {
        throw new RedisFailure(
            RedisFailure.Kind.OTHER_REPLY,
            primary,
            primary
                + " shows no INFO commandstats, by which a trial's rate is checked: allow it, or"
                + " measure with load-and-verify --load-rate",
            null);
      }
    }
  }

  /** Each shard is judged by itself, and so needs enough sentinels of its own. */
  private void checkSentinels(Layout layout) {
    long shards =
        layout.allPairs().stream().map(pair -> pair.source().address()).distinct().count();
    double ofTrial = request.limits().maxLagP99().isPresent() ? TrialRules.FEWEST_SAMPLES : 1;
    double seconds = request.sentinelsOfTrial() / request.lag().rate();
    double needed = Math.max(FEWEST_A_SECOND, Math.ceil(ofTrial / seconds)) * shards;
    if (request.lag().rate() < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--sentinel-rate %,.0f is too low for %s and a --trial of %.0f s: each is judged by"
                  + " itself; at least %,.0f",
              request.lag().rate(),
              Counted.words(shards, "shard"),
              seconds,
              needed));
    }
  }

  private LagSettings settings(Layout layout) {
    return request.lag().settings(ProbePhase.LOAD, recorder.folder(), layout, request.limits());
  }
}
