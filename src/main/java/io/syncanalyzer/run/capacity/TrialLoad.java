package io.syncanalyzer.run.capacity;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The load of the trials: begun at a rate, ended, and begun again at another. For one thread.
 *
 * <p>It says what went wrong with the generator; how much it wrote is what the source counted.
 */
sealed interface TrialLoad extends AutoCloseable permits PacedFork, MemtierTrials {
  /**
   * Begins to write.
   *
   * @param trial its number, from 1
   * @param writesPerS in all
   * @throws io.syncanalyzer.load.memtier.LoadFailure if the generator is gone for good, or cannot
   *     write at all: no further trial would tell more
   */
  void begin(int trial, long writesPerS) throws InterruptedException;

  /** Takes in, for about that time, what the generator says of itself. */
  void heed(Duration time) throws InterruptedException;

  /**
   * Commands per second that the generator says were answered in this trial, as far as it was
   * heeded; empty where it says nothing of that while it writes.
   */
  OptionalDouble claimedPerS();

  /** Whether what it sends may read too: then the source's reads are its own. */
  boolean reads();

  /** What is wrong with the trial's load so far, one line. */
  Optional<String> failure();

  /** Ends it at once; when this returns nothing more is written. */
  void end();

  /** Ends the generator; nothing of it is left running. */
  @Override
  void close();
}
