package io.syncanalyzer.run.capacity;

import io.syncanalyzer.capacity.Budget;
import io.syncanalyzer.capacity.CapacitySearch;
import io.syncanalyzer.capacity.Step;
import io.syncanalyzer.capacity.Tried;
import io.syncanalyzer.load.EngineChoice;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.report.screen.CapacityWords;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport;
import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.run.lag.BaselineBand;
import io.syncanalyzer.run.lag.LagReports;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries rates until the search has its answer for each replica, each from a drained pair, and keeps
 * each trial as it ends. For one thread.
 */
public final class Searching {
  private static final double NANOS_PER_SECOND = 1e9;

  private final RunContext context;
  private final CapacityRequest request;
  private final Recorder recorder;
  private final EngineChoice engine;
  private final BaselineBand band;
  private final CapacityReport.Question question;
  private final CapacitySearch search;
  private final SearchRows rows;
  private final int earlier;
  private @Nullable Trying trying;

  /**
   * @param engine who writes the load
   * @param idle floor and baseline
   * @param goneOnFrom what an earlier run of the same search had found
   */
  public Searching(
      RunContext context,
      CapacityRequest request,
      Recorder recorder,
      EngineChoice engine,
      LagSummary idle,
      Optional<EarlierSearch> goneOnFrom) {
    this.context = context;
    this.request = request;
    this.recorder = recorder;
    this.engine = engine;
    this.band = new BaselineBand(idle, request.limits());
    this.question = request.question(engine.engine(), band.widest());
    this.search = new CapacitySearch(question);
    this.rows = new SearchRows(LagReports.of(idle, null, 0));
    goneOnFrom.ifPresent(before -> rows.earlier(before.trials(), before.lag()));
    this.earlier = rows.next() - 1;
  }

  /**
   * Searches.
   *
   * @param layout how the servers lie by then
   * @throws InterruptedException if the user ends it; the trials there are have been kept
   * @throws RedisFailure if a server is lost for good
   */
  public void run(Supplier<Layout> layout) throws InterruptedException {
    keep(sofar(), null);
    context.console().line(QuestionWords.of(question));
    context.console().line("load engine " + engine.engine().label() + ": " + engine.why());
    long begun = context.clock().nanoTime();
    try (TrialLoad load =
        TrialLoads.open(
            context,
            request.load(),
            engine,
            () -> layout.get().source(),
            recorder.folder().path(),
            request.longest())) {
      Trying each = new Trying(context, request, recorder, load, band);
      trying = each;
      List<Step> steps = next(begun);
      while (wanted(steps).isPresent()) {
        int number = rows.next();
        Optional<String> hindrance = each.drain(layout.get());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (hindrance.isPresent()) {
          keep(sofar(), "trial " + number + " could not begin: " + hindrance.get());
          return;
        }
        recorder.phase("trial " + number);
        Trying.Tried tried = each.run(number, wanted(steps).get(), layout.get());
        rows.add(number, tried.rows(), tried.lag());
        recorder.trial(tried.rows());
        tried.rows().forEach(row -> context.console().line(CapacityWords.trial(row)));
        keep(sofar(), null);
        steps = next(begun);
      }
      keep(found(steps), null);
    }
  }

  /** What the search of each replica does next; each trial serves all of them. */
  private List<Step> next(long begun) {
    double gone = (context.clock().nanoTime() - begun) / NANOS_PER_SECOND;
    double left = request.trials().mostTime().toMillis() / 1e3 - gone;
    int tried = rows.next() - 1 - earlier;
    Budget budget = Budget.of(left, tried == 0 ? request.secondsOfATrial() : gone / tried);
    return replicas().stream().map(replica -> search.next(history(replica), budget)).toList();
  }

  private static Optional<Step.Try> wanted(List<Step> steps) {
    return steps.stream().filter(Step.Try.class::isInstance).map(Step.Try.class::cast).findFirst();
  }

  /** Each replica's answer. */
  private List<CapacityInterval> found(List<Step> steps) {
    List<CapacityInterval> found = new ArrayList<>();
    List<Optional<String>> replicas = replicas();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Step.Found answer) {
        found.add(answer.interval().of(replicas.get(i).orElse(null)));
      }
    }
    rows.gone().forEach(gone -> found.add(gone(gone)));
    return found;
  }

  /** What is known of each by now, of a search that goes on. */
  private List<CapacityInterval> sofar() {
    List<CapacityInterval> known = new ArrayList<>();
    for (Optional<String> replica : replicas()) {
      if (search.next(history(replica), new Budget(0)) instanceof Step.Found answer) {
        known.add(unfinished(answer.interval()).of(replica.orElse(null)));
      }
    }
    return known;
  }

  private static CapacityInterval unfinished(CapacityInterval known) {
    return known.ending() == CapacityEnding.BUDGET
        ? new CapacityInterval(
            null,
            known.provenPerS(),
            known.provenTrials(),
            known.refutedPerS(),
            known.refutedTrials(),
            known.mixedPerS(),
            CapacityEnding.UNFINISHED,
            "The search did not come to its end.")
        : known;
  }

  /** Of a replica that the last trial did not watch: it took another's place, or was lost. */
  private CapacityInterval gone(String replica) {
    return new CapacityInterval(
        replica,
        null,
        0,
        null,
        0,
        List.of(),
        CapacityEnding.UNFINISHED,
        "It was not a replica any more when the search ended.");
  }

  /** Whose answers are searched: of several replicas each, as the last trial's rows name them. */
  private List<Optional<String>> replicas() {
    List<Optional<String>> named = rows.watched();
    return named.isEmpty() ? List.of(Optional.empty()) : named;
  }

  private List<Tried> history(Optional<String> replica) {
    return rows.trials().stream()
        .filter(trial -> Optional.ofNullable(trial.replica()).equals(replica))
        .map((Trial trial) -> Tried.of(trial))
        .toList();
  }

  /** Whether sentinels of a trial could not be removed when it was over. */
  public boolean leftSome() {
    return trying != null && trying.leftSome();
  }

  /** What is known by now outlives whatever comes. */
  private void keep(List<CapacityInterval> intervals, @Nullable String incomplete) {
    recorder.report().lag(rows.lag());
    recorder.report().capacity(new CapacityReport(question, rows.trials(), intervals, incomplete));
  }
}
