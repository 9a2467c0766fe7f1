package io.syncanalyzer.run.capacity;

import java.time.Duration;
import java.util.Optional;

/**
 * The load of the trials: begun at a rate, ended, and begun again at another. For one thread.
 *
 * <p>It says what went wrong with the generator; how much it wrote is what the source counted.
 */
sealed interface TrialLoad extends AutoCloseable permits PacedFork, MemtierTrials {
  /**
   * Begins to write; returns when the first writes have been answered, or it has failed.
   *
   * @param trial its number, from 1
   * @param writesPerS in all
   */
  void begin(int trial, long writesPerS) throws InterruptedException;

  /** Takes in, for about that time, what the generator says of itself. */
  void heed(Duration time) throws InterruptedException;

  /** What is wrong with the trial's load so far, one line. */
  Optional<String> failure();

  /** Ends it at once; when this returns nothing more is written. */
  void end();

  /** Ends the generator; nothing of it is left running. */
  @Override
  void close();
}
