package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.RunningProbe;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.run.lag.Track;
import io.syncanalyzer.run.record.RunContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * When the lag is back at the baseline after a load has ended: a probe, connected before, goes on
 * at idle until a second's median is at or below it, of every replica and shard. What is told is
 * when such a second was over, so it is late by up to a second and never early. For one thread.
 */
final class BackAtBaseline implements AutoCloseable {
  private static final Duration LAST_SENDS = Duration.ofSeconds(1);
  private static final Duration LAST_ARRIVALS = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final RunContext context;
  private final ToLongFunction<Track> bandNanos;
  private final TrialSeconds seconds;
  private final RunningProbe probe;

  private BackAtBaseline(
      RunContext context,
      ToLongFunction<Track> bandNanos,
      TrialSeconds seconds,
      RunningProbe probe) {
    this.context = context;
    this.bandNanos = bandNanos;
    this.seconds = seconds;
    this.probe = probe;
  }

  /**
   * Connects, and finds out what looking costs there, for which some keys are written and removed
   * again; no sentinel is written yet.
   *
   * @param bandNanos the lag of a replica and shard that counts as back
   * @param settings of the probe at idle
   */
  static BackAtBaseline open(
      RunContext context, ToLongFunction<Track> bandNanos, LagSettings settings) {
    TrialSeconds seconds = new TrialSeconds(settings.phase().label());
    RunningProbe probe =
        new LagProbe(context.clock(), context.wallClock(), heard -> {})
            .telling(seconds)
            .openedBy(context.patience()::insist)
            .open(settings);
    return new BackAtBaseline(context, bandNanos, seconds, probe);
  }

  /**
   * What was found.
   *
   * @param nanos from the end of the load until each was back; those that were not are not there
   * @param lag what the probe wrote, to be removed
   */
  record Found(Map<Track, Long> nanos, LagSummary lag) {
    Found {
      nanos = Map.copyOf(nanos);
    }

    /** Of that one; null where it was not back in time. */
    @Nullable Long nanos(Track track) {
      return nanos.get(track);
    }
  }

  /** The load has ended: from now on it is looked. */
  void begin() {
    probe.start();
  }

  /**
   * Waits for it.
   *
   * @param whose of all of them
   * @param loadEndedNanos on the context's clock
   * @param within how long after that it is waited for
   */
  Found await(Set<Track> whose, long loadEndedNanos, Duration within) {
    Map<Track, Long> back = new HashMap<>();
    boolean inTime = true;
    while (inTime && !back.keySet().containsAll(whose) && !Thread.currentThread().isInterrupted()) {
      context.clock().park(LOOK_NANOS);
      // What is known by the end of the time counts, however late it was looked at.
      inTime = context.clock().nanoTime() - loadEndedNanos <= within.toNanos();
      for (Track track : whose) {
        firstBack(seconds.of(track, Long.MAX_VALUE), bandNanos.applyAsLong(track))
            .ifPresent(row -> back.putIfAbsent(track, ended(row) - loadEndedNanos));
      }
    }
    probe.end(LAST_SENDS);
    LagSummary lag = probe.finish(LAST_ARRIVALS);
    back.values().removeIf(nanos -> nanos > within.toNanos());
    return new Found(back, lag);
  }

  private long ended(LagSecond row) {
    return probe.measuredFromNanos() + TimeUnit.SECONDS.toNanos(row.second() + row.span());
  }

  private static Optional<LagSecond> firstBack(List<LagSecond> rows, long band) {
    return rows.stream()
        .filter(row -> row.p50UpperNanos() != null && row.p50UpperNanos() <= band)
        .findFirst();
  }

  @Override
  public void close() {
    probe.close();
  }
}
