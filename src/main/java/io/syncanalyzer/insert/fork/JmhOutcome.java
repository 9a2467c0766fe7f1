package io.syncanalyzer.insert.fork;

/** How JMH's own command line ended. */
public enum JmhOutcome {
  /** It did what was asked. */
  DONE,
  /** The arguments were wrong; nothing was run. */
  USAGE,
  /** A benchmark, or all of it, could not run. */
  FAILED,
  /** The user ended it. */
  INTERRUPTED
}
