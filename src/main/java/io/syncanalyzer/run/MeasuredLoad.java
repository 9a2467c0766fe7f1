package io.syncanalyzer.run;

import io.syncanalyzer.insert.InsertPhase;
import io.syncanalyzer.insert.InsertProgress;
import io.syncanalyzer.insert.InsertRequest;
import io.syncanalyzer.insert.InsertSummary;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.load.LoadEngine;
import io.syncanalyzer.load.memtier.LoadFailure;
import io.syncanalyzer.metrics.Metrics;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.run.drain.Drain;
import io.syncanalyzer.run.load.LoadJob;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.load.Meter;
import io.syncanalyzer.run.load.Metered;
import io.syncanalyzer.run.load.Saturation;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The load of a run with the inserts and the probe beside it, up to the end of the drain. What it
 * finds goes to the recorder and to the lag so far, also where a part of it fails. For one thread.
 */
final class MeasuredLoad {
  /** What the pauses between a ramp's steps may take beside thrice their time. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  private static final Duration FORK_READY = Duration.ofSeconds(90);

  private final RunContext context;
  private final LoadAndVerifyRequest request;
  private final Recorder recorder;
  private final LagSoFar lag;

  MeasuredLoad(RunContext context, LoadAndVerifyRequest request, Recorder recorder, LagSoFar lag) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    this.lag = lag;
  }

  /** How long the load may go on: it must not end before the inserts do; they end together. */
  static Duration mostTime(LoadAndVerifyRequest request, LoadEngine engine) {
    Duration measured = request.lag().duration().orElseThrow();
    return request.lag().warmup().plus(measured).plusSeconds(engine == LoadEngine.MEMTIER ? 1 : 30);
  }

  /**
   * Runs it; an interrupt ends it in order.
   *
   * @param settings of the lag, for the time that was asked for
   * @param layout when it begins
   * @param afterwards tells it when the load has ended: what is drained then
   */
  void run(LagSettings settings, EngineChoice engine, Layout layout, Supplier<Layout> afterwards)
      throws InterruptedException {
    recorder.phase("load");
    context.console().line("load engine " + engine.engine().label() + ": " + engine.why());
    Duration measured = request.lag().duration().orElseThrow();
    Duration whole = request.lag().warmup().plus(measured);
    LoadProgressLine line = new LoadProgressLine(context.console(), context.clock(), whole);
    boolean ramp = isMeasuredAsLongAsItsRamp();
    LagSettings lasting = ramp ? lastingTheRamp(settings) : settings;
    InsertRequest inserts = new InsertRequest(lasting, recorder.folder().path());
    tellHeap(inserts);
    try (InsertPhase insert = started(inserts, line)) {
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
              layout.source(),
              recorder.folder().path(),
              Optional.of(mostTime(request, engine.engine())),
              line::load,
              insert::step)) {
        load.awaitWriting();
        line.measuring();
        if (!ramp) {
          insert.go();
        }
        Meter meter = new Meter(layout, context.clock());
        Optional<Meter.Reading> begin = metered(meter::read);
        insert.awaitInsertsDone(() -> ramp && load.isOver());
        Optional<Metered> metered = begin.flatMap(from -> metered(() -> meter.since(from)));
        // A ramp ends by itself, whichever engine climbs it.
        if (engine.engine() == LoadEngine.JMH && request.load().ramp().isEmpty()) {
          load.stop();
        }
        endOf(load, insert, afterwards, metered);
      }
    }
  }

  private InsertPhase started(InsertRequest inserts, LoadProgressLine line) {
    Metrics metrics = context.metrics();
    boolean byShard = inserts.lag().isBySlot();
    Consumer<InsertProgress> shown = heard -> line.lag(heard.lag());
    return metrics.isServed()
        ? InsertPhase.start(inserts, shown, second -> metrics.second(second, byShard))
        : InsertPhase.start(inserts, shown);
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

  private void tellHeap(InsertRequest inserts) {
    context
        .console()
        .line(
            String.format(
                Locale.ROOT,
                "inserts' JVM: heap of at most %,d MiB, for %,.0f sentinels/s%s each kept until"
                    + " seen or %,d s",
                inserts.heapBytes() >> 20,
                inserts.lag().ratePerSecond(),
                inserts.lag().isBySlot()
                    ? " to " + inserts.lag().pairs().size() + " pairs of shards"
                    : "",
                inserts.lag().observeTimeout().toSeconds()));
  }

  /** The load ends, the replica drains, the probe sees its last sentinels: all is then known. */
  private void endOf(
      LoadJob load, InsertPhase insert, Supplier<Layout> layout, Optional<Metered> metered) {
    LoadReport loaded = ended(load);
    if (loaded != null) {
      metered
          .flatMap(counted -> Saturation.warning(request.load(), loaded, counted))
          .ifPresent(recorder.report()::warning);
    }
    long ended = context.clock().nanoTime();
    recorder.report().load(loaded);
    if (!Thread.currentThread().isInterrupted()) {
      recorder.phase("drain");
      recorder
          .report()
          .drain(
              new Drain(
                      context,
                      recorder,
                      request.verify().settling().fence(),
                      request.ending().drainTimeout())
                  .run(layout.get().allPairs(), ended));
    }
    insert.finish();
    InsertSummary inserted = insert.result();
    recorder.report().insert(inserted.report());
    lag.add(inserted.lag().orElse(null), loaded, load.startedEpochMillis());
    inserted
        .lag()
        .ifPresent(
            found ->
                found
                    .phases()
                    .forEach(one -> context.metrics().accounted(one.replica(), one.accounting())));
    if (inserted.incomplete() != null && !Thread.currentThread().isInterrupted()) {
      recorder.report().failure("the inserts did not end as asked: " + inserted.incomplete());
    }
  }

  /**
   * What a server that does not answer would have told is not known; its loss is told elsewhere.
   */
  private static <T> Optional<T> metered(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (RedisFailure unknown) {
      return Optional.empty();
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
}
