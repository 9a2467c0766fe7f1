package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.figures.RoundTrip;
import io.syncanalyzer.probe.observe.PushObserver;
import io.syncanalyzer.probe.observe.Pushes;
import io.syncanalyzer.probe.observe.ReplicaObserver;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.RedisFailure;
import io.syncanalyzer.redis.wire.RedisConnection;
import io.syncanalyzer.sentinel.SentinelCodec;
import io.syncanalyzer.sentinel.SentinelLedger;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.BackOff;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of lag: lanes that write sentinels to the source on a schedule, and an observer
 * for each replica that watches them arrive, on one clock, in one JVM.
 *
 * <pre>{@code
 * try (LagSession session = LagSession.open(settings, clock, wall, progress)) {
 *   session.start();
 *   // each lane on a thread of its own:
 *   while (lane.awaitDue()) {
 *     lane.write();
 *   }
 *   // when all lanes have ended:
 *   LagSummary summary = session.finish(settings.observeTimeout());
 * }
 * }</pre>
 *
 * <p>The definition: upper = pos − send; lower = max(0, neg − ack); from intended = pos − intended.
 * {@code neg} is when the request of the last poll that did not see the sentinel was sent (its send
 * if there was none), {@code pos} when the reply of the first poll that saw it, or the push that
 * told of it, arrived.
 *
 * <p>Memory is bounded by the rate and the observe timeout, not by the duration ({@link
 * LagMemory}). {@link #open}, {@link #start}, {@link #finish} and {@link #close} are for one
 * thread, each lane for one.
 */
public final class LagSession implements AutoCloseable {
  private static final long LANES_END_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** So that the sentinels sent last are asked for once more when their timeout has passed. */
  private static final long LAST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LagSettings settings;
  private final Clock wall;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> tracks = new ArrayList<>();
  private final ServerWatch sourceWatch;
  private final SentinelSweeper sweeper;
  private final HiccupMeter hiccups;
  private final SecondTicker ticker;
  private final @Nullable HlogFile hlog;
  private final List<Thread> observing = new ArrayList<>();
  private final List<Thread> watching = new ArrayList<>();
  private boolean closed;

  private LagSession(
      LagSettings settings,
      List<Distance> distances,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    this.settings = settings;
    this.wall = wall;
    this.clockwork =
        new SessionClockwork(
            clock,
            new SentinelSchedule(
                settings.ratePerSecond(),
                settings.types().size(),
                settings.warmup(),
                settings.duration()),
            settings.types().size());
    Path path = settings.hlog().orElse(null);
    this.hlog = path == null ? null : HlogFile.append(path, wall.millis());
    Recorder slips = new Recorder(1, LagRecorder.HIGHEST_NANOS, 3);
    Recorder acks = new Recorder(1, LagRecorder.HIGHEST_NANOS, 3);
    this.lanes = lanes(slips, acks);
    this.sourceWatch = new ServerWatch(settings.source(), clockwork);
    for (Endpoint replica : settings.replicas()) {
      int reader = tracks.size();
      Endpoint watched = settings.watched(replica);
      Distance distance = distances.get(reader);
      long held = watched.equals(replica) ? 0 : distance.heldNanos();
      Pushes push =
          PushObserver.choose(
              settings.observer(), watched, settings.runId(), clockwork, lanes, held);
      ReplicaObserver observer =
          new ReplicaObserver(
              watched,
              clockwork,
              lanes,
              reader,
              settings.observeTimeout().toNanos(),
              new LagRecorder(),
              push,
              held);
      tracks.add(
          new ReplicaTrack(
              replica,
              settings.replicas().size() > 1 ? replica.address() : null,
              observer,
              new ServerWatch(watched, clockwork),
              sourceWatch,
              distance,
              settings.phase().tagPrefix(),
              reader == 0 ? "" : "@" + replica.address(),
              settings.watching().recoverBelow()));
    }
    this.hiccups = new HiccupMeter(clock);
    this.sweeper = new SentinelSweeper(clock, settings.source(), lanes);
    this.ticker =
        new SecondTicker(
            clockwork,
            settings.phase(),
            lanes,
            tracks,
            slips,
            acks,
            hiccups,
            hlog,
            progress,
            listener);
  }

  private List<WritingLane> lanes(Recorder slips, Recorder acks) {
    List<WritingLane> made = new ArrayList<>();
    int perType = settings.lanes();
    int slots = LagMemory.slots(settings);
    for (int type = 0; type < settings.types().size(); type++) {
      for (int index = 0; index < perType; index++) {
        made.add(
            new WritingLane(
                settings.source(),
                clockwork,
                type,
                new SentinelCodec(
                    settings.runId(),
                    settings.types().get(type),
                    settings.phase().laneMark() + index),
                new SentinelLedger(slots, settings.replicas().size()),
                slips,
                acks,
                this::wakeObservers));
      }
    }
    return List.copyOf(made);
  }

  private void wakeObservers() {
    for (int i = 0; i < tracks.size(); i++) {
      tracks.get(i).observer().wake();
    }
  }

  /**
   * Connects the lanes to the source and an observer to every replica, and tries once what they
   * will do, so that a missing permission is told before anything is measured.
   *
   * @param wall what labels times
   * @param progress called about once a second for each replica, on a thread of the session
   * @throws ProbeFailure if something other than a server stands in the way
   * @throws io.syncanalyzer.redis.RedisFailure if a server cannot be reached or refuses a command
   */
  public static LagSession open(
      LagSettings settings, NanoClock clock, Clock wall, Consumer<LagProgress> progress) {
    return open(settings, clock, wall, progress, SecondListener.NONE);
  }

  static LagSession open(
      LagSettings settings,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    Preflight.source(settings.source(), settings.runId(), settings.types());
    LagSession session =
        new LagSession(settings, distances(settings, clock), clock, wall, progress, listener);
    try {
      session.connect();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static List<Distance> distances(LagSettings settings, NanoClock clock) {
    long source = RoundTrip.to(settings.source(), clock);
    return settings.replicas().stream()
        .map(replica -> new Distance(source, RoundTrip.to(replica, clock)))
        .toList();
  }

  private void connect() {
    for (Endpoint replica : settings.replicas()) {
      Preflight.replica(settings.watched(replica), settings.runId(), lanes);
    }
    for (WritingLane lane : lanes) {
      lane.connect();
    }
    watch(sourceWatch, "lag-watch-source");
    watch(hiccups, "lag-hiccups");
    if (settings.keeping().cleanBehind()) {
      watch(sweeper, "lag-sweeper");
    }
    for (ReplicaTrack track : tracks) {
      track.observer().connect();
      watch(track.watch(), "lag-watch-" + track.replica().address());
      if (track.observer().pushes() instanceof PushObserver push) {
        watch(push, "lag-push-" + track.replica().address());
      }
      observing.add(thread(track.observer(), "lag-observer-" + track.replica().address()));
    }
  }

  private void watch(Runnable work, String name) {
    watching.add(thread(work, name));
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /**
   * The lane {@code index} (0 to {@link LagSettings#lanes()} − 1) of a type.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SentinelLane lane(SentinelType type, int index) {
    int at = settings.types().indexOf(type);
    if (at < 0 || index < 0 || index >= settings.lanes()) {
      throw new IllegalArgumentException(
          "no lane " + index + " for type " + type.label() + " in this session");
    }
    return lanes.get(at * settings.lanes() + index);
  }

  /** All lanes, the types in order. */
  public List<SentinelLane> lanes() {
    return List.copyOf(lanes);
  }

  /**
   * Fixes the schedule's origin: the first sentinel is due now.
   *
   * @throws IllegalStateException if it was started before
   */
  public void start() {
    clockwork.start(wall.millis());
    watch(ticker, "lag-ticker");
  }

  /** Where the measured time begins, on the session's clock; after {@link #start}. */
  public long measuredFromNanos() {
    return clockwork.measuredFromNanos();
  }

  /**
   * The load beside it has begun a step of its ramp.
   *
   * @param step from 1; 0 = it has ended one
   */
  public void step(int step) {
    clockwork.steps().mark(clockwork.now(), step);
  }

  /**
   * Ends the schedule ahead of its time, as it was asked for: nothing more falls due. {@link
   * #finish} follows.
   */
  public void endSchedule() {
    clockwork.cut();
  }

  /**
   * Ends the schedule, waits for the outstanding, censors the rest, and closes the session. A
   * replica that has been lost for longer than its timeout is not waited for. Call it when the
   * lanes have ended; a write that is still under way has two seconds to end, and is unknown then.
   * Interrupted, it waits for nothing, censors what is outstanding at the age it has reached, says
   * so in {@code incomplete}, and leaves the interrupt flag set.
   *
   * @param observeTimeout how long to wait, counted from this call
   * @throws IllegalStateException if the session was not started, or is closed
   */
  public LagSummary finish(Duration observeTimeout) {
    if (!clockwork.isStarted() || closed) {
      throw new IllegalStateException("the session has not been started, or is finished already");
    }
    boolean scheduleOver = clockwork.isPastSchedule(clockwork.now());
    boolean sourceInDoubt = lanes.stream().anyMatch(WritingLane::isLost);
    clockwork.end();
    long called = clockwork.now();
    // What was due at that very moment may have left.
    long ended = scheduleOver ? clockwork.scheduleEndNanos() : called + 1;
    BackOff observing =
        BackOff.steady(clockwork.clock(), LOOK_AGAIN_NANOS)
            .within(observeTimeout.toNanos() + LAST_LOOK_NANOS);
    awaitLanes();
    awaitObservers(observing);
    boolean interrupted = Thread.currentThread().isInterrupted();
    endThreads();
    ticker.last();
    String incomplete = interrupted ? "interrupted" : firstFailure(sourceInDoubt);
    try {
      closeHlog();
    } catch (ProbeFailure e) {
      incomplete = incomplete == null ? e.getMessage() : incomplete;
    }
    LagSummary summary =
        new SessionSummary(settings, clockwork, lanes, tracks, ticker, hiccups)
            .summary(ended, incomplete);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return summary;
  }

  private void awaitLanes() {
    BackOff unhurried = lanesEnd();
    while (lanes.stream().anyMatch(WritingLane::isBusy)
        && !Thread.currentThread().isInterrupted()
        && unhurried.more()) {
      // Its write is under way still.
    }
    lanes.forEach(WritingLane::close);
    // A write whose connection is closed ends at once: only then is it known whether it had left.
    boolean interrupted = Thread.interrupted();
    BackOff closed = lanesEnd();
    while (lanes.stream().anyMatch(WritingLane::isBusy) && closed.more()) {
      interrupted |= Thread.interrupted();
    }
    lanes.forEach(WritingLane::abandon);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private BackOff lanesEnd() {
    return BackOff.steady(clockwork.clock(), LOOK_AGAIN_NANOS).within(LANES_END_NANOS);
  }

  private void awaitObservers(BackOff looks) {
    long[] cycles =
        tracks.stream().mapToLong(track -> track.observer().tally().cycles.get()).toArray();
    for (int i = 0; i < cycles.length; i++) {
      ReplicaTally tally = tracks.get(i).observer().tally();
      // Two rounds on, what was sent last has been taken over.
      while ((tally.cycles.get() < cycles[i] + 2 || tally.awaited.get() > 0)
          && tracks.get(i).observer().failure() == null
          && !tracks.get(i).observer().isLostForGood()
          && !Thread.currentThread().isInterrupted()
          && looks.more()) {
        // It has not seen them all yet.
      }
    }
  }

  private @Nullable String firstFailure(boolean sourceInDoubt) {
    if (sourceInDoubt) {
      try {
        RedisConnection.open(settings.source()).close();
      } catch (RedisFailure e) {
        return "lost the source and could not reach it again: " + e.getMessage();
      }
    }
    for (ReplicaTrack track : tracks) {
      RuntimeException failure = track.observer().failure();
      if (failure != null) {
        return "watching the " + track.watched() + " failed: " + failure;
      }
      if (!track.observer().isConnected()) {
        return "lost the connection to the "
            + track.watched()
            + " and could not make it anew ("
            + track.observer().trouble()
            + ")";
      }
    }
    RuntimeException failure = ticker.failure();
    return failure == null ? null : "keeping the timeline failed: " + failure;
  }

  /** Ends every thread of the session, the clock's ticker last. */
  private void endThreads() {
    boolean interrupted = false;
    ticker.stop();
    hiccups.stop();
    sourceWatch.stop();
    sweeper.stop();
    for (ReplicaTrack track : tracks) {
      track.watch().stop();
      track.observer().pushes().stop();
      track.observer().stop();
    }
    for (Thread thread : observing) {
      interrupted |= end(thread);
    }
    for (Thread thread : watching) {
      interrupted |= end(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean end(Thread thread) {
    boolean interrupted = false;
    thread.interrupt(); // Ends a rest at once; nothing in it waits for anything else.
    while (thread.isAlive()) {
      try {
        thread.join(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  private void closeHlog() {
    closed = true;
    if (hlog != null) {
      hlog.close();
    }
  }

  /** Ends the session without a summary; harmless after {@link #finish}. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    clockwork.end();
    lanes.forEach(WritingLane::close);
    endThreads();
    closeHlog();
  }
}
