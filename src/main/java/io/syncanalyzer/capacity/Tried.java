package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.Objects;

/**
 * A trial as the search knows it.
 *
 * @param ratePerS writes per second that were asked for
 * @param outcome what it says of that rate
 */
public record Tried(long ratePerS, TrialOutcome outcome) {
  public Tried {
    Objects.requireNonNull(outcome, "outcome is null");
    if (ratePerS < 1) {
      throw new IllegalArgumentException("a trial at no rate: " + ratePerS);
    }
  }

  /** A row of {@code capacity.csv}, as the search knows it. */
  public static Tried of(Trial trial) {
    return new Tried(trial.rate().askedPerS(), trial.outcome());
  }
}
