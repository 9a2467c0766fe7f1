package io.syncanalyzer.result.capacity;

import java.util.Locale;

/** What a trial says of its rate. */
public enum TrialOutcome {
  /** The replica kept up, by every rule. */
  SUSTAINED,
  /** It did not, by one rule at least. */
  REFUTED,
  /** What was measured allows neither to be said. */
  UNDECIDED,
  /** The generator or the probe was the limit: it says nothing of the replica. */
  INVALID;

  /** As a file has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The outcome of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TrialOutcome of(String label) {
    for (TrialOutcome outcome : values()) {
      if (outcome.label().equals(label)) {
        return outcome;
      }
    }
    throw new IllegalArgumentException("`" + label + "` is no outcome of a trial");
  }
}
