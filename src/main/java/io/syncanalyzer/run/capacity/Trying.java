package io.syncanalyzer.run.capacity;

import io.syncanalyzer.capacity.Step;
import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.run.drain.Drain;
import io.syncanalyzer.run.lag.BaselineBand;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.util.List;
import java.util.Optional;

/** Tries one rate after the other: drains the pair, runs the trial, judges it, tidies up. */
final class Trying {
  private final RunContext context;
  private final CapacityRequest request;
  private final Recorder recorder;
  private final TrialRun trial;
  private final Judging judging;
  private boolean leftSome;

  /**
   * @param load of all trials, which its opener closes
   */
  Trying(
      RunContext context,
      CapacityRequest request,
      Recorder recorder,
      TrialLoad load,
      BaselineBand band) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    TrialRules rules = request.rules();
    long seed = request.trials().seed();
    this.judging = new Judging(rules, seed);
    this.trial =
        new TrialRun(
            context,
            request,
            recorder,
            load,
            band,
            new Prolonging(rules, request.sentinelsOfTrial(), seed));
  }

  /**
   * What came of a trial.
   *
   * @param rows one for each replica
   * @param lag what was measured
   */
  record Tried(List<Trial> rows, LagSummary lag) {}

  /** Waits until each replica has everything; why that did not come about, else empty. */
  Optional<String> drain(Layout layout) {
    Drain drain =
        new Drain(context, recorder, request.trials().fence(), request.trials().drainTimeout());
    return Optional.ofNullable(
        drain.run(layout.allPairs(), context.clock().nanoTime()).incomplete());
  }

  /**
   * Tries a rate.
   *
   * @param number of the trial, from 1
   * @throws InterruptedException if the user ends it; the load is its opener's to close
   */
  Tried run(int number, Step.Try wanted, Layout layout) throws InterruptedException {
    TrialMeasures measures = trial.run(number, wanted.ratePerS(), layout);
    clean(layout, measures);
    return new Tried(judging.rows(measures, wanted.why().label()), measures.lag());
  }

  /** The trial's sentinels go, so that the source stays as large as it was; the rest at the end. */
  private void clean(Layout layout, TrialMeasures measures) {
    if (request.keep()) {
      return;
    }
    LagSettings settings =
        request.lag().settings(ProbePhase.LOAD, recorder.folder(), layout, request.limits());
    try {
      LagProbe.clean(settings, measures.lag().written());
      LagProbe.clean(settings, measures.back().lag().written());
    } catch (RedisFailure stay) {
      leftSome = true;
      context
          .console()
          .line(
              "the sentinels of trial "
                  + measures.number()
                  + " could not be removed ("
                  + stay.getMessage()
                  + "): that is tried again at the end");
    }
  }

  /** Whether sentinels of a trial are still there. */
  boolean leftSome() {
    return leftSome;
  }
}
