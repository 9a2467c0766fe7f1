package io.syncanalyzer.result.capacity;

import io.syncanalyzer.result.capacity.CapacityReport.Question;
import io.syncanalyzer.result.figure.Numbers;
import java.util.ArrayList;
import java.util.List;

/** What was asked, for people. */
public final class QuestionWords {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private QuestionWords() {}

  /** The limits on the lag: {@code p99 50 ms and max 1 s}; empty where there is none. */
  public static String limits(Question question) {
    List<String> limits = new ArrayList<>();
    if (question.maxLagP99Nanos() != null) {
      limits.add("p99 " + time(question.maxLagP99Nanos()));
    }
    if (question.maxLagNanos() != null) {
      limits.add("max " + time(question.maxLagNanos()));
    }
    return String.join(" and ", limits);
  }

  /** The same after {@code within}, with a blank before it; empty where there is none. */
  public static String within(Question question) {
    String limits = limits(question);
    return limits.isEmpty() ? "" : " within " + limits;
  }

  /**
   * What a test of it would be called: {@code sustains 1,000 writes/s or more within p99 50 ms}.
   */
  public static String claim(Question question) {
    return question.atLeastPerS() == null
        ? "sustains " + rate(question.fromPerS()) + " or more" + within(question)
        : "sustains " + rate(question.atLeastPerS()) + within(question);
  }

  /** The question in one sentence. */
  public static String of(Question question) {
    String trials =
        Numbers.count(question.trials(), "trial") + " of " + time(question.trialNanos());
    return question.atLeastPerS() == null
        ? "What is the highest rate that the replica sustains"
            + within(question)
            + "? From "
            + rate(question.fromPerS())
            + (question.toPerS() == null ? " up" : " to " + rate(question.toPerS()))
            + ", to within "
            + Numbers.plain(100 * question.precision())
            + " %, "
            + trials
            + " at each bound."
        : "Does the replica sustain "
            + rate(question.atLeastPerS())
            + within(question)
            + "? "
            + trials
            + ".";
  }

  /** A rate: {@code 41,200 writes/s}. */
  public static String rate(long perS) {
    return Numbers.words(perS) + " writes/s";
  }

  /** A time that was asked for, none of its digits left out: {@code 50 ms}, {@code 1.5 s}. */
  public static String time(long nanos) {
    return nanos < NANOS_PER_SECOND
        ? Numbers.plain(nanos / NANOS_PER_MILLI) + " ms"
        : Numbers.plain(nanos / NANOS_PER_SECOND) + " s";
  }
}
