package io.syncanalyzer.capacity;

import io.syncanalyzer.capacity.Step.Found;
import io.syncanalyzer.result.capacity.CapacityEnding;
import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.figure.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a search has come to, and one sentence that says it. */
final class Endings {
  private final Bracket bracket;

  Endings(Bracket bracket) {
    this.bracket = bracket;
  }

  /** Nothing more is to be tried. */
  Found found(long highest) {
    RateLooks lower = bracket.lower();
    RateLooks upper = bracket.upper();
    if (upper != null && bracket.isFull(upper)) {
      if (lower != null) {
        return ended(CapacityEnding.FOUND, "Sustains " + bounds());
      }
      return bracket.mixed().isEmpty()
          ? ended(
              CapacityEnding.FROM_REFUTED,
              "Even " + rate(upper) + " were refuted (" + count(upper) + ")")
          : ended(
              CapacityEnding.UNDECIDED,
              "No rate was sustained each time; " + rate(upper) + " were refuted" + mixed());
    }
    Long ceiling = bracket.ceiling();
    if (ceiling != null) {
      return ended(
          CapacityEnding.GENERATOR,
          "The generator or the probe could not keep "
              + rate(ceiling)
              + (lower == null ? "" : "; sustains " + bounds()));
    }
    if (lower == null) {
      return ended(CapacityEnding.UNDECIDED, "No rate was sustained each time" + mixed());
    }
    return lower.ratePerS() >= highest
        ? ended(CapacityEnding.TO_SUSTAINED, "Sustains " + bounds() + ", the highest tried")
        : ended(CapacityEnding.FOUND, "Sustains " + bounds());
  }

  /** The time is over. */
  Found budget() {
    return ended(
        CapacityEnding.BUDGET,
        "The time allowed was over"
            + (bracket.lower() == null && bracket.upper() == null
                ? " before there was a bound"
                : "; by then it "
                    + (bracket.lower() == null ? "did not sustain " : "sustained ")
                    + bounds()
                    + asked()));
  }

  /** How many trials of a bound were asked for, where one that there is had fewer. */
  private String asked() {
    boolean enough =
        Stream.of(Optional.ofNullable(bracket.lower()), Optional.ofNullable(bracket.upper()))
            .flatMap(Optional::stream)
            .allMatch(bracket::isFull);
    return enough ? "" : "; " + bracket.trials() + " trials of a bound were asked for";
  }

  /** The pair has changed. */
  Found drift(boolean slower) {
    return new Found(
        new CapacityInterval(
            null,
            null,
            0,
            null,
            0,
            List.of(),
            CapacityEnding.DRIFT,
            slower
                ? "The pair became slower while it was searched: rates that were sustained before"
                    + " were refuted later."
                : "The pair became faster while it was searched: rates that were refuted before"
                    + " were sustained later."));
  }

  /** What the trials at the one rate that is asked about have come to. */
  static Found ofOneRate(RateLooks looks, int trials) {
    boolean isProven = looks.isSustained() && looks.trials() >= trials;
    CapacityEnding ending =
        looks.refuted() > 0
            ? CapacityEnding.AT_LEAST_REFUTED
            : isProven
                ? CapacityEnding.AT_LEAST_PROVEN
                : looks.trials() >= trials
                    ? CapacityEnding.UNDECIDED
                    : looks.invalidInARow() >= trials
                        ? CapacityEnding.GENERATOR
                        : CapacityEnding.BUDGET;
    String rate = rate(looks.ratePerS());
    String words =
        switch (ending) {
          case AT_LEAST_PROVEN -> "Sustains " + rate + " (" + count(looks) + ")";
          case AT_LEAST_REFUTED ->
              "Does not sustain "
                  + rate
                  + " (refuted in "
                  + looks.refuted()
                  + " of "
                  + Numbers.count(looks.trials(), "trial")
                  + ")";
          case GENERATOR -> "The generator or the probe could not keep " + rate;
          case BUDGET ->
              "The time allowed was over after "
                  + Numbers.count(looks.trials(), "trial")
                  + " at "
                  + rate;
          default -> "Whether it sustains " + rate + " is undecided (" + count(looks) + ")";
        };
    return new Found(
        new CapacityInterval(
            null,
            looks.isSustained() ? looks.ratePerS() : null,
            looks.isSustained() ? looks.trials() : 0,
            looks.isRefuted() ? looks.ratePerS() : null,
            looks.isRefuted() ? looks.trials() : 0,
            looks.isMixed() ? List.of(looks.ratePerS()) : List.of(),
            ending,
            words + "."));
  }

  private Found ended(CapacityEnding ending, String words) {
    RateLooks lower = bracket.lower();
    RateLooks upper = bracket.upper();
    return new Found(
        new CapacityInterval(
            null,
            lower == null ? null : lower.ratePerS(),
            lower == null ? 0 : lower.trials(),
            upper == null ? null : upper.ratePerS(),
            upper == null ? 0 : upper.trials(),
            bracket.mixed().stream().map(RateLooks::ratePerS).toList(),
            ending,
            words + "."));
  }

  /** {@code between 9,514 and 10,375 writes/s (4 and 3 trials)}, or the one that there is. */
  private String bounds() {
    RateLooks lower = bracket.lower();
    RateLooks upper = bracket.upper();
    String bounds =
        lower != null && upper != null
            ? "between "
                + Numbers.words(lower.ratePerS())
                + " and "
                + rate(upper)
                + (lower.trials() == upper.trials()
                    ? " (" + count(lower) + " each)"
                    : " (" + lower.trials() + " and " + count(upper) + ")")
            : lower != null
                ? rate(lower) + " (" + count(lower) + ")"
                : upper != null ? rate(upper) + " (" + count(upper) + ")" : "";
    return bounds + mixed();
  }

  /** The mixed rates, as the end of a sentence; empty without one. */
  private String mixed() {
    return bracket.mixed().isEmpty()
        ? ""
        : bracket.mixed().stream()
            .map(rate -> Numbers.words(rate.ratePerS()))
            .collect(Collectors.joining(", ", "; mixed: ", ""));
  }

  private static String rate(RateLooks rate) {
    return rate(rate.ratePerS());
  }

  private static String rate(long ratePerS) {
    return Numbers.count(ratePerS, "write") + "/s";
  }

  private static String count(RateLooks rate) {
    return Numbers.count(rate.trials(), "trial");
  }
}
