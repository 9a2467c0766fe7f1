package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.write.LaneView;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one observer knows of the sentinels under way, and the conclusions it draws: seen, censored,
 * failed, or still outstanding. For one thread; allocates nothing.
 */
final class Arrivals {
  /** Where more are outstanding, nobody waits for the exact number. */
  private static final int COUNTED_ONE_BY_ONE = 4096;

  /** Beyond them nobody looks for the oldest that the source has acknowledged. */
  private static final int OLDEST_LOOKED_AT = 64;

  private final SessionClockwork clockwork;
  private final int reader;
  private final long timeoutNanos;
  private final LagRecorder recorder;
  private final Pushes pushes;
  private final Silence silence;
  private final ReplicaTally tally;
  private final LaneView[] views;
  private final Outstanding outstanding;
  private final long[] unanswered;
  private int unansweredCount;
  private long measuredCount;
  private long lastUpperNanos;
  private long waitingSince;
  private boolean waiting;
  private long blindUntil;
  private boolean everBlind;
  private @Nullable GivenUp givenUp;

  Arrivals(
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      int reader,
      long timeoutNanos,
      LagRecorder recorder,
      Pushes pushes,
      Silence silence,
      ReplicaTally tally) {
    this.clockwork = clockwork;
    this.reader = reader;
    this.timeoutNanos = timeoutNanos;
    this.recorder = recorder;
    this.pushes = pushes;
    this.silence = silence;
    this.tally = tally;
    this.views = new LaneView[lanes.size()];
    int slots = 0;
    for (int lane = 0; lane < views.length; lane++) {
      views[lane] = new LaneView(lanes.get(lane).ledger());
      slots += lanes.get(lane).ledger().capacity();
    }
    this.outstanding = new Outstanding(slots);
    this.unanswered = new long[lanes.size()];
  }

  /** How many are outstanding. */
  int size() {
    return outstanding.size();
  }

  /** The outstanding one at a place, 0 = the oldest: see {@link Outstanding#entry}. */
  long at(int place) {
    return outstanding.at(place);
  }

  /** Whether some were seen whose write has no answer yet. */
  boolean awaitsAnswers() {
    return unansweredCount > 0;
  }

  /** Takes over what was sent, in the order of sending, over all lanes. */
  void takeOver() {
    long newest = 0;
    for (LaneView view : views) {
      view.visible = view.ledger.sent();
      newest += view.visible - view.taken;
    }
    for (; newest > 0; newest--) {
      int first = -1;
      for (int lane = 0; lane < views.length; lane++) {
        if (views[lane].taken < views[lane].visible
            && (first < 0 || views[lane].headSend() - views[first].headSend() < 0)) {
          first = lane;
        }
      }
      LaneView view = views[first];
      outstanding.add(Outstanding.entry(first, view.taken));
      view.begin(view.taken);
      if (isMeasured(view, view.taken)) {
        measuredCount++;
      }
      if (!waiting) {
        waiting = true;
        waitingSince = view.headSend();
      }
      view.taken++;
      view.publish();
    }
  }

  /** How many were sent and not taken over, as while an answer is waited for; for any thread. */
  long untaken() {
    long untaken = 0;
    for (LaneView view : views) {
      untaken += view.ledger.sent() - view.takenOver.get();
    }
    return Math.max(0, untaken);
  }

  /** The measured ones among these: a lane sends in the order of the schedule. */
  long untakenMeasured() {
    long untaken = 0;
    for (LaneView view : views) {
      long end = view.ledger.sent();
      long first = view.takenOver.get();
      while (first < end && !isMeasured(view, first)) {
        first++;
      }
      untaken += Math.max(0, end - first);
    }
    return untaken;
  }

  /** When the first measured one of these was acknowledged; 0 = none was; for any thread. */
  long oldestUntakenAckNanos() {
    long oldest = 0;
    for (LaneView view : views) {
      long next = view.takenOver.get();
      if (next < view.ledger.sent()
          && view.ledger.state(next) == State.ACKED
          && isMeasured(view, next)) {
        long ack = view.ledger.ackNanos(next);
        oldest = (oldest == 0 || ack - oldest < 0) ? ack : oldest;
      }
    }
    return oldest;
  }

