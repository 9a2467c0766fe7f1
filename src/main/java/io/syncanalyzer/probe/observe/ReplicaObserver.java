package io.syncanalyzer.probe.observe;

import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.Reply;
import io.syncanalyzer.redis.server.ServerInfo;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.redis.wire.RedisConnection.Command;
import io.syncanalyzer.time.BackOff;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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
 * the order, wider where a round takes long, and widens up to 4096 while all of it arrives. The
 * request's time is taken before the first command of each chunk goes into the buffer, the reply's
 * after each reply: a server executes a pipeline in order, so both bounds hold for every sentinel
 * by itself.
 *
 * <p>It does not sleep while the replica is less than a millisecond behind; from there on it rests
 * a thousandth of the lag between two polls, at least 50 µs and at most 20 ms, so that a replica 30
 * s behind is asked fifty times a second, at some 2 % of its time.
 *
 * <p>Where it stands for a server that is further away than the one it asks, as for the floor, each
 * request and its replies are held for half of the rest of the way: the server is asked, and its
 * answer known, when the other's would be.
 *
 * <p>A lost connection is made anew, with growing pauses, until the session ends. Where the very
 * same server process is then found at the other end, and it has not kept anybody waiting for an
 * answer, the loss was the connection's alone: it is counted as probe outage, and what arrived
 * meanwhile is counted, but is in no figure of the lag. Else the replica itself was gone, or stood
 * still, and to its users what arrived meanwhile came late: its upper bound grows by the outage,
 * its lower does not.
 *
 * <p>What has to be given up meanwhile has a lower bound by that silence only where it is the
 * replica's for certain: it kept the probe waiting, another process came back, or nobody ever did.
 * While that is open, and where the replica turns the probe away or refuses its questions, the
 * silence proves nothing.
 */
public final class ReplicaObserver implements Runnable {
  private static final int CHUNK = 64;

  private static final Command EXISTS = Command.of("EXISTS");
  private static final long NO_REST_BELOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SHORTEST_REST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long WAKE_AHEAD_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LOOK_OUT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /** Only where the next sentinel is further off is an idle connection asked for a sign of life. */
  private static final long AWAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long IDLE_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Endpoint replica;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final LagRecorder recorder;
  private final Pushes pushes;
  private final long heldNanos;
  private final Arrivals arrivals;
  private final ReplicaTally tally = new ReplicaTally();
  private final Silence silence = new Silence();
  private final SingleWriterRecorder roundTrips =
      new SingleWriterRecorder(1, LagRecorder.HIGHEST_NANOS, 2);

  private final PollWindow window = new PollWindow();
  private final long[] askedAt = new long[PollWindow.MOST];
  private final int[] asked = new int[PollWindow.MOST];

  /** Whether the last answer was a refusal. */
  private boolean refused;

  private volatile @Nullable RedisConnection connection;
  private volatile boolean stopping;
  private volatile boolean resting;
  private volatile @Nullable Thread thread;
  private volatile boolean connected = true;
  private volatile long lostAt;
  private volatile long silentSince;
  private Optional<String> process = Optional.empty();
  private volatile @Nullable String trouble;
  private volatile @Nullable RuntimeException failure;

  public ReplicaObserver(
      Endpoint replica,
      SessionClockwork clockwork,
      List<WritingLane> lanes,
      int reader,
      long timeoutNanos,
      LagRecorder recorder,
      Pushes pushes,
      long heldNanos) {
    this.replica = replica;
    this.clockwork = clockwork;
    this.lanes = List.copyOf(lanes);
    this.recorder = recorder;
    this.pushes = pushes;
    this.heldNanos = heldNanos;
    this.arrivals =
        new Arrivals(
            clockwork,
            lanes.stream().map(WritingLane::ledger).toList(),
            reader,
            timeoutNanos,
            recorder,
            pushes,
            silence,
            tally);
  }

  /** Makes the connection ahead of the run. */
  public void connect() {
    RedisConnection open = RedisConnection.open(replica);
    connection = open;
    process = processOf(open);
  }

