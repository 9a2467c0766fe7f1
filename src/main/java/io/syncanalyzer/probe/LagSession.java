package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.observe.PushObserver;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SecondListener;
import io.syncanalyzer.probe.timeline.SecondTicker;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.timeline.Together;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Successors;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.sentinel.SentinelSchedule;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of lag: lanes that write sentinels to the source on a schedule, and an observer
 * for each replica that watches them arrive, on one clock, in one JVM. Each pair of shards has
 * lanes and observers of its own, so that one that stands still holds up no other.
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
  private final List<SourceTrack> sources;
  private final List<ReplicaTrack> tracks;
  private final List<WritingLane> lanes;
  private final List<Together> together;
  private final HiccupMeter hiccups;
  private final SecondTicker ticker;
  private final @Nullable HlogFile hlog;
  private final SessionThreads threads = new SessionThreads();
  private boolean closed;

  private LagSession(
      LagSettings settings,
      List<List<Distance>> distances,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    this.settings = settings;
    this.wall = wall;
    this.clockwork = clockwork(settings, clock);
    SessionParts parts = new SessionParts(settings, clockwork, Successors.OF_TOPOLOGY);
    Path path = settings.hlog().orElse(null);
    this.hlog = path == null ? null : HlogFile.append(path, wall.millis());
    this.sources = parts.tracks(distances);
    this.tracks = sources.stream().flatMap(source -> source.replicas().stream()).toList();
    this.lanes = sources.stream().flatMap(source -> source.lanes().stream()).toList();
    this.together = parts.together(sources);
    this.hiccups = new HiccupMeter(clock);
    this.ticker =
        new SecondTicker(
            clockwork, settings.phase(), sources, together, hiccups, hlog, progress, listener);
  }

  private static SessionClockwork clockwork(LagSettings settings, NanoClock clock) {
    int streams = settings.streams().size();
    return new SessionClockwork(
        clock,
        new SentinelSchedule(
            settings.ratePerSecond(), streams, settings.warmup(), settings.duration()),
        streams);
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

  /**
   * The same, each second also told with all that is in it, on a thread of the session, where the
   * settings ask for that.
   */
  public static LagSession open(
      LagSettings settings,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      Consumer<FullSecond> seconds) {
    return open(
        settings,
        clock,
        wall,
        progress,
        settings.keeping().tellsInFull() ? SecondListener.inFull(seconds) : SecondListener.NONE);
  }

  static LagSession open(
      LagSettings settings,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      SecondListener listener) {
    for (int pair = 0; pair < settings.pairs().size(); pair++) {
      Preflight.source(settings, pair);
    }
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
    for (int i = 0; i < sources.size(); i++) {
      LagPair pair = settings.pairs().get(i);
      for (Endpoint replica : pair.replicas()) {
        Preflight.replica(
            settings.watched(replica, pair.source()), settings.runId(), sources.get(i).lanes());
      }
    }
    for (WritingLane lane : lanes) {
      lane.connect();
    }
    threads.watch(hiccups, "lag-hiccups");
    for (SourceTrack source : sources) {
      String address = settings.isBySlot() ? "-" + source.source().first().address() : "";
      threads.watch(source.watch(), "lag-watch-source" + address);
      if (settings.keeping().cleanBehind()) {
        threads.watch(source.sweeper(), "lag-sweeper" + address);
      }
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
   * The lane {@code index} (0 to {@link LagSettings#lanes(SentinelType)} − 1) of a type: those of
   * its first stream, then of its next.
   *
   * @throws IllegalArgumentException if there is none
   */
  public SentinelLane lane(SentinelType type, int index) {
    List<WritingLane> ofType = lanes.stream().filter(lane -> lane.type() == type).toList();
    if (index < 0 || index >= ofType.size()) {
      throw new IllegalArgumentException(
          "no lane " + index + " for type " + type.label() + " in this session");
    }
    return ofType.get(index);
  }

  /** All lanes, by pair and type. */
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

  /** How many sentinels have left so far, those of the warm-up among them. */
  public long sent() {
    return lanes.stream().mapToLong(lane -> lane.warmupSent.get() + lane.measuredSent.get()).sum();
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
    List<Endpoint> inDoubt =
        sources.stream()
            .filter(source -> source.lanes().stream().anyMatch(WritingLane::isLost))
            .map(source -> source.source().now())
            .toList();
    clockwork.end();
    long called = clockwork.now();
    // What was due at that very moment may have left.
    long ended = scheduleOver ? clockwork.scheduleEndNanos() : called + 1;
    new SessionEnd(clockwork, lanes, tracks).await(observeTimeout);
    boolean interrupted = Thread.currentThread().isInterrupted();
    endThreads();
    ticker.last();
    String incomplete =
        interrupted ? "interrupted" : SessionFailures.first(inDoubt, tracks, ticker);
    try {
      closeHlog();
    } catch (ProbeFailure e) {
      incomplete = incomplete == null ? e.getMessage() : incomplete;
    }
    LagSummary summary =
        new SessionSummary(settings, clockwork, sources, together, hiccups)
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
    for (SourceTrack source : sources) {
      source.watch().stop();
      source.sweeper().stop();
    }
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
