package io.syncanalyzer.verify.partition;

import java.util.concurrent.TimeUnit;

/**
 * How often slots that moved or nodes that were lost are verified again, and how long is waited.
 *
 * @param most so many attempts of the same slots
 * @param stepNanos what pauses are made of
 * @param ownerNanos how long slots may be without a node that answers for them
 */
record Tries(int most, long stepNanos, long ownerNanos) {
  /** In steps, before the second attempt and those that follow. */
  private static final int[] PAUSES = {0, 1, 3, 10, 20};

  /** As users have it. */
  static Tries within(long timeoutNanos) {
    return new Tries(6, TimeUnit.MILLISECONDS.toNanos(200), 3 * timeoutNanos);
  }

  /** How long to wait before an attempt. */
  long pauseNanos(int attempt) {
    return stepNanos * PAUSES[Math.max(0, Math.min(PAUSES.length - 1, attempt - 2))];
  }

  /** How many slots a partition has at most when its slots are verified that often. */
  static int mostSlots(int attempt) {
    return Math.max(1, PartitionPlan.MOST_SLOTS >> (2 * (attempt - 1)));
  }
}
