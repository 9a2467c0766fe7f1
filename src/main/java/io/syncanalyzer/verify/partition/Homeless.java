package io.syncanalyzer.verify.partition;

import io.syncanalyzer.redis.topology.SlotRange;
import io.syncanalyzer.redis.topology.SlotSet;
import org.jspecify.annotations.Nullable;

/**
 * Slots whose nodes are to be found again.
 *
 * @param from the partition that they were of, as it was begun last
 * @param slots which of its slots
 * @param moved which of them moved
 * @param why how it ended; null where its nodes changed after it had ended well, or before it began
 * @param attempt the attempt that comes
 * @param dueNanos not before
 * @param endNanos until when a node must be found
 */
record Homeless(
    Partition from,
    SlotRange slots,
    SlotSet moved,
    @Nullable Ended why,
    int attempt,
    long dueNanos,
    long endNanos) {
  /** The same at a later moment. */
  Homeless later(long nanos) {
    return new Homeless(from, slots, moved, why, attempt, nanos, endNanos);
  }

  /** A part of it, under another number. */
  Homeless of(SlotRange some, int number) {
    return new Homeless(from.of(some, number), some, moved, why, attempt, dueNanos, endNanos);
  }
}
