package io.syncanalyzer.report.screen;

import io.syncanalyzer.result.capacity.QuestionWords;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialWords;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.load.RateKept;

/** A search for capacity in lines, while it goes on. */
public final class CapacityWords {
  private CapacityWords() {}

  /**
   * A trial that has ended: {@code trial 8: 45,255 writes/s: refuted, the p99 lag is …; p99 0.91 ..
   * 61.30 ms}.
   */
  public static String trial(Trial trial) {
    StringBuilder line = new StringBuilder("trial ").append(trial.trial());
    if (trial.replica() != null) {
      line.append(" on ").append(trial.replica());
    }
    line.append(": ").append(QuestionWords.rate(trial.rate().askedPerS()));
    String missed = missed(trial);
    if (!missed.isEmpty()) {
      line.append(" (").append(missed).append(" reached)");
    }
    line.append(": ").append(trial.outcome().label());
    if (!trial.reason().isEmpty()) {
      line.append(", ").append(trial.reason());
    }
    String p99 = TrialWords.p99(trial);
    return line.append(p99.isEmpty() ? "" : "; p99 " + p99 + " ms").toString();
  }

  /** The rate reached where it is not the one that was asked for. */
  private static String missed(Trial trial) {
    Double achieved = trial.rate().achievedPerS();
    return achieved == null || achieved >= RateKept.ENOUGH * trial.rate().askedPerS()
        ? ""
        : Numbers.words(Math.round(achieved));
  }
}
