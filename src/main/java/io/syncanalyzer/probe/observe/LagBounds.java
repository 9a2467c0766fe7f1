package io.syncanalyzer.probe.observe;

/**
 * Between which bounds the lag of one sentinel lies: the theorem, on times alone.
 *
 * <p>All times are of one monotonic clock. The source applied the write between {@code send} and
 * {@code ack}; the replica showed it after {@code neg} (when the request of the last poll that did
 * not see it was sent; its send where it was never asked for) and by {@code pos} (when the reply,
 * or the push, that showed it arrived). So the true lag is at most pos − send and at least neg −
 * ack, and never below nothing.
 *
 * <p>One never seen has a lower bound too. Each answer that does not show it raises it; so does a
 * replica that gives no answer, for what nobody can read nobody has: then until the observation
 * ended. It has no upper bound.
 */
final class LagBounds {
  /** Nobody was silent. */
  static final long NOT_SILENT = Long.MIN_VALUE;

  private LagBounds() {}

  /** At most this: from its send until it was there. */
  static long upper(long send, long pos) {
    return pos - send;
  }

  /** At least this: from its acknowledgement until it was last asked for in vain. */
  static long lower(long ack, long neg, long pos) {
    return Math.max(0, Math.min(neg - ack, pos - ack));
  }

  /**
   * At least this, of one never seen.
   *
   * @param silentUntil until when the replica is known to have given no answer; {@link #NOT_SILENT}
   *     where it answered to the last
   */
  static long lowerUnseen(long ack, long neg, long silentUntil) {
    long answered = Math.max(0, neg - ack);
    return silentUntil == NOT_SILENT ? answered : Math.max(answered, silentUntil - ack);
  }
}
