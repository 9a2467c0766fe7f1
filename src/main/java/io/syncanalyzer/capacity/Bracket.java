package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a history says by now: the bounds, what is mixed between them, and where the generator ends.
 *
 * <p>A rate's trials are unanimous or the rate is mixed. The upper bound is the lowest refuted
 * rate, the lower one the highest sustained rate below it: mixed rates below a sustained one are
 * overridden. Where a rate was refuted and one above it sustained, each as often as a bound takes,
 * both cannot be believed, and all from the one to the other is mixed.
 */
final class Bracket {
  private final NavigableMap<Long, RateLooks> rates = new TreeMap<>();
  private final List<Tried> telling = new ArrayList<>();
  private final int trials;
  private final @Nullable Long ceiling;
  private final @Nullable RateLooks lower;
  private final @Nullable RateLooks upper;
  private final List<RateLooks> mixed = new ArrayList<>();

  /**
   * @param history the trials, in order
   * @param trials how many a bound takes
   */
  Bracket(List<Tried> history, int trials) {
    this.trials = trials;
    for (int i = 0; i < history.size(); i++) {
      Tried one = history.get(i);
      rates.computeIfAbsent(one.ratePerS(), RateLooks::new).add(i, one.outcome());
      if (one.outcome() != TrialOutcome.INVALID) {
        telling.add(one);
      }
    }
    this.ceiling =
        rates.values().stream()
            .filter(rate -> rate.invalidInARow() >= trials)
            .map(RateLooks::ratePerS)
            .findFirst()
            .orElse(null);
    Band band = Band.of(rates.values(), this::isFull);
    RateLooks above = null;
    RateLooks below = null;
    for (RateLooks rate : rates.values()) {
      if (band.holds(rate)) {
        continue;
      }
      if (rate.isRefuted()) {
        above = rate;
        break;
      }
      if (rate.isSustained() && (isFull(rate) || isAskable(rate.ratePerS()))) {
        below = rate;
      }
    }
    this.lower = below;
    this.upper = above;
    for (RateLooks rate : between().values()) {
      if (rate.isMixed() || band.holds(rate)) {
        mixed.add(rate);
      }
    }
  }

  private NavigableMap<Long, RateLooks> between() {
    NavigableMap<Long, RateLooks> part =
        lower == null ? rates : rates.tailMap(lower.ratePerS(), false);
    return upper == null ? part : part.headMap(upper.ratePerS(), false);
  }

  /** Rates that contradict each other for good: none where the lowest is above the highest. */
  private record Band(long lowest, long highest) {
    static Band of(Iterable<RateLooks> rates, Predicate<RateLooks> isFull) {
      long lowest = Long.MAX_VALUE;
      long highest = 0;
      for (RateLooks rate : rates) {
        if (rate.isRefuted() && isFull.test(rate)) {
          lowest = Math.min(lowest, rate.ratePerS());
        } else if (rate.isSustained() && isFull.test(rate)) {
          highest = rate.ratePerS();
        }
      }
      return new Band(lowest, highest);
    }

    boolean holds(RateLooks rate) {
      return lowest < highest && rate.ratePerS() >= lowest && rate.ratePerS() <= highest;
    }
  }

  /** How many trials a bound takes. */
  int trials() {
    return trials;
  }

  /** Whether it was tried as often as a bound takes. */
  boolean isFull(RateLooks rate) {
    return rate.trials() >= trials;
  }

  /** Whether the generator can be asked for it. */
  boolean isAskable(long ratePerS) {
    return ceiling == null || ratePerS < ceiling;
  }

  /** The lowest rate that the generator did not reach time and again; null = none. */
  @Nullable Long ceiling() {
    return ceiling;
  }

  /** The highest rate sustained below all refuted ones; null = none. */
  @Nullable RateLooks lower() {
    return lower;
  }

  /** The lowest rate refuted; null = none. */
  @Nullable RateLooks upper() {
    return upper;
  }

  /** Mixed rates between the bounds, the lowest first. */
  List<RateLooks> mixed() {
    return mixed;
  }

  /** Of these, those that the generator can be asked for. */
  List<RateLooks> mixedBelowCeiling() {
    return mixed.stream().filter(rate -> isAskable(rate.ratePerS())).toList();
  }

  /**
   * The lower of the upper bound and the ceiling: nothing from there on is asked; null = neither.
   */
  @Nullable Long top() {
    if (upper == null) {
      return ceiling;
    }
    return ceiling == null ? (Long) upper.ratePerS() : Math.min(upper.ratePerS(), ceiling);
  }

  /** All rates, the lowest first. */
  Iterable<RateLooks> rates() {
    return rates.values();
  }

  /** The trials that say something, in order. */
  List<Tried> telling() {
    return telling;
  }

  /** Whether that rate had a trial that says something. */
  boolean isTold(long ratePerS) {
    RateLooks rate = rates.get(ratePerS);
    return rate != null && rate.trials() > 0;
  }

  /** How many trials a bound still takes; none where there is no such bound. */
  int missing(@Nullable RateLooks bound) {
    return bound == null ? 0 : Math.max(0, trials - bound.trials());
  }
}
