package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.Lags;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import org.jspecify.annotations.Nullable;

/** When a sentinel is waited for no longer, and what is known of one that was never seen. */
final class Censoring {
  private final SessionClockwork clockwork;
  private final long timeoutNanos;
  private final Lags lags;
  private final Silence silence;
  private final ReplicaTally tally;
  private @Nullable GivenUp givenUp;

  Censoring(
      SessionClockwork clockwork,
      long timeoutNanos,
      Lags lags,
      Silence silence,
      ReplicaTally tally) {
    this.clockwork = clockwork;
    this.timeoutNanos = timeoutNanos;
    this.lags = lags;
    this.silence = silence;
    this.tally = tally;
  }

  /**
   * Gives up one that has not been seen, if its time is over: one whose write failed at once, one
   * that the source acknowledged so long after that, one whose write has no answer so long after
   * its send.
   *
   * @param ackedAt until when one that was acknowledged was missed
   * @param unknownAt the same of one whose write has no answer
   * @param silentUntil until when the replica is known to have given no answer
   * @return whether it is given up
   */
  boolean givesUp(LaneView view, long sequence, long ackedAt, long unknownAt, long silentUntil) {
    return switch (view.ledger().state(sequence)) {
      case State.FAILED -> true;
      case State.UNKNOWN -> unknownAt - view.ledger().sendNanos(sequence) > timeoutNanos;
      case State.ACKED -> {
        boolean over = ackedAt - view.ledger().ackNanos(sequence) >= timeoutNanos;
        if (over) {
          censor(view, sequence, silentUntil);
        }
        yield over;
      }
      default -> false;
    };
  }

  /** One that was acknowledged and is not waited for any longer. */
  void censor(LaneView view, long sequence, long silentUntil) {
    if (!view.isMeasured(sequence)) {
      return;
    }
    tally.censored.add(1);
    long send = view.ledger().sendNanos(sequence);
    long ack = view.ledger().ackNanos(sequence);
    long missed = view.lastMissedNanos(sequence);
    int step = clockwork.steps().at(send);
    long now = clockwork.now();
    long stayedAway = LagBounds.lowerUnseen(ack, missed, silentUntil);
    if (givenUp != null) {
      long ifTheReplicas = LagBounds.lowerUnseen(ack, missed, silence.untilIfTheReplicas(now));
      givenUp.add(step, ifTheReplicas, stayedAway, now - send);
      return;
    }
    tally.longestStalenessNanos.raiseTo(now - send);
    lags.recordUnseen(step, stayedAway);
  }

  /** The connection is gone: what is given up from now on waits for whose fault that was. */
  void outOfReach() {
    givenUp = new GivenUp();
  }

  /** It is known whose fault it was, or that it never will be: that proves nothing either. */
  void outOfReachIsSettled(boolean replicasSilence) {
    GivenUp settled = givenUp;
    givenUp = null;
    if (settled != null) {
      settled.settle(replicasSilence, lags, tally);
    }
  }
}
