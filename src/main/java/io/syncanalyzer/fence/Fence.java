package io.syncanalyzer.fence;

import java.time.Duration;

/**
 * Proof, as often as asked, that the replica has applied all that the source had at a moment.
 *
 * <p>A fence holds connections of its own and belongs to one thread, save {@link #close}, which any
 * thread may call to end a wait. Made by {@link Fences#choose}.
 */
public sealed interface Fence extends AutoCloseable permits OffsetFence, SentinelFence, NoFence {
  /** What it goes by and why, in one line. */
  String description();

  /**
   * Waits until the replica has everything that the source had when this was called.
   *
   * <p>Interruptible: ends with a {@link FenceFailure} of kind {@code INTERRUPTED}, the interrupt
   * flag set, within a tenth of a second.
   *
   * @param meanwhile told at each look that the replica does not have it yet
   * @throws FenceFailure of kind {@code NOT_FOLLOWING} or {@code BEHIND} when {@code timeout} runs
   *     out
   * @throws io.syncanalyzer.redis.RedisFailure if a server is lost
   */
  FencePassage pass(Duration timeout, Meanwhile meanwhile);

  /** As {@link #pass(Duration, Meanwhile)}, with nothing to do meanwhile. */
  default FencePassage pass(Duration timeout) {
    return pass(timeout, Meanwhile.NOTHING);
  }

  /**
   * Stops writes to the source for at most {@code limit} ({@code CLIENT PAUSE … WRITE}, which also
   * stops expiry and eviction) and waits until the replica has everything. Call {@link #unpause}
   * afterwards, whatever happens; the server ends the pause by itself when the limit is over.
   *
   * @throws FenceFailure as {@link #pass}, and of kind {@code REFUSED} where pausing is not allowed
   */
  FencePassage passPaused(Duration limit);

  /**
   * Ends the pause at once; never throws, and works from the fence's own thread even after {@link
   * #close}.
   */
  void unpause();

  /** What whoever waits at a fence has to do there, on the waiting thread. */
  @FunctionalInterface
  interface Meanwhile {
    /** Nothing. */
    Meanwhile NOTHING = how -> {};

    /**
     * The replica was looked at, and does not have everything.
     *
     * @param how what is missing, in words
     */
    void waiting(String how);
  }

  /** Makes sure that its connections are there, so that a passage is not held up by that. */
  default void keepAwake() {}

  /** Whether it proves anything: false for two stores at rest. */
  default boolean proves() {
    return true;
  }

  /** Removes what it wrote, and disconnects. */
  @Override
  void close();
}
