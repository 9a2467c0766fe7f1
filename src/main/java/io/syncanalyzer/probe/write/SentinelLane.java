package io.syncanalyzer.probe.write;

import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.sentinel.SentinelType;

/**
 * One thread's way of writing sentinels: {@link #awaitDue} (pacing, not to be timed), then {@link
 * #write} (to be timed), again and again.
 *
 * <p>One thread at a time uses a lane.
 */
public interface SentinelLane {
  /** What this lane's sentinels are. */
  SentinelType type();

  /**
   * Takes the next sentinel of the type's schedule and waits until it is due; returns at once where
   * that is past. A sentinel taken and not written is kept for the next call. Makes the connection
   * anew where it was lost, for as long as the source's timeout.
   *
   * @return false when the schedule is over, the session finished or the thread interrupted
   */
  boolean awaitDue();

  /**
   * Writes the sentinel that is due, on the lane's own connection, and waits for the reply.
   *
   * @throws ProbeFailure on an error reply, a timeout or a lost connection, after it is accounted
   *     for; the lane stays usable
   * @throws IllegalStateException if {@link #awaitDue} has not returned true since the last write
   */
  void write();

  /** When the last written sentinel was due, on the session's clock. */
  long lastIntendedNanos();

  /** When the last written sentinel left. */
  long lastSendNanos();

  /** When the last written sentinel's reply, timeout or failure came. */
  long lastAckNanos();
}
