package io.syncanalyzer.result.capacity;

import io.syncanalyzer.result.capacity.CapacityReport.Question;
import io.syncanalyzer.result.figure.Numbers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a replica sustains, for people. */
public final class IntervalWords {
  private static final Pattern RATES = Pattern.compile("writes?/s");

  private IntervalWords() {}

  /** The interval's own sentence with a full stop, after the replica's name where it has one. */
  public static String sentence(CapacityInterval interval) {
    return sentence(clause(interval));
  }

  private static String sentence(String clause) {
    return clause.isEmpty()
        ? ""
        : Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
  }

  /** The same to stand within another sentence: without its full stop, and beginning small. */
  public static String clause(CapacityInterval interval) {
    String words = interval.words().strip().replaceFirst("[.\\s]+$", "");
    String small =
        words.isEmpty() ? words : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    return interval.replica() == null ? small : "on " + interval.replica() + ": " + small;
  }

  /** The sentences of the replicas of which it was found, with the limits that hold there. */
  public static String found(CapacityReport capacity) {
    String within = QuestionWords.within(capacity.question());
    return capacity.intervals().stream()
        .filter(one -> Boolean.TRUE.equals(capacity.answer(one)))
        .map(IntervalWords::clause)
        .map(words -> sentence(words.contains(within) ? words : placed(words, within)))
        .collect(Collectors.joining(" "));
  }

  /** After the rates, where there are such. */
  private static String placed(String words, String within) {
    Matcher rates = RATES.matcher(words);
    return rates.find()
        ? words.substring(0, rates.end()) + within + words.substring(rates.end())
        : words + "," + within;
  }

  /** What the interval means, and what to do where it says too little. */
  public static String meaning(CapacityInterval interval, Question question) {
    return switch (interval.ending()) {
      case FOUND ->
          between(interval)
              + (interval.mixedPerS().isEmpty()
                  ? ""
                  : " Mixed are rates between that were sustained in some trials and not in"
                      + " others.");
      case TO_SUSTAINED ->
          "It kept up at the highest rate that was allowed: how much more it takes is not known."
              + " Give a higher --to, or none.";
      case FROM_REFUTED ->
          "It did not keep up at the lowest rate that was tried: give a lower --from"
              + (QuestionWords.limits(question).isEmpty() ? "." : ", or a limit that it can keep.");
      case AT_LEAST_PROVEN -> "It kept up in each trial at that rate.";
      case AT_LEAST_REFUTED ->
          "It did not keep up in one trial at least: without --at-least the rate that it does"
              + " sustain is searched for.";
      case BUDGET ->
          (interval.provenPerS() == null && interval.refutedPerS() == null
                  ? "Neither a rate that it sustains nor one that it does not was proven in time."
                  : between(interval) + soFew(interval, question.trials()))
              + " The time allowed was over: give more --max-time, or go on with --resume.";
      case GENERATOR ->
          (interval.provenPerS() == null ? "" : between(interval) + " ")
              + "The load, or the probe, was the limit, not the replica: write from another"
              + " machine, or with more --load-threads.";
      case DRIFT ->
          "The same rate was sustained at one time and not at another, so no interval holds: see"
              + " what else those machines did meanwhile (other clients, saving to disk, a noisy"
              + " neighbour), and search again.";
      case UNDECIDED ->
          "Neither bound came out the same in each trial: longer trials (--trial) tell more, and a"
              + " quieter pair.";
      case UNFINISHED -> "It did not come to its end: --resume goes on from these trials.";
    };
  }

  /** By how many trials that is, where more were asked for; empty where there were as many. */
  private static String soFew(CapacityInterval interval, int trials) {
    if (!interval.isShort(trials)) {
      return "";
    }
    boolean both = interval.provenPerS() != null && interval.refutedPerS() != null;
    String tried =
        both
            ? interval.provenTrials() + " and " + Numbers.count(interval.refutedTrials(), "trial")
            : Numbers.count(interval.provenTrials() + interval.refutedTrials(), "trial");
    return " That is by " + tried + "; " + trials + (both ? " of each" : "") + " were asked for.";
  }

  private static String between(CapacityInterval interval) {
    Long proven = interval.provenPerS();
    Long refuted = interval.refutedPerS();
    if (proven == null) {
      return refuted == null
          ? ""
          : "At " + QuestionWords.rate(refuted) + " it did not keep up; no rate was proven.";
    }
    return refuted == null
        ? "At "
            + QuestionWords.rate(proven)
            + " it kept up in each trial; no rate was refuted, so it may take more."
        : "Up to "
            + QuestionWords.rate(proven)
            + " it kept up in each trial, at "
            + QuestionWords.rate(refuted)
            + " in none: its capacity lies between, and where is not known.";
  }
}
