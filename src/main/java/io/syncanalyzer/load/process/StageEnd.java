package io.syncanalyzer.load.process;

import java.util.Optional;

/** How the processes of a stage came to their end. */
public sealed interface StageEnd {
  /** They ended by themselves. */
  record ByThemselves() implements StageEnd {}

  /** Whoever waited for them was interrupted. */
  record Interrupted() implements StageEnd {}

  /**
   * They had to be stopped.
   *
   * @param why one line
   */
  record Stopped(String why) implements StageEnd {}

  /** Why the load may not go on, one line; empty where they ended by themselves. */
  default Optional<String> cause() {
    if (this instanceof Stopped stopped) {
      return Optional.of(stopped.why());
    }
    return this instanceof Interrupted ? Optional.of("interrupted") : Optional.empty();
  }
}
