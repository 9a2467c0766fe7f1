package io.syncanalyzer.run.capacity;

import io.syncanalyzer.capacity.TrialMeasured;
import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.capacity.TrialVerdict;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.run.lag.Track;
import io.syncanalyzer.run.load.Metered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a trial measured its rows, one for each replica: each shard is judged by itself,
 * and the worst decides.
 */
final class Judging {
  /** A trial is refuted where one shard is; else what keeps any of them from being sustained. */
  private static final List<TrialOutcome> WORST_FIRST =
      List.of(
          TrialOutcome.REFUTED,
          TrialOutcome.INVALID,
          TrialOutcome.UNDECIDED,
          TrialOutcome.SUSTAINED);

  /** Of the measured time, in which the probe may have seen nothing. */
  private static final double BLIND_SHARE = 0.01;

  private final TrialRules rules;
  private final long seed;

  Judging(TrialRules rules, long seed) {
    this.rules = rules;
    this.seed = seed;
  }

  /** One shard of one replica, judged. */
  private record Judged(LagPhase phase, TrialMeasured measured, TrialVerdict verdict) {
    int rank() {
      return WORST_FIRST.indexOf(verdict.outcome());
    }

    long p99() {
      Long upper = measured.lag().p99UpperNanos();
      return upper == null ? Long.MAX_VALUE : upper;
    }
  }

  /** The rows, in the order of the replicas. */
  List<Trial> rows(TrialMeasures trial, String purpose) {
    Map<Optional<String>, List<LagPhase>> byReplica = new LinkedHashMap<>();
    boolean sharded =
        trial.lag().phases().stream().anyMatch(phase -> Track.of(phase).shard() != null);
    for (LagPhase phase : trial.lag().phases()) {
      Track track = Track.of(phase);
      // Where there are shards, what they add up to hides the worst of them.
      if (!sharded || track.shard() != null) {
        byReplica
            .computeIfAbsent(Optional.ofNullable(track.replica()), any -> new ArrayList<>())
            .add(phase);
      }
    }
    Double achieved = trial.written().achievedPerS();
    List<Trial> rows = new ArrayList<>();
    byReplica.forEach(
        (replica, phases) ->
            rows.add(
                phases.stream()
                    .map(phase -> judged(trial, phase, achieved))
                    .min(
                        Comparator.comparingInt(Judged::rank)
                            .thenComparing(Comparator.comparingLong(Judged::p99).reversed()))
                    .map(worst -> row(trial, purpose, replica.orElse(null), worst))
                    .orElseThrow()));
    return rows;
  }

  private Judged judged(TrialMeasures trial, LagPhase phase, @Nullable Double achieved) {
    TrialMeasured measured = measured(trial, phase, achieved);
    return new Judged(phase, measured, rules.judge(measured));
  }

  private TrialMeasured measured(TrialMeasures trial, LagPhase phase, @Nullable Double achieved) {
    Track track = Track.of(phase);
    LagAccounting account = phase.accounting();
    LagFigures figures = phase.figures();
    Metered metered = trial.written().metered();
    List<LagSecond> rows =
        trial.seconds().of(track, TimeUnit.NANOSECONDS.toSeconds(phase.measuredNanos()));
    return new TrialMeasured(
        new Trial.Rate(
            trial.askedPerS(),
            achieved,
            metered.sourceCpuShare(),
            metered.replicaCpuShare().get(phase.replica())),
        trial.failure().or(metered::loss).or(() -> blind(trial, phase)).orElse(null),
        new TrialMeasured.Probe(
            account.scheduled(),
            account.scheduled() - account.writeFailed(),
            figures.pauseP99Nanos(),
            figures.pauseMaxNanos()),
        lag(phase),
        GrowthOf.rows(rows, seed),
        new TrialMeasured.Stream(GrowthOf.showsOffsets(rows), metered.streamOf(track.shard())),
        Math.max(1, phase.measuredNanos()),
        new TrialMeasured.Link(
            // The source counts those of all its replicas: only of a single one it is known whose.
            trial.seconds().replicas() == 1 ? figures.fullResyncs() : 0,
            rows.stream().anyMatch(row -> Boolean.FALSE.equals(row.linkUp()))),
        trial.back().nanos(track));
  }

  /** Why the probe did not see what it should have; empty where it did. */
  private static Optional<String> blind(TrialMeasures trial, LagPhase phase) {
    String incomplete = trial.lag().incomplete();
    if (incomplete != null) {
      return Optional.of("the probe did not see all of it: " + incomplete);
    }
    long out = phase.figures().probeOutageNanos();
    return out > phase.measuredNanos() * BLIND_SHARE
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the probe was without its connection to the replica for %.1f s",
                out / 1e9))
        : Optional.empty();
  }

  private static Trial.Lag lag(LagPhase phase) {
    LagPercentile p50 = phase.row("50");
    LagPercentile p99 = phase.row("99");
    LagPercentile max = phase.row("max");
    return new Trial.Lag(
        known(p50.upper()),
        known(p50.lower()),
        known(p99.upper()),
        known(p99.lower()),
        known(max.upper()),
        known(max.lower()),
        phase.accounting().samples(),
        phase.accounting().censored());
  }

  private static @Nullable Long known(LagValue value) {
    return value instanceof LagValue.Known known ? known.nanos() : null;
  }

  private static Trial row(
      TrialMeasures trial, String purpose, @Nullable String replica, Judged worst) {
    TrialMeasured measured = worst.measured();
    return new Trial(
        trial.number(),
        purpose,
        measured.rate(),
        measured.measuredNanos(),
        measured.lag(),
        measured.growth(),
        measured.recoveredNanos(),
        worst.verdict().outcome(),
        worst.verdict().reason(),
        replica,
        worst.phase().accounting().shard(),
        worst.phase().startedEpochMillis());
  }
}
