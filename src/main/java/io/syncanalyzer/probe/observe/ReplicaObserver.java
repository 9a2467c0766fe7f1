package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.cost.Asking;
import io.syncanalyzer.probe.cost.PollSpacing;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
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
 * the order, wider where a round takes long, and widens up to 4096 while all of it arrives ({@link
 * Poll}). A lost connection is made anew until the session ends ({@link Reconnection}).
 *
 * <p>How long it rests between two polls {@link PollSpacing} says, by what they cost and by the
 * lag; when a sentinel is first asked for {@link io.syncanalyzer.probe.cost.FirstLook} does.
 */
public final class ReplicaObserver implements Runnable {
  private static final long SHORTEST_PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long WAKE_AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LOOK_OUT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** Only where the next sentinel is further off is an idle connection asked for a sign of life. */
  private static final long AWAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long IDLE_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final SessionClockwork clockwork;
  private final LagRecorder recorder;
  private final Pushes pushes;
  private final Arrivals arrivals;
  private final ReplicaTally tally = new ReplicaTally();
  private final Silence silence = new Silence();
  private final ReplicaLink link;
  private final Poll poll;
  private final Reconnection reconnection;
  private final Asking asking;
  private final PollTurn turn;
  private final int pair;
  private final int pairs;

  private volatile boolean stopping;
  private volatile boolean resting;
  private volatile @Nullable Thread thread;
  private volatile @Nullable RuntimeException failure;

  /** Of a replica that stays where it is, asked as often as it can be. */
  public ReplicaObserver(
      Endpoint replica,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      int reader,
      long timeoutNanos,
      LagRecorder recorder,
      Pushes pushes,
      long heldNanos) {
    this(
        Whereabouts.fixed(replica, clockwork),
        clockwork,
        lanes,
        reader,
        timeoutNanos,
        recorder,
        pushes,
        heldNanos,
        Asking.UNLIMITED,
        0,
        1);
  }

  /**
   * An observer.
   *
   * @param replica who is watched; followed where it moves
   * @param lanes whose sentinels arrive there
   * @param reader its index among the readers of their ledgers
   * @param heldNanos how long questions and answers are held, as if it were so far away
   * @param asking how often it may be asked
   * @param pair whose turns of the schedule the lanes take
   * @param pairs of so many
   */
  public ReplicaObserver(
      Whereabouts replica,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      int reader,
      long timeoutNanos,
      LagRecorder recorder,
      Pushes pushes,
      long heldNanos,
      Asking asking,
      int pair,
      int pairs) {
    this.asking = asking;
    this.pair = pair;
    this.pairs = pairs;
    this.clockwork = clockwork;
    this.recorder = recorder;
    this.pushes = pushes;
    this.arrivals =
        new Arrivals(
            clockwork,
            lanes.stream().map(WritingLane::ledger).toList(),
            reader,
            timeoutNanos,
            recorder,
            pushes,
            silence,
            asking.firstLook(),
            tally);
    this.link = new ReplicaLink(replica, clockwork);
    PollSpacing spacing = asking.spacing();
    this.turn = new PollTurn(clockwork, spacing, arrivals, pushes);
    this.poll =
        new Poll(
            clockwork, lanes, arrivals, silence, tally, link, heldNanos, spacing, () -> stopping);
    this.reconnection = new Reconnection(link, clockwork, silence, arrivals, tally, () -> stopping);
  }

  /** Makes the connection ahead of the run. */
  public void connect() {
    link.open();
  }

  public Endpoint replica() {
    return link.replica();
  }

  /** Lets go of a replica that has become the source of what is written; for any thread. */
  public void leaveIfTaken() {
    link.leaveIfTaken();
    pushes.leaveIfTaken();
  }

  /** Where the replica is, as far as is known. */
  public Endpoint where() {
    return link.where().now();
  }

  /** Whether it is its own source by now, so that there is no replica. */
  public boolean isTaken() {
    return link.where().isTaken();
  }

  /** Every server that another was found in the place of. */
  public List<Whereabouts.Move> moves() {
    return link.where().moves();
  }

