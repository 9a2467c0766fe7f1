package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.TrialOutcome;
import java.util.List;

/**
 * What a trial says of its rate, and why.
 *
 * @param outcome what it says
 * @param reason one line why it was not sustained; empty where it was
 */
public record TrialVerdict(TrialOutcome outcome, String reason) {
  static TrialVerdict of(TrialOutcome outcome, List<String> reasons) {
    return new TrialVerdict(outcome, String.join("; ", reasons));
  }
}
