package io.syncanalyzer.probe.observe;

import io.syncanalyzer.sentinel.SentinelLedger.State;

/** Tells the tally how many are outstanding, and how old the oldest is. */
final class OutstandingCount {
  /** Where more are outstanding, nobody waits for the exact number. */
  private static final int COUNTED_ONE_BY_ONE = 4096;

  /** Beyond them nobody looks for the oldest that the source has acknowledged. */
  private static final int OLDEST_LOOKED_AT = 64;

  private final Outstanding outstanding;
  private final LaneViews views;
  private final ReplicaTally tally;
  private long measured;

  OutstandingCount(Outstanding outstanding, LaneViews views, ReplicaTally tally) {
    this.outstanding = outstanding;
    this.views = views;
    this.tally = tally;
  }

  void taken(LaneView view, long sequence) {
    measured += view.isMeasured(sequence) ? 1 : 0;
  }

  void settled(LaneView view, long sequence) {
    measured -= view.isMeasured(sequence) ? 1 : 0;
  }

  /**
   * Tells it.
   *
   * @param unanswered how many were seen and wait for their write's answer
   */
  void tell(int unanswered) {
    tally.awaited.set(awaited() + unanswered);
    tellOutstanding(unanswered);
  }

  /** The same while nobody can be asked: until then all of them are waited for. */
  void tellWhileNobodyAnswers(int unanswered) {
    tally.awaited.set(outstanding.size() + (long) unanswered);
    tellOutstanding(unanswered);
  }

  /** The end: nothing is outstanding any more. */
  void tellNone() {
    tally.awaited.set(0);
    tally.outstanding.set(0);
    tally.outstandingMeasured.set(0);
    tally.oldestAckNanos.set(0);
  }

  private void tellOutstanding(int unanswered) {
    tally.outstanding.set(outstanding.size() + (long) unanswered);
    tally.outstandingMeasured.set(measured);
    noteOldest();
  }

  /** How many may still come: of a write without an answer, or that failed, nobody knows. */
  private long awaited() {
    int size = outstanding.size();
    if (size > COUNTED_ONE_BY_ONE) {
      return size;
    }
    long awaited = 0;
    for (int place = 0; place < size; place++) {
      long entry = outstanding.at(place);
      int state = views.of(entry).ledger().state(Outstanding.sequence(entry));
      awaited += state == State.UNKNOWN || state == State.FAILED ? 0 : 1;
    }
    return awaited;
  }

  /** What the oldest one's lower bound grows from: those behind it left later. */
  private void noteOldest() {
    long ack = 0;
    int looked = Math.min(outstanding.size(), OLDEST_LOOKED_AT);
    for (int place = 0; place < looked && ack == 0; place++) {
      long entry = outstanding.at(place);
      LaneView view = views.of(entry);
      long sequence = Outstanding.sequence(entry);
      if (view.ledger().state(sequence) == State.ACKED && view.isMeasured(sequence)) {
        ack = view.ledger().ackNanos(sequence);
        tally.oldestMissedNanos.set(view.lastMissedNanos(sequence));
      }
    }
    tally.oldestAckNanos.set(ack);
  }
}
