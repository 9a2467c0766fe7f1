package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.observe.Recovery;
import io.syncanalyzer.probe.observe.ReplicaObserver;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.lag.LagSecond;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What a session keeps of one replica besides its observer. For the ticker's thread. */
public final class ReplicaTrack {
  private final Endpoint replica;
  private final @Nullable String name;
  private final @Nullable String shard;
  private final ReplicaObserver observer;
  private final ServerWatch watch;
  private final ServerWatch sourceWatch;
  private final Distance distance;
  private final String tagPrefix;
  private final String tagSuffix;
  private final LagTimeline timeline = new LagTimeline();
  private final Recovery recovery;
  private final Histogram roundTrips = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
  private final Histogram spacings = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
  private Histogram roundTripInterval;
  private Histogram spacingInterval;
  private long observedBefore;
  private long syncsBefore;
  private long lossesBefore;
  private long maxGap = -1;

  /**
   * @param replica whose lag is measured; the observer watches it, or another in its place
   * @param name its address where there are several to tell apart
   * @param shard the source's node, where there are several pairs to tell apart
   */
  public ReplicaTrack(
      Endpoint replica,
      @Nullable String name,
      @Nullable String shard,
      ReplicaObserver observer,
      ServerWatch watch,
      ServerWatch sourceWatch,
      Distance distance,
      String tagPrefix,
      String tagSuffix,
      Optional<Duration> recoverBelow) {
    this.replica = replica;
    this.name = name;
    this.shard = shard;
    this.observer = observer;
    this.watch = watch;
    this.sourceWatch = sourceWatch;
    this.distance = distance;
    this.tagPrefix = tagPrefix;
    this.tagSuffix = tagSuffix;
    this.recovery = new Recovery(recoverBelow);
    this.roundTripInterval = observer.roundTrips().getIntervalHistogram();
    this.spacingInterval = observer.spacings().getIntervalHistogram();
  }

  public ReplicaObserver observer() {
    return observer;
  }

  public ServerWatch watch() {
    return watch;
  }

  public Distance distance() {
    return distance;
  }

  public Endpoint replica() {
    return replica;
  }

  /** Its address where there are several to tell apart, else null. */
  public @Nullable String name() {
    return name;
  }

  /** The source's node where there are several pairs to tell apart, else null. */
  public @Nullable String shard() {
    return shard;
  }

  /** Whether it is the replica that is watched, and not the source in its place. */
  public boolean isWatchedItself() {
    return observer.replica().equals(replica);
  }

  /** Names who is watched: the replica, or who stands in its place. */
  public String watched() {
    return observer.replica() + (isWatchedItself() ? "" : " (in the replica's place)");
  }

  /** That it has been gone for a while, for those who wait. */
  Optional<String> gone(Duration atLeast) {
    long lost = observer.lostNanos();
    return lost < atLeast.toNanos()
        ? Optional.empty()
        : Optional.of(
            String.format(Locale.ROOT, "the %s is gone, for %.0f s now", watched(), lost / 1e9));
  }

  public LagTimeline timeline() {
    return timeline;
  }

  public Recovery recovery() {
    return recovery;
  }

  public Histogram roundTrips() {
    return roundTrips;
  }

  /** How long the polls were apart, all of the measured time. */
  public Histogram spacings() {
    return spacings;
  }

  @Nullable
  public Long maxGap() {
    return maxGap < 0 ? null : Long.valueOf(maxGap);
  }

  /** What all replicas share of a second. */
  record Shared(
      long second,
      String phase,
      long fromEpochMillis,
      long toEpochMillis,
      long atNanos,
      long sent,
      @Nullable Long ackP99Nanos,
      @Nullable Long ackMaxNanos,
      @Nullable Long slipMaxNanos,
      long pauseMaxNanos) {}

  /** Closes a second: collects what was recorded in it, logs it, and adds its row. */
  LagSecond collect(Shared shared, @Nullable HlogFile hlog) {
    LagRecorder recorder = observer.recorder();
    recorder.collect();
    watch.collect();
    roundTripInterval = observer.roundTrips().getIntervalHistogram(roundTripInterval);
    roundTrips.add(roundTripInterval);
    spacingInterval = observer.spacings().getIntervalHistogram(spacingInterval);
    spacings.add(spacingInterval);
    if (hlog != null) {
      long from = shared.fromEpochMillis();
      long to = shared.toEpochMillis();
      hlog.interval(tagPrefix + "upper" + tagSuffix, from, to, recorder.upperInterval());
      hlog.interval(tagPrefix + "lower" + tagSuffix, from, to, recorder.lowerInterval());
      hlog.interval(tagPrefix + "intended" + tagSuffix, from, to, recorder.intendedInterval());
    }
    Histogram upper = recorder.upperInterval();
    ReplicaTally tally = observer.tally();
    long observedNow = tally.observed.get();
    long observed = observedNow - observedBefore;
    observedBefore = observedNow;
    long syncs = sourceWatch.fullSyncs();
    long newSyncs = syncs - syncsBefore;
    syncsBefore = syncs;
    long outstanding = observer.outstandingMeasured();
    recovery.second(
        shared.second(), upper.getTotalCount(), outstanding, Percentiles.nearest(99, upper));
    long losses = tally.losses.get();
    boolean observing = observer.isConnected() && losses == lossesBefore;
    lossesBefore = losses;
    Long gap = gap();
    if (gap != null) {
      maxGap = Math.max(maxGap, gap);
    }
    LagSecond row =
        new LagSecond(
            shared.second(),
            shared.phase(),
            shared.sent(),
            observed,
            outstanding,
            Percentiles.ofEnough(50, upper),
            Percentiles.ofEnough(99, upper),
            max(upper),
            gap,
            null,
            name,
            1,
            shared.fromEpochMillis(),
            shared.ackP99Nanos(),
            shared.ackMaxNanos(),
            shared.slipMaxNanos(),
            watch.linkUp(),
            newSyncs,
            shared.pauseMaxNanos(),
            max(roundTripInterval),
            observing,
            // What our own pause hid may have been answered: it is nobody's silence.
            maxLower(recorder.lowerInterval(), shared.atNanos() - shared.pauseMaxNanos()),
            null,
            null,
            shard,
            sourceWatch.signs(),
            watch.signs());
    timeline.add(row);
    return row;
  }

  private @Nullable Long maxLower(Histogram settled, long now) {
    Long oldest = observer.oldestLowerNanos(now);
    if (settled.getTotalCount() == 0) {
      return oldest;
    }
    long greatest = settled.lowestEquivalentValue(settled.getMaxValue());
    return oldest == null ? Long.valueOf(greatest) : Long.valueOf(Math.max(greatest, oldest));
  }

  static @Nullable public Long max(Histogram histogram) {
    return histogram.getTotalCount() == 0 ? null : Long.valueOf(histogram.getMaxValue());
  }

  private @Nullable Long gap() {
    Long source = sourceWatch.offset();
    Long replica = watch.offset();
    // Read at about the same time, not at the same one: an idle pair may seem ahead by a ping.
    return source == null || replica == null ? null : Long.valueOf(Math.max(0, source - replica));
  }
}
