package io.syncanalyzer.probe;

import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisConnection;
import io.syncanalyzer.redis.RedisConnection.Command;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelLedger.State;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Watches one replica for sentinels: the poll loop, a thread of its own.
 *
 * <p>A cycle: take over what the lanes have sent since; ask the replica for the oldest outstanding,
 * and for some of the others in turn (so that keys that never come hold nobody up), in one
 * pipeline; settle what was seen. The window is 8 wide while nothing arrives, as replication keeps
 * the order, and widens up to 4096 while all of it does. The request's time is taken before the
 * first command of each chunk goes into the buffer, the reply's after each reply: a server executes
 * a pipeline in order, so both bounds hold for every sentinel by itself.
 *
 * <p>It does not sleep while the replica is less than a millisecond behind; from there on it rests
 * a thousandth of the lag between two polls, at least 50 µs and at most 20 ms, so that a replica 30
 * s behind is asked for 12 keys fifty times a second.
 *
 * <p>A lost connection is made anew until the session ends; the time without it is counted as probe
 * outage. What arrives meanwhile is seen late: its upper bound grows by the outage, its lower does
 * not.
 */
final class ReplicaObserver implements Runnable {
  private static final int WINDOW = 4096;
  private static final int SAMPLE = WINDOW / 4;
  private static final int LEAST_WINDOW = 8;
  private static final int LEAST_SAMPLE = 4;
  private static final int CHUNK = 64;
  private static final Command EXISTS = Command.of("EXISTS");
  private static final long NO_REST_BELOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SHORTEST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WAKE_AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LOOK_OUT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long IDLE_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Endpoint replica;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final int reader;
  private final long timeoutNanos;
  private final LagRecorder recorder;
  private final Pushes pushes;
  private final ReplicaTally tally = new ReplicaTally();
  private final SingleWriterRecorder roundTrips =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);

  private final LaneView[] views;
  private final Outstanding outstanding;
  private final long[] askedAt = new long[WINDOW + SAMPLE];
  private final int[] asked = new int[WINDOW + SAMPLE];
  private final long[] unanswered;
  private int unansweredCount;
  private int rotation;
  private int window = LEAST_WINDOW;
  private int settledOldest;
  private int settledOthers;
  private long lastUpperNanos;
  private long waitingSince;
  private boolean waiting;

  private volatile @Nullable RedisConnection connection;
  private volatile boolean stopping;
  private volatile boolean resting;
  private volatile @Nullable Thread thread;
  private volatile boolean connected = true;
  private volatile @Nullable String trouble;
  private volatile @Nullable RuntimeException failure;

  ReplicaObserver(
      Endpoint replica,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      int reader,
      long timeoutNanos,
      LagRecorder recorder,
      Pushes pushes) {
    this.replica = replica;
    this.clockwork = clockwork;
    this.lanes = List.copyOf(lanes);
    this.reader = reader;
    this.timeoutNanos = timeoutNanos;
    this.recorder = recorder;
    this.pushes = pushes;
    this.views = new LaneView[lanes.size()];
    int slots = 0;
    for (int lane = 0; lane < views.length; lane++) {
      views[lane] = new LaneView(lanes.get(lane).ledger());
      slots += lanes.get(lane).ledger().capacity();
    }
    this.outstanding = new Outstanding(slots);
    this.unanswered = new long[lanes.size()];
  }

  /** Makes the connection ahead of the run. */
  void connect() {
    connection = RedisConnection.open(replica);
  }

  Endpoint replica() {
    return replica;
  }

  ReplicaTally tally() {
    return tally;
  }

  LagRecorder recorder() {
    return recorder;
  }

  SingleWriterRecorder roundTrips() {
    return roundTrips;
  }

  /** How arrivals are noticed, and why so. */
  String description() {
    return pushes.description();
  }

  Pushes pushes() {
    return pushes;
  }

  boolean isConnected() {
    return connected;
  }

  /** The last error reply to a poll, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  /** What ended the loop ahead of time, or null. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  /** Asks the loop to end; a poll under way ends with it. */
  void stop() {
    stopping = true;
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    while (!stopping) {
      try {
        cycle();
        tally.cycles.add(1);
      } catch (RedisFailure e) {
        if (!stopping) {
          reconnect();
        }
      } catch (RuntimeException e) {
        failure = e;
        stopping = true;
      }
    }
    settleTheRest();
  }

  private void cycle() {
    takeOver();
    settleAnswered();
    int size = outstanding.size();
    tally.outstanding.set(size + unansweredCount);
    if (size == 0) {
      tally.awaited.set(unansweredCount);
      if (unansweredCount > 0) {
        giveWay();
      } else {
        awaitSend();
      }
      return;
    }
    poll(size);
    rest();
  }

  /** Takes over what was sent, in the order of sending, over all lanes. */
  private void takeOver() {
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
      if (!waiting) {
        waiting = true;
        waitingSince = view.headSend();
      }
      view.taken++;
    }
  }

  private void poll(int size) {
    RedisConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("polled without a connection");
    }
    int oldest = Math.min(size, window);
    int others = Math.min(size - oldest, Math.max(LEAST_SAMPLE, window / 4));
    settledOldest = 0;
    settledOthers = 0;
    try {
      ask(open, oldest, others, size);
    } finally {
      outstanding.compact(others == 0 ? oldest : size);
      countAwaited();
      releaseDone();
    }
    adapt(oldest);
  }

  /**
   * Widens the window while all of it arrives, or while only others do (the oldest may never come);
   * narrows it while nothing does.
   */
  private void adapt(int oldest) {
    if (settledOldest == oldest) {
      window = Math.min(WINDOW, 2 * window);
    } else if (settledOldest == 0 && settledOthers > 0) {
      window = WINDOW;
    } else if (settledOldest == 0) {
      window = Math.max(LEAST_WINDOW, window / 2);
    }
  }

  private void ask(RedisConnection open, int oldest, int others, int size) {
    int count = oldest + others;
    long chunkAt = 0;
    long begin = clockwork.now();
    int sent = 0;
    for (int i = 0; i < count; i++) {
      if (sent % CHUNK == 0) {
        if (i > 0) {
          open.flush();
        }
        chunkAt = sent == 0 ? begin : clockwork.now();
      }
      int place = i < oldest ? i : oldest + (rotation + i - oldest) % (size - oldest);
      long entry = outstanding.at(place);
      asked[i] = place;
      askedAt[i] = chunkAt;
      long pushed = pushes.seenNanos(Outstanding.lane(entry), Outstanding.sequence(entry));
      if (pushed != Pushes.NOT_SEEN) {
        asked[i] = -1;
        seen(place, pushed);
        noteSettled(i < oldest);
      } else {
        open.send(
            EXISTS, lanes.get(Outstanding.lane(entry)).codec().key(Outstanding.sequence(entry)));
        sent++;
      }
    }
    rotation = others == 0 ? 0 : (rotation + others) % (size - oldest);
    if (sent > 0) {
      open.flush();
      tally.pollCommands.add(sent);
      long pos = begin;
      for (int i = 0; i < count; i++) {
        if (asked[i] >= 0) {
          Reply reply = open.receive();
          pos = clockwork.now();
          if (judge(asked[i], askedAt[i], pos, reply)) {
            noteSettled(i < oldest);
          }
        }
      }
      roundTrips.recordValue(LagRecorder.clamped(pos - begin));
    }
  }

  private void noteSettled(boolean amongOldest) {
    if (amongOldest) {
      settledOldest++;
    } else {
      settledOthers++;
    }
  }

  /** Draws the conclusions from a reply; returns whether the sentinel is settled by it. */
  private boolean judge(int place, long requestNanos, long pos, Reply reply) {
    if (reply instanceof Reply.Int count && count.value() > 0) {
      long entry = outstanding.at(place);
      long pushed = pushes.seenNanos(Outstanding.lane(entry), Outstanding.sequence(entry));
      seen(place, pushed == Pushes.NOT_SEEN ? pos : Math.min(pos, pushed));
      return true;
    }
    if (reply instanceof Reply.Failed failed) {
      trouble = failed.message(); // It shows nobody the key, so it counts as not seen.
    }
    long entry = outstanding.at(place);
    LaneView view = views[Outstanding.lane(entry)];
    long sequence = Outstanding.sequence(entry);
    int slot = view.ledger.slot(sequence);
    view.neg[slot] = requestNanos;
    view.polled[slot] = true;
    switch (view.ledger.state(sequence)) {
      case State.FAILED -> {
        done(view, slot, place);
        return true;
      }
      case State.UNKNOWN -> {
        if (pos - view.ledger.sendNanos(sequence) > timeoutNanos) {
          done(view, slot, place);
          return true;
        }
      }
      case State.ACKED -> {
        long away = requestNanos - view.ledger.ackNanos(sequence);
        if (away >= timeoutNanos) {
          censor(view, sequence, timeoutNanos);
          done(view, slot, place);
          return true;
        }
      }
      default -> {}
    }
    return false;
  }

  private void done(LaneView view, int slot, int place) {
    view.done[slot] = true;
    outstanding.settle(place);
  }

  private void censor(LaneView view, long sequence, long awayNanos) {
    if (isMeasured(view, sequence)) {
      tally.censored.add(1);
      tally.longestStalenessNanos.raiseTo(clockwork.now() - view.ledger.sendNanos(sequence));
      tally.censoredNanos.lowerTo(Math.max(0, awayNanos));
    }
  }

  private boolean isMeasured(LaneView view, long sequence) {
    return view.ledger.sendNanos(sequence) - clockwork.measuredFromNanos() >= 0;
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
      tally.longestStalenessNanos.raiseTo(pos - send);
    }
    waitingSince = pos;
    if (!settleSeen(view, sequence)) {
      unanswered[unansweredCount++] = entry; // At most one a lane: it writes one at a time.
    }
  }

  /** Those seen before the source's answer had come. */
  private void settleAnswered() {
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
    view.done[view.ledger.slot(sequence)] = true;
    return true;
  }

  private void record(LaneView view, long sequence) {
    int slot = view.ledger.slot(sequence);
    long send = view.ledger.sendNanos(sequence);
    long pos = view.pos[slot];
    long neg = view.polled[slot] ? Math.min(view.neg[slot], pos) : send;
    long lower = Math.max(0, neg - view.ledger.ackNanos(sequence));
    tally.observed.add(1);
    recorder.record(pos - send, lower, pos - view.ledger.intendedNanos(sequence));
    if (view.cameAfterALaterOne(sequence, neg)) {
      tally.outOfOrder.add(1);
    }
  }

  private void countAwaited() {
    int size = outstanding.size();
    int awaited = size;
    if (size <= WINDOW) {
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
    tally.awaited.set(awaited + unansweredCount);
    tally.outstanding.set(size + unansweredCount);
  }

  private void releaseDone() {
    for (LaneView view : views) {
      view.release(reader);
    }
  }

  private void rest() {
    int size = outstanding.size();
    if (size == 0) {
      return;
    }
    long entry = outstanding.at(0);
    long oldestAge =
        clockwork.now()
            - views[Outstanding.lane(entry)].ledger.sendNanos(Outstanding.sequence(entry));
    // The oldest may be one that never comes: then the lag is that of those that do.
    long lag = Math.min(oldestAge, Math.max(lastUpperNanos, clockwork.now() - waitingSince));
    if (lag >= NO_REST_BELOW_NANOS) {
      LockSupport.parkNanos(
          Math.max(SHORTEST_REST_NANOS, Math.min(LONGEST_REST_NANOS, lag / 1000)));
    }
  }

  /** Lets the servers on this machine have the core, if there is one, and comes back at once. */
  @SuppressWarnings("ThreadPriorityCheck") // A hint is all that is wanted: nothing relies on it.
  private static void giveWay() {
    Thread.yield();
  }

  /**
   * Nothing is outstanding: looks out for a send around the time that one is due, and rests
   * between. A lane that sends at another time, being late, wakes it.
   */
  private void awaitSend() {
    long rest = IDLE_REST_NANOS;
    if (clockwork.isStarted()) {
      long now = clockwork.now();
      rest = clockwork.nextDueAfter(now - LOOK_OUT_NANOS) - WAKE_AHEAD_NANOS - now;
    }
    if (rest <= 0) {
      giveWay();
      return;
    }
    resting = true;
    LockSupport.parkNanos(Math.min(rest, IDLE_REST_NANOS));
    resting = false;
  }

  /** Tells that a sentinel is about to be sent; for the lanes. */
  void wake() {
    Thread sleeper = thread;
    if (resting && sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void reconnect() {
    connected = false;
    long lost = clockwork.now();
    long counted = lost;
    tally.outages.add(1);
    long pause = FIRST_RETRY_NANOS;
    while (!stopping) {
      RedisConnection old = connection;
      connection = null;
      if (old != null) {
        old.close();
      }
      try {
        connection = RedisConnection.open(replica);
        break;
      } catch (RedisFailure e) {
        trouble = e.getMessage();
      }
      takeOver();
      tally.outstanding.set(outstanding.size() + unansweredCount);
      tally.awaited.set(outstanding.size() + unansweredCount);
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LAST_RETRY_NANOS);
      long now = clockwork.now();
      tally.outageNanos.add(now - counted);
      counted = now;
    }
    tally.outageNanos.add(clockwork.now() - counted);
    connected = connection != null;
    RedisConnection open = connection;
    if (stopping && open != null) {
      open.close();
    }
  }

  /**
   * The end, when no write is under way any more: what was acknowledged and not seen is censored at
   * the age it has reached.
   */
  private void settleTheRest() {
    takeOver();
    settleAnswered();
    long now = clockwork.now();
    int size = outstanding.size();
    for (int i = 0; i < size; i++) {
      long entry = outstanding.at(i);
      LaneView view = views[Outstanding.lane(entry)];
      long sequence = Outstanding.sequence(entry);
      if (view.ledger.state(sequence) == State.ACKED) {
        int slot = view.ledger.slot(sequence);
        long lastAsked = view.polled[slot] ? view.neg[slot] : view.ledger.sendNanos(sequence);
        censor(view, sequence, lastAsked - view.ledger.ackNanos(sequence));
      }
    }
    if (waiting && size > 0) {
      tally.longestGapNanos.raiseTo(now - Math.max(waitingSince, clockwork.measuredFromNanos()));
    }
    tally.outstanding.set(0);
    tally.awaited.set(0);
    RedisConnection open = connection;
    if (open != null) {
      open.close();
    }
  }

  /** This observer's side of a lane's ledger. */
  private static final class LaneView {
    private static final int LATER_ONES_LOOKED_AT = 64;

    final SentinelLedger ledger;
    final long[] neg;
    final long[] pos;
    final boolean[] polled;
    final boolean[] shown;
    final boolean[] done;
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

    void begin(long sequence) {
      int slot = ledger.slot(sequence);
      polled[slot] = false;
      shown[slot] = false;
      done[slot] = false;
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
}
