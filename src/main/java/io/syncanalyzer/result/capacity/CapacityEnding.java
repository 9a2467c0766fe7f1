package io.syncanalyzer.result.capacity;

import java.util.Locale;

/** Why a search ended. */
public enum CapacityEnding {
  /** The interval is as narrow as was asked for, or as the pair allows. */
  FOUND,
  /** The highest rate that may be tried was sustained: there is no upper bound. */
  TO_SUSTAINED,
  /** Even the lowest rate was refuted: there is no lower bound. */
  FROM_REFUTED,
  /** The rate asked about was sustained each time. */
  AT_LEAST_PROVEN,
  /** The rate asked about was refuted once at least. */
  AT_LEAST_REFUTED,
  /** The time allowed was over: the interval is what it was by then. */
  BUDGET,
  /** The generator, or the probe, reached its own limit first. */
  GENERATOR,
  /** The pair changed while it was measured, so that no interval holds. */
  DRIFT,
  /** No rate was sustained each time, or refuted each time, so that there is no bound. */
  UNDECIDED,
  /** It did not come to its end. */
  UNFINISHED;

  /** As a file has it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
