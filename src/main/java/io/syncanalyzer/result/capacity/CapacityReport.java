package io.syncanalyzer.result.capacity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a search for the highest rate that a replica sustains has come to.
 *
 * @param question what was asked
 * @param trials a row for each trial and replica, in the order tried
 * @param intervals what each replica sustains; of a search that goes on, what is known by then
 * @param incomplete one line why it did not come to its end; null where it did
 */
public record CapacityReport(
    Question question,
    List<Trial> trials,
    List<CapacityInterval> intervals,
    @Nullable String incomplete) {

  /**
   * What was asked: the rates, and the rules that a trial is judged by.
   *
   * @param fromPerS the rate tried first
   * @param toPerS none above it is tried; null = no such bound
   * @param atLeastPerS the one rate that is asked about; null = the highest is searched
   * @param precision how much the refuted rate may lie above the proven one, 0.1 = by a tenth
   * @param trials how often a bound is tried
   * @param trialNanos how long a trial is measured, unless it is prolonged
   * @param maxLagP99Nanos the p99 lag allowed, by its upper bound; null = any
   * @param maxLagNanos the largest lag allowed; null = any
   * @param maxLost sentinels that may never be seen
   * @param recoverWithinNanos how long the lag may take to be back at the baseline
   * @param baselineNanos the lag that counts as back at the baseline, upper bound; null = unknown
   * @param sentinelsPerS sentinels written beside the load
   * @param engine who writes the load
   * @param seed of the resampling that the slopes' limits come from
   */
  public record Question(
      long fromPerS,
      @Nullable Long toPerS,
      @Nullable Long atLeastPerS,
      double precision,
      int trials,
      long trialNanos,
      @Nullable Long maxLagP99Nanos,
      @Nullable Long maxLagNanos,
      long maxLost,
      long recoverWithinNanos,
      @Nullable Long baselineNanos,
      double sentinelsPerS,
      String engine,
      long seed) {
    public Question {
      Objects.requireNonNull(engine, "engine is null");
    }
  }

  public CapacityReport {
    Objects.requireNonNull(question, "question is null");
    trials = trials == null ? List.of() : List.copyOf(trials);
    intervals = intervals == null ? List.of() : List.copyOf(intervals);
  }

  /** The interval of that replica; null = of the only one. */
  public Optional<CapacityInterval> interval(@Nullable String replica) {
    return intervals.stream().filter(one -> Objects.equals(one.replica(), replica)).findFirst();
  }

  /**
   * What is proven of all replicas together, and refuted of one at least; null where there is no
   * interval yet. Of one replica it is its own.
   */
  public @Nullable CapacityInterval together() {
    return intervals.size() < 2
        ? intervals.stream().findFirst().orElse(null)
        : SeveralReplicas.together(intervals, question.trials());
  }

  /** Its {@linkplain CapacityInterval#answer answer}, by as many trials as were asked for. */
  public @Nullable Boolean answer(CapacityInterval interval) {
    return interval.answer(question.trials());
  }

  /** The replicas that took part, those with an interval first, in order; null = the only one. */
  public List<@Nullable String> replicas() {
    List<@Nullable String> names = new ArrayList<>();
    Stream.concat(
            intervals.stream().map(CapacityInterval::replica), trials.stream().map(Trial::replica))
        .filter(name -> !names.contains(name))
        .forEach(names::add);
    return names;
  }

  /** The trials as that replica took them. */
  public List<Trial> trials(@Nullable String replica) {
    return trials.stream().filter(one -> Objects.equals(one.replica(), replica)).toList();
  }
}
