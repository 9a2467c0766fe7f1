package io.syncanalyzer.probe.write;

import io.syncanalyzer.sentinel.SentinelLedger;

/** One observer's side of a lane's ledger: what it knows of each sentinel. For one thread. */
public final class LaneView {
  private static final int LATER_ONES_LOOKED_AT = 64;

  public final SentinelLedger ledger;
  public final long[] neg;
  public final long[] pos;
  public final boolean[] polled;
  public final boolean[] shown;
  public final boolean[] done;

  /** Sequences below were taken over; any thread may read it. */
  public final Count takenOver = new Count();

  public long visible;
  public long taken;
  long released;

  public LaneView(SentinelLedger ledger) {
    this.ledger = ledger;
    int slots = ledger.capacity();
    neg = new long[slots];
    pos = new long[slots];
    polled = new boolean[slots];
    shown = new boolean[slots];
    done = new boolean[slots];
  }

  public long headSend() {
    return ledger.sendNanos(taken);
  }

  /** Tells other threads how many were taken over. */
  public void publish() {
    takenOver.set(taken);
  }

  public void begin(long sequence) {
    int slot = ledger.slot(sequence);
    polled[slot] = false;
    shown[slot] = false;
    done[slot] = false;
  }

  /**
   * Whether so many are under way that the lane may soon have no room for another, which would keep
   * it from its schedule.
   */
  public boolean isCrowded() {
    return taken - released > ledger.capacity() / 4;
  }

  public void release(int reader) {
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
  public boolean cameAfterALaterOne(long sequence, long negNanos) {
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
