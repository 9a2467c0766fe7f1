package io.syncanalyzer.probe;

import io.syncanalyzer.sentinel.SentinelLedger;

/** One observer's side of a lane's ledger: what it knows of each sentinel. For one thread. */
final class LaneView {
  private static final int LATER_ONES_LOOKED_AT = 64;

  final SentinelLedger ledger;
  final long[] neg;
  final long[] pos;
  final boolean[] polled;
  final boolean[] shown;
  final boolean[] done;

  /** Sequences below were taken over; any thread may read it. */
  final Count takenOver = new Count();

  long visible;
  long taken;
  long released;

  LaneView(SentinelLedger ledger) {
    this.ledger = ledger;
    int slots = ledger.capacity();
    neg = new long[slots];
    pos = new long[slots];
    polled = new boolean[slots];
    shown = new boolean[slots];
    done = new boolean[slots];
  }

  long headSend() {
    return ledger.sendNanos(taken);
  }

  /** Tells other threads how many were taken over. */
  void publish() {
    takenOver.set(taken);
  }

  void begin(long sequence) {
    int slot = ledger.slot(sequence);
    polled[slot] = false;
    shown[slot] = false;
    done[slot] = false;
  }

  /**
   * Whether so many are under way that the lane may soon have no room for another, which would keep
   * it from its schedule.
   */
  boolean isCrowded() {
    return taken - released > ledger.capacity() / 4;
  }

  void release(int reader) {
    long before = released;
    while (released < taken && done[ledger.slot(released)]) {
      released++;
    }
    if (released > before) {
      ledger.release(reader, released);
    }
  }

  /**
   * Whether a later one of the lane was there when this one was not: its reply had come when the
   * last poll that missed this one was sent.
   */
  boolean cameAfterALaterOne(long sequence, long negNanos) {
    long until = Math.min(taken, sequence + 1 + LATER_ONES_LOOKED_AT);
    for (long later = sequence + 1; later < until; later++) {
      int slot = ledger.slot(later);
      if (shown[slot] && pos[slot] - negNanos < 0) {
        return true;
      }
    }
    return false;
  }
}
