package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.cost.FirstLook;
import io.syncanalyzer.probe.figures.Lags;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.List;

/**
 * What one observer knows of the sentinels under way, and the conclusions it draws: seen, censored,
 * failed, or still outstanding. For one thread; allocates nothing.
 */
final class Arrivals {
  private final SessionClockwork clockwork;
  private final int reader;
  private final Pushes pushes;
  private final Silence silence;
  private final FirstLook firstLook;
  private final LaneViews views;
  private final Outstanding outstanding;
  private final OutstandingCount count;
  private final Sightings sightings;
  private final Censoring censoring;
  private final long[] unanswered;
  private int unansweredCount;
  private boolean takenUntold;

  /**
   * @param ledgers the lanes', in their order
   * @param reader which of the ledgers' readers this is
   * @param timeoutNanos how long a sentinel is waited for
   */
  Arrivals(
      SessionClockwork clockwork,
      List<SentinelLedger> ledgers,
      int reader,
      long timeoutNanos,
      Lags lags,
      Pushes pushes,
      Silence silence,
      FirstLook firstLook,
      ReplicaTally tally) {
    this.clockwork = clockwork;
    this.reader = reader;
    this.pushes = pushes;
    this.silence = silence;
    this.firstLook = firstLook;
    this.views = new LaneViews(clockwork, ledgers);
    this.outstanding = new Outstanding(views.slots());
    this.count = new OutstandingCount(outstanding, views, tally);
    this.sightings = new Sightings(clockwork, lags, tally);
    this.censoring = new Censoring(clockwork, timeoutNanos, lags, silence, tally);
    this.unanswered = new long[views.count()];
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

  /** What was sent and not taken over yet; to be asked by any thread. */
  LaneViews views() {
    return views;
  }

  /** Takes over what was sent, in the order of sending, over all lanes. */
  void takeOver() {
    for (long newest = views.look(); newest > 0; newest--) {
      int lane = views.first();
      LaneView view = views.lane(lane);
      if (outstanding.size() == 0) {
        sightings.outstandingSince(view.nextSendNanos());
      }
      long sequence = view.take();
      outstanding.add(Outstanding.entry(lane, sequence));
      takenUntold = true;
      count.taken(view, sequence);
    }
  }

  /** Settles the sentinel at a place if a push has told of it; returns whether. */
  boolean settlePushed(int place) {
    long entry = outstanding.at(place);
    long pushed = pushes.seenNanos(Outstanding.lane(entry), Outstanding.sequence(entry));
    if (pushed == Pushes.NOT_SEEN) {
      return false;
    }
    noteFirstLook(entry, true);
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
    long entry = outstanding.at(place);
    long sequence = Outstanding.sequence(entry);
    noteFirstLook(entry, there);
    if (there) {
      long pushed = pushes.seenNanos(Outstanding.lane(entry), sequence);
      seen(place, pushed == Pushes.NOT_SEEN ? pos : Math.min(pos, pushed));
      return true;
    }
    views.of(entry).missed(sequence, requestNanos);
    return givesUp(place, requestNanos, pos, LagBounds.NOT_SILENT);
  }

  private void noteFirstLook(long entry, boolean there) {
    if (!views.of(entry).wasMissed(Outstanding.sequence(entry))) {
      firstLook.found(there);
    }
  }

  /** Settles the oldest ones that pushes have told of, so that nobody need be asked for them. */
  void settleOldestPushed() {
    int told = 0;
    while (told < outstanding.size() && settlePushed(told)) {
      told++;
    }
    if (told > 0) {
      compact(told); // Once for all: it counts what is outstanding.
    }
  }

  /** When the oldest outstanding one may be asked for: once it is old enough for a first look. */
  long firstLookAt() {
    long oldest = outstanding.at(0);
    long send = oldestSendNanos();
    return views.of(oldest).wasMissed(Outstanding.sequence(oldest))
        ? send
        : send + firstLook.ageNanos();
  }

  /** When the oldest outstanding one was sent. */
  long oldestSendNanos() {
    long oldest = outstanding.at(0);
    return views.of(oldest).ledger().sendNanos(Outstanding.sequence(oldest));
  }

  /**
   * A reply that the replica gives to nobody but us, and that tells nothing of the sentinel: it is
   * neither seen nor missed, and given up when its time is over.
   *
   * @return whether the sentinel is settled by it
   */
  boolean refused(int place) {
    long now = clockwork.now();
    return givesUp(place, now, now, LagBounds.NOT_SILENT);
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
      if (views.of(outstanding.at(place)).isCrowded() && !settlePushed(place)) {
        givesUp(place, now, now, silentUntil);
      }
    }
    compact(size);
  }

