package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.Count;
import java.util.concurrent.TimeUnit;

/**
 * Whether a replica that has been asked gives no answer, and since when. The observer tells what it
 * asks and hears; any thread may ask.
 *
 * <p>An answer on its way is no silence: that begins where it is overdue, by several of its last
 * round trips and at least a tenth of a second. And what is silent now may have answered a round
 * trip ago, so that much is taken off. A connection that ended may have done so alone: until it is
 * known whose fault that was, it proves no silence.
 */
final class Silence {
  private static final long NOTHING_ASKED = 0;
  private static final long OVERDUE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int OVERDUE_ROUND_TRIPS = 4;

  /** When the answer that is waited for was asked for, or the one before it came. */
  private final Count waitingSince = new Count(NOTHING_ASKED);

  private final Count roundTrip = new Count();

  /** Whether nobody knows yet if it is silent, or the way to it is gone. */
  private volatile boolean inDoubt;

  /** A question is about to leave. */
  void asked(long nanos) {
    waitingSince.set(nanos == NOTHING_ASKED ? 1 : nanos);
  }

  /**
   * It is out of reach, since then: where nothing was asked yet, that is as good as asked.
   *
   * @param mayBeOurs whether it may be the connection alone that is gone: then it proves nothing
   */
  void lost(long nanos, boolean mayBeOurs) {
    inDoubt = mayBeOurs; // First: another thread must not read it as proved in between.
    if (waitingSince.get() == NOTHING_ASKED) {
      asked(nanos);
    }
  }

  /** It is known now to be the replica's own silence. */
  void isTheReplicas() {
    inDoubt = false;
  }

  /** One of several answers came. */
  void heard(long nanos) {
    asked(nanos);
  }

  /** The last of them came. */
  void answered(long roundTripNanos) {
    roundTrip.set(roundTripNanos);
    waitingSince.set(NOTHING_ASKED);
  }

  /** It can be reached anew: what was asked before will have no answer, and is asked again. */
  void over() {
    waitingSince.set(NOTHING_ASKED);
    inDoubt = false;
  }

  /**
   * Until when it is known to have given none; {@link LagBounds#NOT_SILENT} while it answers, and
   * while nobody knows that it does not.
   */
  long until(long now) {
    return inDoubt ? LagBounds.NOT_SILENT : untilIfTheReplicas(now);
  }

  /** The same if it should turn out that it was the replica that was silent. */
  long untilIfTheReplicas(long now) {
    long since = waitingSince.get();
    long usual = roundTrip.get();
    return since == NOTHING_ASKED
            || now - since <= Math.max(OVERDUE_NANOS, OVERDUE_ROUND_TRIPS * usual)
        ? LagBounds.NOT_SILENT
        : now - usual;
  }
}
