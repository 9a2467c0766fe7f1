package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.CapacityInterval;
import io.syncanalyzer.result.capacity.CapacityReport.Question;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions and histories in short. */
final class Histories {
  private Histories() {}

  /** From 1,000 to a precision of 10 %, each bound three times. */
  static Question question() {
    return question(1_000, null, null, 0.1, 3);
  }

  static Question question(
      long from, @Nullable Long to, @Nullable Long atLeast, double precision, int trials) {
    return new Question(
        from,
        to,
        atLeast,
        precision,
        trials,
        15_000_000_000L,
        50_000_000L,
        null,
        0,
        1L,
        null,
        100,
        "jmh",
        1);
  }

  /** {@code 1000+ 2000-}: sustained +, refuted -, undecided ?, invalid !. */
  static List<Tried> trials(@Nullable String words) {
    List<Tried> trials = new ArrayList<>();
    for (String word : words == null ? new String[0] : words.trim().split("\\s+", -1)) {
      int end = word.length() - 1;
      TrialOutcome outcome =
          switch (word.charAt(end)) {
            case '+' -> TrialOutcome.SUSTAINED;
            case '-' -> TrialOutcome.REFUTED;
            case '?' -> TrialOutcome.UNDECIDED;
            default -> TrialOutcome.INVALID;
          };
      trials.add(new Tried(Long.parseLong(word.substring(0, end)), outcome));
    }
    return trials;
  }

  /** {@code 2000 doubled}, or {@code FOUND 9514x4 10375x3 [9900]}. */
  static String words(Step step) {
    if (step instanceof Step.Try next) {
      return next.ratePerS() + " " + next.why().label();
    }
    CapacityInterval found = ((Step.Found) step).interval();
    return found.ending()
        + " "
        + (found.provenPerS() == null ? "none" : found.provenPerS() + "x" + found.provenTrials())
        + " "
        + (found.refutedPerS() == null ? "none" : found.refutedPerS() + "x" + found.refutedTrials())
        + (found.mixedPerS().isEmpty() ? "" : " " + found.mixedPerS());
  }
}
