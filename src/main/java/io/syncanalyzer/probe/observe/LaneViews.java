package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.List;

/**
 * All lanes as one observer sees them, in the order of sending over all of them. For one thread,
 * but for what is said to be for any.
 */
final class LaneViews {
  private final LaneView[] views;

  LaneViews(SessionClockwork clockwork, List<SentinelLedger> ledgers) {
    views = ledgers.stream().map(one -> new LaneView(clockwork, one)).toArray(LaneView[]::new);
  }

  int count() {
    return views.length;
  }

  /** How many sentinels all of them hold. */
  int slots() {
    int slots = 0;
    for (LaneView view : views) {
      slots += view.ledger().capacity();
    }
    return slots;
  }

  LaneView lane(int lane) {
    return views[lane];
  }

  /** The lane of an entry of {@link Outstanding}. */
  LaneView of(long entry) {
    return views[Outstanding.lane(entry)];
  }

  /** Looks at what was sent by now; returns how many of these are to be taken over. */
  long look() {
    long newest = 0;
    for (LaneView view : views) {
      newest += view.look();
    }
    return newest;
  }

  /** The lane whose next one to take over left first; −1 where there is none. */
  int first() {
    int first = -1;
    for (int lane = 0; lane < views.length; lane++) {
      if (views[lane].hasNext()
          && (first < 0 || views[lane].nextSendNanos() - views[first].nextSendNanos() < 0)) {
        first = lane;
      }
    }
    return first;
  }

  /** How many were sent and not taken over, as while an answer is waited for; for any thread. */
  long untaken() {
    long untaken = 0;
    for (LaneView view : views) {
      long first = view.firstUntaken(); // Read first, so that it is at most what was sent.
      untaken += view.ledger().sent() - first;
    }
    return untaken;
  }

  /** The measured ones among these: a lane sends in the order of the schedule. */
  long untakenMeasured() {
    long untaken = 0;
    for (LaneView view : views) {
      long first = view.firstUntaken();
      long end = view.ledger().sent();
      while (first < end && !view.isMeasured(first)) {
        first++;
      }
      untaken += end - first;
    }
    return untaken;
  }

  /** When the first measured one of these was acknowledged; 0 = none was; for any thread. */
  long oldestUntakenAckNanos() {
    long oldest = 0;
    for (LaneView view : views) {
      long next = view.firstUntaken();
      if (next < view.ledger().sent()
          && view.ledger().state(next) == State.ACKED
          && view.isMeasured(next)) {
        long ack = view.ledger().ackNanos(next);
        oldest = (oldest == 0 || ack - oldest < 0) ? ack : oldest;
      }
    }
    return oldest;
  }

  /** Gives the lanes the room of what is settled. */
  void release(int reader) {
    for (LaneView view : views) {
      view.release(reader);
    }
  }
}