  private boolean givesUp(int place, long ackedAt, long unknownAt, long silentUntil) {
    long entry = outstanding.at(place);
    LaneView view = views.of(entry);
    long sequence = Outstanding.sequence(entry);
    boolean over = censoring.givesUp(view, sequence, ackedAt, unknownAt, silentUntil);
    if (over) {
      outstanding.settle(place);
      settled(view, sequence);
    }
    return over;
  }

  private void settled(LaneView view, long sequence) {
    view.settled(sequence);
    count.settled(view, sequence);
  }

  /** See {@link Censoring#outOfReach}. */
  void outOfReach() {
    censoring.outOfReach();
  }

  /** See {@link Censoring#outOfReachIsSettled}. */
  void outOfReachIsSettled(boolean replicasSilence) {
    censoring.outOfReachIsSettled(replicasSilence);
  }

  /** See {@link Sightings#wasBlindUntil}. */
  void wasBlindUntil(long nanos) {
    sightings.wasBlindUntil(nanos);
  }

  private void seen(int place, long pos) {
    long entry = outstanding.at(place);
    outstanding.settle(place);
    sightings.seen(views.of(entry), Outstanding.sequence(entry), pos);
    if (!settleSeen(entry)) {
      unanswered[unansweredCount++] = entry; // At most one a lane: it writes one at a time.
    }
  }

  private boolean settleSeen(long entry) {
    LaneView view = views.of(entry);
    long sequence = Outstanding.sequence(entry);
    boolean recorded = sightings.record(view, sequence);
    if (recorded) {
      settled(view, sequence);
    }
    return recorded;
  }

  /** Settles those seen before the source's answer had come. */
  void settleAnswered() {
    int kept = 0;
    for (int i = 0; i < unansweredCount; i++) {
      if (!settleSeen(unanswered[i])) {
        unanswered[kept++] = unanswered[i];
      }
    }
    if (kept != unansweredCount) {
      unansweredCount = kept;
      views.release(reader);
    }
  }

  /** Takes what is settled among the first {@code places} out. */
  void compact(int places) {
    outstanding.compact(places);
    tell();
    views.release(reader);
  }

  /** Tells the tally of what was taken over, where no poll follows that would. */
  void tellTaken() {
    if (takenUntold) {
      tell();
    }
  }

  private void tell() {
    count.tell(unansweredCount);
    takenUntold = false;
  }

  /** Tells the tally what there is while nobody can be asked. */
  void countAll() {
    count.tellWhileNobodyAnswers(unansweredCount);
  }

  /** How far behind the replica seems to be; 0 when nothing is outstanding. */
  long lagNanos() {
    if (outstanding.size() == 0) {
      return 0;
    }
    return sightings.lagNanos(oldestSendNanos());
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
    boolean unseen = false;
    int size = outstanding.size();
    for (int place = 0; place < size; place++) {
      long entry = outstanding.at(place);
      if (!settlePushed(place)) {
        unseen = true;
        LaneView view = views.of(entry);
        long sequence = Outstanding.sequence(entry);
        if (view.ledger().state(sequence) == State.ACKED) {
          censoring.censor(view, sequence, silentUntil);
        }
      }
    }
    if (unseen) {
      sightings.noteGap(now);
    }
    count.tellNone();
  }
}
