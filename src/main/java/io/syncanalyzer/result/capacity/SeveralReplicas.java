package io.syncanalyzer.result.capacity;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The intervals of several replicas as one: what all of them sustain. */
final class SeveralReplicas {
  private SeveralReplicas() {}

  /**
   * Proven is what is proven of each, refuted what is of any. They may be of two replicas: the one
   * of which least is proven need not be the one of which least is refuted.
   *
   * @param trials how often a bound was to be tried
   */
  static CapacityInterval together(List<CapacityInterval> intervals, int trials) {
    Comparator<CapacityInterval> worstFirst = worstFirst(trials);
    CapacityInterval worst = intervals.stream().min(worstFirst).orElseThrow();
    CapacityInterval proven =
        intervals.stream()
            .min(Comparator.comparingLong(one -> one.provenPerS() == null ? -1 : one.provenPerS()))
            .orElseThrow();
    CapacityInterval refuted =
        intervals.stream()
            .min(Comparator.comparingLong(one -> orMost(one.refutedPerS())))
            .orElseThrow();
    List<Long> mixed =
        intervals.stream()
            .flatMap(one -> one.mixedPerS().stream())
            .filter(rate -> rate < orMost(refuted.refutedPerS()))
            .filter(rate -> proven.provenPerS() == null || rate > proven.provenPerS())
            .distinct()
            .sorted()
            .toList();
    return new CapacityInterval(
        null,
        proven.provenPerS(),
        proven.provenPerS() == null ? 0 : proven.provenTrials(),
        refuted.refutedPerS(),
        refuted.refutedPerS() == null ? 0 : refuted.refutedTrials(),
        mixed,
        worst.ending(),
        intervals.stream()
            .sorted(worstFirst)
            .map(IntervalWords::sentence)
            .collect(Collectors.joining(" ")));
  }

  /** The one that keeps all together from more first. */
  private static Comparator<CapacityInterval> worstFirst(int trials) {
    return Comparator.comparingInt((CapacityInterval one) -> rank(one, trials))
        .thenComparingLong(one -> orMost(one.refutedPerS()))
        .thenComparingLong(one -> one.provenPerS() == null ? 0 : one.provenPerS());
  }

  /** A replica that refuses the lowest rate comes before one of which nothing can be told. */
  private static int rank(CapacityInterval one, int trials) {
    Boolean answer = one.answer(trials);
    return answer == null ? 1 : answer ? 2 : 0;
  }

  private static long orMost(@Nullable Long rate) {
    return rate == null ? Long.MAX_VALUE : rate;
  }
}
