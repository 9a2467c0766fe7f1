package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.observe.PushObserver;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.probe.timeline.ServerWatch;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
  private final LagSettings settings;
  private final Clock wall;
  private final SessionClockwork clockwork;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> tracks;
  private final ServerWatch sourceWatch;
  private final SentinelSweeper sweeper;
  private final HiccupMeter hiccups;
  private final SecondTicker ticker;
  private final @Nullable HlogFile hlog;
  private final SessionThreads threads = new SessionThreads();
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
    this.lanes = SessionParts.lanes(settings, clockwork, slips, acks, this::wakeObservers);
    this.sourceWatch = new ServerWatch(settings.source(), clockwork);
    this.tracks = SessionParts.tracks(settings, clockwork, lanes, sourceWatch, distances);
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
        new LagSession(
            settings, SessionParts.distances(settings, clock), clock, wall, progress, listener);
    try {
      session.connect();
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void connect() {
    for (Endpoint replica : settings.replicas()) {
      Preflight.replica(settings.watched(replica), settings.runId(), lanes);
    }
    for (WritingLane lane : lanes) {
      lane.connect();
    }
    threads.watch(sourceWatch, "lag-watch-source");
    threads.watch(hiccups, "lag-hiccups");
    if (settings.keeping().cleanBehind()) {
      threads.watch(sweeper, "lag-sweeper");
    }
    for (ReplicaTrack track : tracks) {
      track.observer().connect();
      threads.watch(track.watch(), "lag-watch-" + track.replica().address());
      if (track.observer().pushes() instanceof PushObserver push) {
        threads.watch(push, "lag-push-" + track.replica().address());
      }
      threads.observe(track.observer(), "lag-observer-" + track.replica().address());
    }
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
    threads.watch(ticker, "lag-ticker");
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
    new SessionEnd(clockwork, lanes, tracks).await(observeTimeout);
    boolean interrupted = Thread.currentThread().isInterrupted();
    endThreads();
    ticker.last();
    String incomplete =
        interrupted
            ? "interrupted"
            : SessionFailures.first(settings.source(), sourceInDoubt, tracks, ticker);
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

  /** Ends every thread of the session, the clock's ticker last. */
  private void endThreads() {
    ticker.stop();
    hiccups.stop();
    sourceWatch.stop();
    sweeper.stop();
    for (ReplicaTrack track : tracks) {
      track.watch().stop();
      track.observer().pushes().stop();
      track.observer().stop();
    }
    threads.end();
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
