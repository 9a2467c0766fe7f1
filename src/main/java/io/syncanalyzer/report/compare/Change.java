package io.syncanalyzer.report.compare;

/** How a figure changed. */
public enum Change {
  BETTER,
  WORSE,
  /** The same number throughout, or no further apart than {@link ComparedRow#SAME_PERCENT}. */
  SAME,
  /**
   * One of them is open and the other lies within it, or both are capacities with rates in common:
   * which is more cannot be told.
   */
  OVERLAP,
  /** It may be better, worse or the same: the runs differ too much among themselves. */
  UNDECIDED,
  /** So few runs can tell no difference, however large. */
  NOT_ENOUGH_RUNS,
  /** Not known on one side. */
  UNKNOWN;

  /** Whether it is left open for want of runs, so that more of them may tell. */
  boolean wantsRuns() {
    return this == UNDECIDED || this == NOT_ENOUGH_RUNS;
  }
}