  /** What names the server's process, where it may be asked. */
  private static Optional<String> processOf(RedisConnection open) {
    try {
      return ServerInfo.readSection(open, "server").runId();
    } catch (RedisFailure e) {
      if (e.isConnectionLoss()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  public Endpoint replica() {
    return replica;
  }

  public ReplicaTally tally() {
    return tally;
  }

  Silence silence() {
    return silence;
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
   * The greatest lower bound of what is outstanding; empty where nothing acknowledged and measured
   * is.
   */
  public OptionalLong oldestLowerNanos(long now) {
    long ack = tally.oldestAckNanos.get();
    if (ack != 0) {
      return OptionalLong.of(
          LagBounds.lowerUnseen(ack, tally.oldestMissedNanos.get(), silence.until(now)));
    }
    long untaken = arrivals.views().oldestUntakenAckNanos();
    return untaken == 0
        ? OptionalLong.empty()
        : OptionalLong.of(LagBounds.lowerUnseen(untaken, untaken, silence.until(now)));
  }

  public LagRecorder recorder() {
    return recorder;
  }

  public SingleWriterRecorder roundTrips() {
    return roundTrips;
  }

  /** How arrivals are noticed, and why so. */
  public String description() {
    return pushes.description();
  }

  public Pushes pushes() {
    return pushes;
  }

  public boolean isConnected() {
    return connected;
  }

  /** How long it has been without an answer, having lost its connection; 0 where it has one. */
  public long lostNanos() {
    return connected ? 0 : clockwork.now() - silentSince;
  }

  /** Whether it has been without a connection for longer than the replica's timeout. */
  public boolean isLostForGood() {
    return !connected && clockwork.now() - lostAt > replica.timeout().toNanos();
  }

  /** The last error reply to a poll, or null. */
  @Nullable
  public String trouble() {
    return trouble;
  }

  /** What ended the loop ahead of time, or null. */
  @Nullable
  public RuntimeException failure() {
    return failure;
  }

  /** Asks the loop to end; a poll under way ends with it. */
  public void stop() {
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
          reconnect(e);
        }
      } catch (RuntimeException e) {
        failure = e;
        stopping = true;
      }
    }
    arrivals.settleTheRest();
    drop();
  }

  private void cycle() {
    arrivals.takeOver();
    arrivals.settleAnswered();
    int size = arrivals.size();
    if (size > 0) {
      poll(size);
      rest();
      return;
    }
    arrivals.countAll();
    if (arrivals.awaitsAnswers()) {
      giveWay();
    } else {
      awaitSend();
    }
  }

  private void poll(int size) {
    keepAwake(); // Ahead of what is timed.
    RedisConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("polled without a connection");
    }
    window.begin(size, clockwork.now());
    try {
      ask(open);
    } finally {
      arrivals.compact(window.reach());
    }
    window.end();
  }

  private void ask(RedisConnection open) {
    int count = window.count();
    long chunkAt = 0;
    long begin = clockwork.now();
    hold();
    int sent = 0;
    for (int i = 0; i < count; i++) {
      if (sent % CHUNK == 0) {
        if (i > 0) {
          open.flush();
        }
        chunkAt = sent == 0 ? begin : clockwork.now() - heldNanos;
      }
      int place = window.place(i);
      asked[i] = place;
      askedAt[i] = chunkAt;
      if (arrivals.settlePushed(place)) {
        asked[i] = -1;
        window.settled(i);
      } else {
        long entry = arrivals.at(place);
        open.send(
            EXISTS, lanes.get(Outstanding.lane(entry)).codec().key(Outstanding.sequence(entry)));
        sent++;
      }
    }
    window.asked();
    if (sent > 0) {
      silence.asked(begin);
      open.flush();
      tally.pollCommands.add(sent);
      long pos = begin;
      for (int i = 0; i < count; i++) {
        if (asked[i] >= 0) {
          Reply reply = open.receive();
          if (pos == begin) {
            hold(); // The first; the others follow it closely.
          }
          pos = clockwork.now();
          silence.heard(pos);
          if (settledBy(reply, asked[i], askedAt[i], pos)) {
            window.settled(i);
          }
        }
      }
      silence.answered(pos - begin);
      roundTrips.recordValue(LagRecorder.clamped(pos - begin));
    }
  }

