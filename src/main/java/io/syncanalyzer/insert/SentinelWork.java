package io.syncanalyzer.insert;

import io.syncanalyzer.insert.fork.ForkWork;
import io.syncanalyzer.insert.fork.InsertFailure;
import io.syncanalyzer.probe.LagSession;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.probe.figures.ProbeFailure;
import io.syncanalyzer.probe.write.SentinelLane;
import io.syncanalyzer.redis.Origin;
import io.syncanalyzer.result.lag.FullSecond;
import io.syncanalyzer.result.load.InsertRow;
import io.syncanalyzer.sentinel.SentinelType;
import io.syncanalyzer.time.NanoClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inserts in a fork: a lag session, its lanes, and what each write took.
 *
 * <p>A failed write is counted and the schedule goes on, so that a failover of the source is
 * measured and not the end. Only when nothing has been written to any shard for {@value
 * #GONE_SECONDS} s is the source given up, or where it is found again after a failover {@value
 * #FAILOVER_SECONDS} s.
 */
final class SentinelWork implements ForkWork {
  /** How long no write at all may succeed. */
  static final long GONE_SECONDS = 10;

  /** The same where another may take the source's place, which takes a failover. */
  static final long FAILOVER_SECONDS = 60;

  private static final Duration AT_ONCE = Duration.ofMillis(500);

  private final LagSettings settings;
  private final long goneSeconds;
  private final NanoClock clock;
  private final LagSession session;
  private final List<Lane> lanes = new ArrayList<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile long endedNanos;
  private volatile long lastSuccess;
  private volatile @Nullable String failingSince;

  /**
   * Connects the lanes and the observer.
   *
   * @param seconds told of each second with all that is in it, where the settings ask for that
   * @throws ProbeFailure or a RedisFailure, if a server cannot be reached or used
   */
  SentinelWork(
      LagSettings settings,
      NanoClock clock,
      Clock wall,
      Consumer<LagProgress> progress,
      Consumer<FullSecond> seconds) {
    this.settings = settings;
    this.goneSeconds =
        settings.source().origin() instanceof Origin.Given ? GONE_SECONDS : FAILOVER_SECONDS;
    this.clock = clock;
    this.session = LagSession.open(settings, clock, wall, progress, seconds);
  }

  /** One thread's lane with its record. */
  public final class Lane {
    private final SentinelLane sentinels;
    private final WriteRecorder recorder = new WriteRecorder();

    private Lane(SentinelLane sentinels) {
      this.sentinels = sentinels;
    }

    SentinelType type() {
      return sentinels.type();
    }

    /** Waits for the next sentinel to be due; false = the schedule is over. */
    boolean awaitDue() {
      return sentinels.awaitDue();
    }

    /**
     * Writes the sentinel that is due.
     *
     * @throws InsertFailure if the source is given up
     */
    void write() {
      String failure = null;
      try {
        sentinels.write();
      } catch (ProbeFailure e) {
        failure = String.valueOf(e.getMessage());
      }
      long ack = sentinels.lastAckNanos();
      boolean measured = sentinels.lastIntendedNanos() - session.measuredFromNanos() >= 0;
      if (failure == null) {
        lastSuccess = ack;
        if (failingSince != null) {
          failingSince = null;
        }
        if (measured) {
          recorder.written(sentinels.lastIntendedNanos(), sentinels.lastSendNanos(), ack);
        }
        return;
      }
      failingSince = failure;
      if (measured) {
        recorder.failed();
      }
      if (ack - lastSuccess > Duration.ofSeconds(goneSeconds).toNanos()) {
        throw new InsertFailure(
            "no sentinel could be written for " + goneSeconds + " s: " + failure, null);
      }
    }
  }

  /** The lane of a thread; called by that thread. */
  synchronized Lane lane(SentinelType type, int index) {
    Lane lane = new Lane(session.lane(type, index));
    lanes.add(lane);
    threads.add(Thread.currentThread());
    return lane;
  }

  /** Whether what is sent now is not measured. */
  boolean isWarmingUp() {
    return clock.nanoTime() - session.measuredFromNanos() < 0;
  }

  @Override
  public void start() {
    session.start();
    lastSuccess = clock.nanoTime();
  }

  @Override
  public void step(int step) {
    session.step(step);
  }

  @Override
  public void pace(int step, long perSecond) {
    throw new IllegalStateException("sentinels keep the pace that they were started with");
  }

  @Override
  public void endSchedule() {
    endedNanos = clock.nanoTime();
    session.endSchedule();
  }

  @Override
  public void release() {
    threads.forEach(Thread::interrupt);
  }

  /** Ends the session: what was written, and what was seen of it. */
  LagSummary finish(Duration observeTimeout) {
    return session.finish(observeTimeout);
  }

  @Override
  public InsertResult result(boolean atOnce) {
    double measuredSeconds =
        Math.min(
                (endedNanos == 0 ? clock.nanoTime() : endedNanos) - session.measuredFromNanos(),
                settings.duration().map(Duration::toNanos).orElse(Long.MAX_VALUE))
            / 1e9;
    String failing = failingSince;
    LagSummary lag = finish(atOnce ? AT_ONCE : settings.observeTimeout());
    return new InsertResult(rows(measuredSeconds), lag, failing);
  }

  private synchronized List<InsertRow> rows(double measuredSeconds) {
    List<InsertRow> rows = new ArrayList<>();
    for (SentinelType type : settings.types()) {
      WriteRecorder.Sum sum = new WriteRecorder.Sum();
      lanes.stream().filter(lane -> lane.type() == type).forEach(l -> l.recorder.addTo(sum));
      rows.add(sum.row(type, measuredSeconds));
    }
    return rows;
  }
}
