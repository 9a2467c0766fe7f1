package io.syncanalyzer.capacity;

import io.syncanalyzer.capacity.Step.Try;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rate is tried next to find the highest that a replica sustains: a function of the trials so
 * far and of nothing else, so that a search goes on from the rows of {@code capacity.csv}.
 *
 * <p><b>Bounds.</b> A rate says what all of its trials say: where they differ, or one was
 * undecided, it is mixed and no bound. {@link Bracket} tells which are. Rates double until one is
 * refuted, then the gap between the bounds is halved in the logarithm until it is as narrow as the
 * precision; where mixed rates lie between, the gap below them, then the one above. Each bound is
 * tried as often as was asked for, and the lower one once more, last.
 *
 * <p><b>Chance.</b> Near the capacity a trial comes out either way. So a mixed rate ends nothing:
 * the search goes on below it, and above it, where a rate that is proven overrides it. A rate that
 * was refuted below one that was sustained is tried again before it is believed, then the other
 * one.
 *
 * <p><b>Drift.</b> A pair whose capacity changes has no interval, and {@link Turning} tells it from
 * one whose trials come out at random. It needs rates that were sustained more than once: the last
 * rate before the first that was refuted is tried again before the search narrows down. What
 * changes before that is not told from a rate that was sustained by chance, and the interval that
 * is found is the one of the changed pair.
 *
 * <p><b>Invalid trials</b> say nothing and are repeated, but a rate that is invalid as often in a
 * row as a bound is tried is the generator's ceiling: nothing from there on is asked for, the
 * search narrows down to it as to a bound, and it is never called refuted.
 *
 * <p><b>The end.</b> Every rate is tried a few times at the most, and a new one only in a gap wider
 * than the precision, or twice as high as the last below {@link #HIGHEST}: so every search ends.
 * Where the budget allows no more than what a new bound would take, the bounds so far are repeated,
 * and the interval is the one so far. Trials that another replica's search asked for may lie
 * between its own.
 */
public final class CapacitySearch {
  /** No server takes so many writes a second: here doubling ends where nothing else ends it. */
  public static final long HIGHEST = 1_000_000_000;

  /** So much may two rates lie apart beyond the precision, for rates are whole numbers. */
  private static final double ROUNDING = 1e-9;

  private final Question question;
  private final long highest;

  /**
   * @throws IllegalArgumentException if the question is none: rates, precision or trials that
   *     nothing can be searched with
   */
  public CapacitySearch(Question question) {
    this.question = question;
    Long to = question.toPerS();
    Long only = question.atLeastPerS();
    this.highest = to == null ? Math.max(HIGHEST, question.fromPerS()) : to;
    if (question.fromPerS() < 1 || highest < question.fromPerS() || (only != null && only < 1)) {
      throw new IllegalArgumentException("no rates to search: " + question);
    }
    if (!(question.precision() > 0) || question.trials() < 1) {
      throw new IllegalArgumentException("no search without precision or trials: " + question);
    }
  }

  /** The same, without an end to the time. */
  public Step next(List<Tried> history) {
    return next(history, Budget.UNLIMITED);
  }

  /**
   * What is to be done after these trials.
   *
   * @param history all trials so far, in order
   * @param budget how many more there is time for
   */
  public Step next(List<Tried> history, Budget budget) {
    if (question.atLeastPerS() != null) {
      return new OneRate(question.atLeastPerS(), question.trials()).next(history, budget);
    }
    Bracket bracket = new Bracket(history, question.trials());
    Endings endings = new Endings(bracket);
    Turning slower = new Turning(bracket.telling(), true, question.precision());
    Turning faster = new Turning(bracket.telling(), false, question.precision());
    if (slower.isDrift() || faster.isDrift()) {
      return endings.drift(slower.isDrift());
    }
    Optional<Try> wanted =
        suspicion(bracket, slower)
            .or(() -> suspicion(bracket, faster))
            .or(() -> contradiction(bracket))
            .or(() -> mixed(bracket))
            .or(() -> upwards(bracket))
            .or(() -> between(bracket));
    Optional<Try> bounds = bounds(bracket);
    if (wanted.isEmpty() && bounds.isEmpty()) {
      return endings.found(highest);
    }
    if (wanted.isPresent() && budget.trials() > toProveAnother(bracket)) {
      return wanted.get();
    }
    return budget.trials() > 0 && bounds.isPresent() ? bounds.get() : endings.budget();
  }

  /** How many trials it takes to prove a bound that another trial would find, without that one. */
  private long toProveAnother(Bracket bracket) {
    if (bracket.lower() == null && bracket.upper() == null) {
      return 0;
    }
    long other = Math.max(bracket.missing(bracket.lower()), bracket.missing(bracket.upper()));
    return question.trials() - 1 + other + 1;
  }

  private static Optional<Try> suspicion(Bracket bracket, Turning turning) {
    return turning.suspicion().filter(next -> bracket.isAskable(next.ratePerS()));
  }

  /** A rate refuted below one that was sustained; then that one. */
  private static Optional<Try> contradiction(Bracket bracket) {
    RateLooks refuted = null;
    for (RateLooks rate : bracket.rates()) {
      if (refuted == null && rate.isRefuted()) {
        refuted = rate;
      } else if (refuted != null && rate.isSustained()) {
        for (RateLooks one : List.of(refuted, rate)) {
          if (!bracket.isFull(one) && bracket.isAskable(one.ratePerS())) {
            return Optional.of(new Try(one.ratePerS(), Purpose.AGAIN));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Try> mixed(Bracket bracket) {
    return bracket.mixedBelowCeiling().stream()
        .filter(rate -> !bracket.isFull(rate))
        .findFirst()
        .map(rate -> new Try(rate.ratePerS(), Purpose.AGAIN));
  }

  /** The first rate, or twice what was tried so far, where nothing above is a bound. */
  private Optional<Try> upwards(Bracket bracket) {
    long from = question.fromPerS();
    Long top = bracket.top();
    List<RateLooks> mixed = bracket.mixedBelowCeiling();
    if (bracket.lower() == null && mixed.isEmpty()) {
      return !bracket.isTold(from) && (top == null || from < top)
          ? Optional.of(new Try(from, Purpose.FIRST))
          : Optional.empty();
    }
    long base = highestOf(bracket.lower(), mixed);
    long next = base > highest / 2 ? highest : 2 * base;
    return bracket.upper() == null && base < highest && bracket.isAskable(next)
        ? Optional.of(new Try(next, Purpose.DOUBLED))
        : Optional.empty();
  }

  /** A rate between the bounds, where they are too far apart. */
  private Optional<Try> between(Bracket bracket) {
    RateLooks lower = bracket.lower();
    Long top = bracket.top();
    List<RateLooks> mixed = bracket.mixedBelowCeiling();
    if (isToBeConfirmed(bracket)) {
      return Optional.ofNullable(lower).map(one -> new Try(one.ratePerS(), Purpose.CONFIRMED));
    }
    Optional<Try> below =
        gap(
            lower == null ? null : lower.ratePerS(),
            mixed.isEmpty() ? top : (Long) mixed.get(0).ratePerS());
    return below.isPresent() || mixed.isEmpty()
        ? below
        : gap(mixed.get(mixed.size() - 1).ratePerS(), top);
  }

  /** Whether no rate was sustained more than once, and so none would show a drift. */
  private boolean isToBeConfirmed(Bracket bracket) {
    RateLooks lower = bracket.lower();
    if (lower == null
        || bracket.upper() == null
        || question.trials() < 2
        || !bracket.isAskable(lower.ratePerS())) {
      return false;
    }
    for (RateLooks rate : bracket.rates()) {
      if (rate.isSustained() && rate.trials() > 1) {
        return false;
      }
    }
    return true;
  }

  private Optional<Try> gap(@Nullable Long low, @Nullable Long high) {
    if (low == null
        || high == null
        || high <= low * (1 + question.precision()) * (1 + ROUNDING)
        || high - low < 2) {
      return Optional.empty();
    }
    long middle = Math.round(Math.sqrt((double) low * high));
    long inside = Math.max(low + 1, Math.min(high - 1, middle));
    return Optional.of(new Try(inside, Purpose.BISECTED));
  }

  /** A bound that was not tried often enough, the lower one first and again as the last one. */
  private static Optional<Try> bounds(Bracket bracket) {
    RateLooks lower = bracket.lower();
    RateLooks upper = bracket.upper();
    for (RateLooks bound : new RateLooks[] {lower, upper}) {
      if (bound != null && !bracket.isFull(bound) && bracket.isAskable(bound.ratePerS())) {
        return Optional.of(new Try(bound.ratePerS(), Purpose.BOUND));
      }
    }
    if (lower == null || !bracket.isAskable(lower.ratePerS())) {
      return Optional.empty();
    }
    int others = upper == null ? -1 : upper.last();
    for (RateLooks mixed : bracket.mixed()) {
      others = Math.max(others, mixed.last());
    }
    return lower.last() < others
        ? Optional.of(new Try(lower.ratePerS(), Purpose.LAST))
        : Optional.empty();
  }

  private static long highestOf(@Nullable RateLooks lower, List<RateLooks> mixed) {
    long base = lower == null ? 0 : lower.ratePerS();
    return mixed.isEmpty() ? base : Math.max(base, mixed.get(mixed.size() - 1).ratePerS());
  }
}