  private boolean settledBy(Reply reply, int place, long requestNanos, long pos) {
    if (reply instanceof Reply.Failed failed) {
      trouble = failed.message();
      if (isForUsAlone(failed)) {
        refused = true;
        tally.refusals.add(1);
        return arrivals.refused(place);
      }
      // It shows nobody the key, so it counts as not seen.
    }
    if (refused) {
      refused = false;
      arrivals.wasBlindUntil(requestNanos);
    }
    boolean there = reply instanceof Reply.Int found && found.value() > 0;
    return arrivals.judge(place, requestNanos, pos, there);
  }

  /** Whether others may be shown what we are not. */
  private static boolean isForUsAlone(Reply.Failed failed) {
    return failed.code().equals("NOPERM") || failed.code().equals("NOAUTH");
  }

  private void hold() {
    long until = clockwork.now() + heldNanos;
    for (long left = heldNanos; left > 0 && !stopping; left = until - clockwork.now()) {
      clockwork.clock().park(left);
    }
  }

  private void rest() {
    long lag = arrivals.lagNanos();
    if (lag >= NO_REST_BELOW_NANOS) {
      clockwork
          .clock()
          .park(Math.max(SHORTEST_REST_NANOS, Math.min(LONGEST_REST_NANOS, lag / 1000)));
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
    if (rest >= AWAKE_NANOS || !clockwork.isStarted()) {
      keepAwake();
    }
    resting = true;
    clockwork.clock().park(Math.min(rest, IDLE_REST_NANOS));
    resting = false;
  }

  /** Sees to it that the connection is there when the next sentinel is sent. */
  private void keepAwake() {
    RedisConnection open = connection;
    if (open != null) {
      int before = open.renewals();
      open.keepAwake();
      if (open.renewals() != before) {
        process = processOf(open);
      }
    }
  }

  /** Tells that a sentinel is about to be sent; for the lanes. */
  public void wake() {
    Thread sleeper = thread;
    if (resting && sleeper != null) {
      LockSupport.unpark(sleeper);
    }
  }

  private void reconnect(RedisFailure failed) {
    lostAt = clockwork.now();
    // It was out of reach from its last answer on, not only from when we gave up waiting.
    long lost = lostAt - failed.silentNanos();
    silentSince = lost;
    Loss loss = new Loss(failed, process);
    silence.lost(lost, loss.mayBeOurs());
    arrivals.outOfReach();
    connected = false;
    trouble = failed.getMessage();
    tally.losses.add(1);
    BackOff retry = BackOff.growing(clockwork.clock(), FIRST_RETRY_NANOS, LAST_RETRY_NANOS);
    drop();
    while (!stopping && connection == null) {
      try {
        RedisConnection open = RedisConnection.open(replica);
        connection = open;
        process = processOf(open);
      } catch (RedisFailure e) {
        drop();
        trouble = e.getMessage();
        loss.failed(e);
        silence.lost(lost, loss.mayBeOurs());
        arrivals.whileNobodyAnswers();
        retry.more();
      }
    }
    connected = connection != null;
    settle(loss, lost);
    if (stopping) {
      drop();
    }
  }

  /** It is over, or the session is: what was given up meanwhile is told by whose fault it was. */
  private void settle(Loss loss, long lost) {
    boolean replicasSilence = loss.isReplicasSilence(connected, process);
    arrivals.outOfReachIsSettled(replicasSilence);
    if (connected) {
      silence.over();
    } else if (replicasSilence) {
      silence.isTheReplicas();
    }
    long now = clockwork.now();
    if (loss.isOurs(connected, process)) {
      tally.outages.add(1);
      tally.outageNanos.add(now - lost);
      arrivals.wasBlindUntil(now);
    } else {
      tally.replicaOutages.add(1);
      tally.replicaOutageNanos.add(now - lost);
    }
  }

  private void drop() {
    RedisConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
