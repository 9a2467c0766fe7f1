package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.Lags;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.sentinel.SentinelLedger.State;

/** What follows from a sentinel that was seen. */
final class Sightings {
  private final SessionClockwork clockwork;
  private final Lags lags;
  private final ReplicaTally tally;
  private long blindUntil;
  private boolean everBlind;

  /** Since when nothing was seen while something was outstanding. */
  private long nothingSince;

  private long lastUpperNanos;

  Sightings(SessionClockwork clockwork, Lags lags, ReplicaTally tally) {
    this.clockwork = clockwork;
    this.lags = lags;
    this.tally = tally;
  }

  /** Nothing was outstanding, and one was sent then. */
  void outstandingSince(long sendNanos) {
    nothingSince = sendNanos;
  }

  /**
   * Nobody could look until that moment, and not for any fault of the replica: what turns out to
   * have come meanwhile says nothing of its lag.
   */
  void wasBlindUntil(long nanos) {
    everBlind = true;
    blindUntil = nanos;
    nothingSince = nanos;
  }

  /** It was there then. */
  void seen(LaneView view, long sequence, long pos) {
    view.showed(sequence, pos);
    lastUpperNanos = LagBounds.upper(view.ledger().sendNanos(sequence), pos);
    if (view.isMeasured(sequence)) {
      tally.lastSeenNanos.set(pos);
      noteGap(pos);
      if (!cameUnseen(view, sequence)) {
        tally.longestStalenessNanos.raiseTo(lastUpperNanos);
      }
    }
    nothingSince = pos;
  }

  /** Something is outstanding, and nothing has been seen for so long, up to now. */
  void noteGap(long now) {
    tally.longestGapNanos.raiseTo(now - Math.max(nothingSince, clockwork.measuredFromNanos()));
  }

  /**
   * How far behind the replica seems to be: by the oldest one's age, but that one may never come:
   * then by those that do, or by how long none has.
   */
  long lagNanos(long oldestSendNanos) {
    long now = clockwork.now();
    return Math.min(now - oldestSendNanos, Math.max(lastUpperNanos, now - nothingSince));
  }

  /**
   * Records one that was seen.
   *
   * @return false while its write has no answer: then not yet
   */
  boolean record(LaneView view, long sequence) {
    int state = view.ledger().state(sequence);
    if (state == State.SENT) {
      return false;
    }
    if (view.isMeasured(sequence)) {
      if (state == State.UNKNOWN) {
        tally.unknownSeen.add(1);
      } else if (state == State.ACKED) {
        tally.observed.add(1);
        recordLag(view, sequence);
      }
    }
    return true;
  }

  private void recordLag(LaneView view, long sequence) {
    if (cameUnseen(view, sequence)) {
      tally.seenAfterOutage.add(1);
      return;
    }
    long send = view.ledger().sendNanos(sequence);
    long pos = view.shownNanos(sequence);
    long neg = view.lastMissedNanos(sequence);
    lags.record(
        clockwork.steps().at(send),
        LagBounds.upper(send, pos),
        LagBounds.lower(view.ledger().ackNanos(sequence), neg, pos),
        pos - view.ledger().intendedNanos(sequence));
    if (view.cameAfterALaterOne(sequence)) {
      tally.outOfOrder.add(1);
    }
  }

  /** Whether a sentinel came at a time unknown while the probe could not look. */
  private boolean cameUnseen(LaneView view, long sequence) {
    return everBlind
        && view.lastMissedNanos(sequence) - blindUntil < 0
        && view.shownNanos(sequence) - blindUntil >= 0;
  }
}