  /** Settles the sentinel at a place if a push has told of it; returns whether. */
  boolean settlePushed(int place) {
    long entry = outstanding.at(place);
    long pushed = pushes.seenNanos(Outstanding.lane(entry), Outstanding.sequence(entry));
    if (pushed == Pushes.NOT_SEEN) {
      return false;
    }
    seen(place, pushed);
    return true;
  }

  /**
   * Draws the conclusions from a reply.
   *
   * @param requestNanos when its request was sent
   * @param pos when it arrived
   * @return whether the sentinel is settled by it
   */
  boolean judge(int place, long requestNanos, long pos, boolean there) {
    if (there) {
      long entry = outstanding.at(place);
      long pushed = pushes.seenNanos(Outstanding.lane(entry), Outstanding.sequence(entry));
      seen(place, pushed == Pushes.NOT_SEEN ? pos : Math.min(pos, pushed));
      return true;
    }
    long entry = outstanding.at(place);
    LaneView view = views[Outstanding.lane(entry)];
    long sequence = Outstanding.sequence(entry);
    int slot = view.ledger.slot(sequence);
    view.neg[slot] = requestNanos;
    view.polled[slot] = true;
    switch (view.ledger.state(sequence)) {
      case State.FAILED -> {
        done(view, sequence, place);
        return true;
      }
      case State.UNKNOWN -> {
        if (pos - view.ledger.sendNanos(sequence) > timeoutNanos) {
          done(view, sequence, place);
          return true;
        }
      }
      case State.ACKED -> {
        if (requestNanos - view.ledger.ackNanos(sequence) >= timeoutNanos) {
          censor(view, sequence, LagBounds.NOT_SILENT);
          done(view, sequence, place);
          return true;
        }
      }
      default -> {}
    }
    return false;
  }

  /**
   * A reply that the replica gives to nobody but us, and that tells nothing of the sentinel: it is
   * neither seen nor missed, and given up when its time is over.
   *
   * @return whether the sentinel is settled by it
   */
  boolean refused(int place) {
    long entry = outstanding.at(place);
    giveUpIfOverdue(views[Outstanding.lane(entry)], place, clockwork.now(), LagBounds.NOT_SILENT);
    return outstanding.isSettled(place);
  }

  /**
   * What is to be done again and again while nobody can be asked, so that the lanes keep their
   * schedule and what is outstanding is known.
   */
  void whileNobodyAnswers() {
    takeOver();
    settleAnswered(); // One that was seen before its answer came would stop its lane's ring.
    makeRoom();
    countAll();
  }

  /**
   * Gives up, of the lanes that may soon have no room, what is overdue: for a replica that gives no
   * answer for longer than the ledgers hold, whose silence is lag and no fault of the schedule.
   */
  private void makeRoom() {
    long now = clockwork.now();
    long silentUntil = silence.until(now);
    int size = outstanding.size();
    for (int place = 0; place < size; place++) {
      LaneView view = views[Outstanding.lane(outstanding.at(place))];
      if (view.isCrowded() && !settlePushed(place)) {
        giveUpIfOverdue(view, place, now, silentUntil);
      }
    }
    compact(size);
  }

  private void giveUpIfOverdue(LaneView view, int place, long now, long silentUntil) {
    long sequence = Outstanding.sequence(outstanding.at(place));
    switch (view.ledger.state(sequence)) {
      case State.FAILED -> done(view, sequence, place);
      case State.UNKNOWN -> {
        if (now - view.ledger.sendNanos(sequence) > timeoutNanos) {
          done(view, sequence, place);
        }
      }
      case State.ACKED -> {
        if (now - view.ledger.ackNanos(sequence) >= timeoutNanos) {
          censor(view, sequence, silentUntil);
          done(view, sequence, place);
        }
      }
      default -> {}
    }
  }

  private void done(LaneView view, long sequence, int place) {
    settled(view, sequence);
    outstanding.settle(place);
  }

