package io.syncanalyzer.capacity;

import io.syncanalyzer.result.capacity.TrialOutcome;

/** What the trials at one rate came to. */
final class RateLooks {
  private final long ratePerS;
  private int sustained;
  private int refuted;
  private int undecided;
  private int invalidInARow;
  private int last = -1;

  RateLooks(long ratePerS) {
    this.ratePerS = ratePerS;
  }

  /** Takes in a trial, the {@code at}th of all. */
  void add(int at, TrialOutcome outcome) {
    invalidInARow = outcome == TrialOutcome.INVALID ? invalidInARow + 1 : 0;
    switch (outcome) {
      case SUSTAINED -> sustained++;
      case REFUTED -> refuted++;
      case UNDECIDED -> undecided++;
      case INVALID -> {
        return;
      }
    }
    last = at;
  }

  long ratePerS() {
    return ratePerS;
  }

  /** Trials that say something. */
  int trials() {
    return sustained + refuted + undecided;
  }

  /** Invalid trials since the last one that says something. */
  int invalidInARow() {
    return invalidInARow;
  }

  /** The place of the last trial that says something; -1 without one. */
  int last() {
    return last;
  }

  boolean isSustained() {
    return sustained > 0 && sustained == trials();
  }

  boolean isRefuted() {
    return refuted > 0 && refuted == trials();
  }

  boolean isMixed() {
    return trials() > 0 && !isSustained() && !isRefuted();
  }

  int refuted() {
    return refuted;
  }
}
