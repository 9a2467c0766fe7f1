package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.write.Count;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.sentinel.SentinelLedger;

/**
 * One observer's side of a lane's ledger: what it knows of each sentinel. For one thread, but for
 * what is said to be for any.
 */
final class LaneView {
  private static final int LATER_ONES_LOOKED_AT = 64;

  private final SessionClockwork clockwork;
  private final SentinelLedger ledger;
  private final long[] neg;
  private final long[] pos;
  private final boolean[] polled;
  private final boolean[] shown;
  private final boolean[] done;

  /** Sequences below were taken over; any thread may read it. */
  private final Count takenOver = new Count();

  private long visible;
  private long taken;
  private long released;

  LaneView(SessionClockwork clockwork, SentinelLedger ledger) {
    this.clockwork = clockwork;
    this.ledger = ledger;
    int slots = ledger.capacity();
    neg = new long[slots];
    pos = new long[slots];
    polled = new boolean[slots];
    shown = new boolean[slots];
    done = new boolean[slots];
  }

  SentinelLedger ledger() {
    return ledger;
  }

  /** Looks at what was sent by now; returns how many of these are to be taken over. */
  long look() {
    visible = ledger.sent();
    return visible - taken;
  }

  /** Whether of those that the last look saw one is left to take over. */
  boolean hasNext() {
    return taken < visible;
  }

  /** When the next one to take over left. */
  long nextSendNanos() {
    return ledger.sendNanos(taken);
  }

  /** Takes the next one over, and tells other threads; returns its sequence. */
  long take() {
    int slot = ledger.slot(taken);
    polled[slot] = false;
    shown[slot] = false;
    done[slot] = false;
    taken++;
    takenOver.set(taken);
    return taken - 1;
  }

  /** The first sequence that was not taken over; for any thread. */
  long firstUntaken() {
    return takenOver.get();
  }

  /** Whether it was due in the measured time; for any thread. */
  boolean isMeasured(long sequence) {
    return ledger.intendedNanos(sequence) - clockwork.measuredFromNanos() >= 0;
  }

  /** A poll whose request was sent then did not see it. */
  void missed(long sequence, long requestNanos) {
    int slot = ledger.slot(sequence);
    neg[slot] = requestNanos;
    polled[slot] = true;
  }

  /** Whether it was asked for in vain. */
  boolean wasMissed(long sequence) {
    return polled[ledger.slot(sequence)];
  }

  /** When it was last asked for in vain, or sent where it never was. */
  long lastMissedNanos(long sequence) {
    int slot = ledger.slot(sequence);
    return polled[slot] ? neg[slot] : ledger.sendNanos(sequence);
  }

  /** It was there then. */
  void showed(long sequence, long posNanos) {
    int slot = ledger.slot(sequence);
    pos[slot] = posNanos;
    shown[slot] = true;
  }

  /** When it was there; of use once it showed. */
  long shownNanos(long sequence) {
    return pos[ledger.slot(sequence)];
  }

  /** Nothing more is asked of it. */
  void settled(long sequence) {
    done[ledger.slot(sequence)] = true;
  }

  /**
   * Whether so many are under way that the lane may soon have no room for another, which would keep
   * it from its schedule.
   */
  boolean isCrowded() {
    return taken - released > ledger.capacity() / 4;
  }

  /** Gives the lane the room of those that are settled, up to the first that is not. */
  void release(int reader) {
    long before = released;
    while (released < taken && done[ledger.slot(released)]) {
      released++;
    }
    if (released != before) {
      ledger.release(reader, released);
    }
  }

  /**
   * Whether a later one of the lane was there when this one was not: its reply had come when the
   * last poll that missed this one was sent.
   */
  boolean cameAfterALaterOne(long sequence) {
    long missed = Math.min(lastMissedNanos(sequence), shownNanos(sequence));
    long until = Math.min(taken, sequence + 1 + LATER_ONES_LOOKED_AT);
    for (long later = sequence + 1; later < until; later++) {
      int slot = ledger.slot(later);
      if (shown[slot] && pos[slot] - missed < 0) {
        return true;
      }
    }
    return false;
  }
}