  public ReplicaTally tally() {
    return tally;
  }

  /**
   * How many were sent and not yet seen, those included that it has not had the time to ask for.
   */
  public long outstanding() {
    return tally.outstanding.get() + arrivals.views().untaken();
  }

  /** The measured ones among them. */
  public long outstandingMeasured() {
    return tally.outstandingMeasured.get() + arrivals.views().untakenMeasured();
  }

  /**
   * The greatest lower bound of what is outstanding; null where nothing acknowledged and measured
   * is.
   */
  @Nullable
  public Long oldestLowerNanos(long now) {
    long ack = tally.oldestAckNanos.get();
    if (ack != 0) {
      return LagBounds.lowerUnseen(ack, tally.oldestMissedNanos.get(), silence.until(now));
    }
    long untaken = arrivals.views().oldestUntakenAckNanos();
    return untaken == 0
        ? null
        : Long.valueOf(LagBounds.lowerUnseen(untaken, untaken, silence.until(now)));
  }

  public LagRecorder recorder() {
    return recorder;
  }

  public SingleWriterRecorder roundTrips() {
    return poll.roundTrips();
  }

  /** How long the polls were apart; see {@link Poll#spacings}. */
  public SingleWriterRecorder spacings() {
    return poll.spacings();
  }

  /** How often the replica may be asked, and what that costs it. */
  public Asking asking() {
    return asking;
  }

  /** How arrivals are noticed, and why so. */
  public String description() {
    return pushes.description();
  }

  public Pushes pushes() {
    return pushes;
  }

  public boolean isConnected() {
    return link.isConnected();
  }

  /** How long it has been without an answer, having lost its connection; 0 where it has one. */
  public long lostNanos() {
    return link.lostNanos();
  }

  /** Whether it has been without a connection for longer than the replica's timeout. */
  public boolean isLostForGood() {
    return link.isLostForGood();
  }

  /** The last error reply to a poll, or null. */
  @Nullable
  public String trouble() {
    return link.trouble();
  }

  /** What ended the loop ahead of time, or null. */
  @Nullable
  public RuntimeException failure() {
    return failure;
  }

  /** Asks the loop to end; a poll under way ends with it. */
  public void stop() {
    stopping = true;
    link.close();
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
          reconnection.after(e);
        }
      } catch (RuntimeException e) {
        failure = e;
        stopping = true;
      }
    }
    arrivals.settleTheRest();
    link.drop();
  }

  private void cycle() {
    arrivals.takeOver();
    arrivals.settleAnswered();
    arrivals.settleOldestPushed();
    int size = arrivals.size();
    if (size > 0) {
      long wait = turn.waitNanos();
      if (wait > 0) {
        arrivals.tellTaken(); // An end must wait for them too.
        await(wait);
        return;
      }
      link.keepAwake(); // Ahead of what is timed.
      poll.of(size);
      turn.ended();
      return;
    }
    arrivals.countAll();
    if (arrivals.awaitsAnswers()) {
      giveWay();
    } else {
      awaitSend();
    }
  }

  /** Until the next poll; what is sent or told meanwhile is taken in now and then. */
  private void await(long nanos) {
    if (nanos < SHORTEST_PARK_NANOS) {
      giveWay(); // Parked, it would come back too late.
    } else {
      clockwork.clock().park(Math.min(nanos, IDLE_REST_NANOS));
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
      rest = clockwork.nextDueAfter(now - LOOK_OUT_NANOS, pair, pairs) - WAKE_AHEAD_NANOS - now;
    }
    if (rest <= 0) {
      giveWay();
      return;
    }
    if (rest >= AWAKE_NANOS || !clockwork.isStarted()) {
      link.keepAwake(); // It is to be there when the next sentinel is sent.
    }
    resting = true;
    clockwork.clock().park(Math.min(rest, IDLE_REST_NANOS));
    resting = false;
  }

  /** Tells that a sentinel is about to be sent; for the lanes. */
  public void wake() {
    Thread sleeper = thread;
    if (resting && sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }
}