  private void censor(LaneView view, long sequence, long silentUntil) {
    if (!isMeasured(view, sequence)) {
      return;
    }
    tally.censored.add(1);
    long send = view.ledger.sendNanos(sequence);
    long ack = view.ledger.ackNanos(sequence);
    long missed = lastMissed(view, sequence);
    int step = clockwork.steps().at(send);
    long age = clockwork.now() - send;
    if (givenUp != null) {
      long ifTheReplicas = silence.untilIfTheReplicas(clockwork.now());
      givenUp.add(
          step,
          LagBounds.lowerUnseen(ack, missed, ifTheReplicas),
          LagBounds.lowerUnseen(ack, missed, silentUntil),
          age);
      return;
    }
    tally.longestStalenessNanos.raiseTo(age);
    long stayedAway = LagBounds.lowerUnseen(ack, missed, silentUntil);
    recorder.recordUnseen(stayedAway);
    recorder.steps().recordUnseen(step, stayedAway);
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
      settled.settle(replicasSilence, recorder, tally);
    }
  }

  private boolean isMeasured(LaneView view, long sequence) {
    return view.ledger.intendedNanos(sequence) - clockwork.measuredFromNanos() >= 0;
  }

  /**
   * Nobody could look until that moment, and not for any fault of the replica: what turns out to
   * have come meanwhile says nothing of its lag.
   */
  void wasBlindUntil(long nanos) {
    everBlind = true;
    blindUntil = nanos;
    waitingSince = nanos;
  }

  /** Whether a sentinel came at a time unknown while the probe could not look. */
  private boolean cameUnseen(LaneView view, long sequence) {
    int slot = view.ledger.slot(sequence);
    return everBlind
        && lastMissed(view, sequence) - blindUntil < 0
        && view.pos[slot] - blindUntil >= 0;
  }

  /** When it was last asked for in vain, or sent where it never was. */
  private static long lastMissed(LaneView view, long sequence) {
    int slot = view.ledger.slot(sequence);
    return view.polled[slot] ? view.neg[slot] : view.ledger.sendNanos(sequence);
  }

  private void seen(int place, long pos) {
    long entry = outstanding.at(place);
    LaneView view = views[Outstanding.lane(entry)];
    long sequence = Outstanding.sequence(entry);
    int slot = view.ledger.slot(sequence);
    view.pos[slot] = pos;
    view.shown[slot] = true;
    outstanding.settle(place);
    long send = view.ledger.sendNanos(sequence);
    lastUpperNanos = pos - send;
    if (isMeasured(view, sequence)) {
      tally.lastSeenNanos.set(pos);
      if (waiting) {
        tally.longestGapNanos.raiseTo(pos - Math.max(waitingSince, clockwork.measuredFromNanos()));
      }
      if (!cameUnseen(view, sequence)) {
        tally.longestStalenessNanos.raiseTo(pos - send);
      }
    }
    waitingSince = pos;
    if (!settleSeen(view, sequence)) {
      unanswered[unansweredCount++] = entry; // At most one a lane: it writes one at a time.
    }
  }

  /** Settles those seen before the source's answer had come. */
  void settleAnswered() {
    int kept = 0;
    for (int i = 0; i < unansweredCount; i++) {
      long entry = unanswered[i];
      if (!settleSeen(views[Outstanding.lane(entry)], Outstanding.sequence(entry))) {
        unanswered[kept++] = entry;
      }
    }
    if (kept < unansweredCount) {
      unansweredCount = kept;
      releaseDone();
    }
  }

  private boolean settleSeen(LaneView view, long sequence) {
    int state = view.ledger.state(sequence);
    if (state == State.SENT) {
      return false;
    }
    if (isMeasured(view, sequence)) {
      if (state == State.UNKNOWN) {
        tally.unknownSeen.add(1);
      } else if (state == State.ACKED) {
        record(view, sequence);
      }
    }
    settled(view, sequence);
    return true;
  }

  private void settled(LaneView view, long sequence) {
    view.done[view.ledger.slot(sequence)] = true;
    if (isMeasured(view, sequence)) {
      measuredCount--;
    }
  }

  private void record(LaneView view, long sequence) {
    int slot = view.ledger.slot(sequence);
    long send = view.ledger.sendNanos(sequence);
    long pos = view.pos[slot];
    long neg = lastMissed(view, sequence);
    tally.observed.add(1);
    if (cameUnseen(view, sequence)) {
      tally.seenAfterOutage.add(1);
      return;
    }
    long upper = LagBounds.upper(send, pos);
    long lower = LagBounds.lower(view.ledger.ackNanos(sequence), neg, pos);
    long intended = pos - view.ledger.intendedNanos(sequence);
    recorder.record(upper, lower, intended);
    recorder.steps().record(clockwork.steps().at(send), upper, lower, intended);
    if (view.cameAfterALaterOne(sequence, Math.min(neg, pos))) {
      tally.outOfOrder.add(1);
    }
  }

  /** Tells the tally how many are left. */
  private void countAwaited() {
    int size = outstanding.size();
    int awaited = size;
    if (size <= COUNTED_ONE_BY_ONE) {
      for (int i = 0; i < size; i++) {
        long entry = outstanding.at(i);
        int state = views[Outstanding.lane(entry)].ledger.state(Outstanding.sequence(entry));
        if (state == State.UNKNOWN || state == State.FAILED) {
          awaited--;
        }
      }
    }
    if (size == 0) {
      waiting = false;
    }
    noteOldest();
    tally.awaited.set(awaited + unansweredCount);
    tally.outstanding.set(size + unansweredCount);
    tally.outstandingMeasured.set(measuredCount);
  }

  /** What the oldest one's lower bound grows from: those behind it left later. */
  private void noteOldest() {
    long ack = 0;
    int looked = Math.min(outstanding.size(), OLDEST_LOOKED_AT);
    for (int i = 0; i < looked && ack == 0; i++) {
      long entry = outstanding.at(i);
      LaneView view = views[Outstanding.lane(entry)];
      long sequence = Outstanding.sequence(entry);
      if (view.ledger.state(sequence) == State.ACKED && isMeasured(view, sequence)) {
        ack = view.ledger.ackNanos(sequence);
        tally.oldestMissedNanos.set(lastMissed(view, sequence));
      }
    }
    tally.oldestAckNanos.set(ack);
  }

  private void releaseDone() {
    for (LaneView view : views) {
      view.release(reader);
    }
  }

  /** Takes what is settled among the first {@code places} out. */
  void compact(int places) {
    outstanding.compact(places);
    countAwaited();
    releaseDone();
  }

  /** Tells the tally what there is while nobody can be asked. */
  void countAll() {
    tally.outstanding.set(outstanding.size() + unansweredCount);
    tally.outstandingMeasured.set(measuredCount);
    tally.awaited.set(outstanding.size() + unansweredCount);
    noteOldest();
  }

  /** How far behind the replica seems to be; 0 when nothing is outstanding. */
  long lagNanos() {
    if (outstanding.size() == 0) {
      return 0;
    }
    long now = clockwork.now();
    long entry = outstanding.at(0);
    long oldestAge =
        now - views[Outstanding.lane(entry)].ledger.sendNanos(Outstanding.sequence(entry));
    // The oldest may be one that never comes: then the lag is that of those that do.
    return Math.min(oldestAge, Math.max(lastUpperNanos, now - waitingSince));
  }

  /**
   * The end, when no write is under way any more: what was acknowledged and not seen is censored
   * with what is known of it by now.
   */
  void settleTheRest() {
    takeOver();
    settleAnswered();
    long now = clockwork.now();
    long silentUntil = silence.until(now);
    int size = outstanding.size();
    for (int i = 0; i < size; i++) {
      long entry = outstanding.at(i);
      LaneView view = views[Outstanding.lane(entry)];
      long sequence = Outstanding.sequence(entry);
      if (!settlePushed(i) && view.ledger.state(sequence) == State.ACKED) {
        censor(view, sequence, silentUntil);
      }
    }
    if (waiting && size > 0) {
      tally.longestGapNanos.raiseTo(now - Math.max(waitingSince, clockwork.measuredFromNanos()));
    }
    tally.outstanding.set(0);
    tally.outstandingMeasured.set(0);
    tally.awaited.set(0);
    tally.oldestAckNanos.set(0);
  }
}
