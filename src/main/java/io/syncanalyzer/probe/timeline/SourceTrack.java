package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.cost.SentinelCost;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.write.SentinelSweeper;
import io.syncanalyzer.probe.write.SessionClockwork;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.probe.write.WritingLane;
import io.syncanalyzer.result.lag.AccountSoFar;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * What a session keeps of one pair: the lanes that write to its source, and the replicas on which
 * their sentinels are watched. The figures are for the ticker's thread.
 */
public final class SourceTrack {
  private final Whereabouts source;
  private final List<WritingLane> lanes;
  private final List<ReplicaTrack> replicas;
  private final ServerWatch watch;
  private final SentinelSweeper sweeper;
  private final Recorder slips;
  private final Recorder acks;
  private final SentinelCost sentinelCost;
  private final Histogram slipTotal = LagRecorder.histogram();
  private final Histogram ackTotal = LagRecorder.histogram();
  private Histogram slipInterval;
  private Histogram ackInterval;
  private long sentBefore;

  /**
   * @param slips how late the lanes' sentinels left
   * @param acks how long the source took to answer them
   * @param sentinelCost what one costs source and replica
   */
  public SourceTrack(
      Whereabouts source,
      List<WritingLane> lanes,
      List<ReplicaTrack> replicas,
      ServerWatch watch,
      SentinelSweeper sweeper,
      Recorder slips,
      Recorder acks,
      SentinelCost sentinelCost) {
    this.source = source;
    this.lanes = List.copyOf(lanes);
    this.replicas = List.copyOf(replicas);
    this.watch = watch;
    this.sweeper = sweeper;
    this.slips = slips;
    this.acks = acks;
    this.sentinelCost = sentinelCost;
    this.slipInterval = slips.getIntervalHistogram();
    this.ackInterval = acks.getIntervalHistogram();
  }

  public Whereabouts source() {
    return source;
  }

  public List<WritingLane> lanes() {
    return lanes;
  }

  public List<ReplicaTrack> replicas() {
    return replicas;
  }

  public ServerWatch watch() {
    return watch;
  }

  public SentinelSweeper sweeper() {
    return sweeper;
  }

  /** What a sentinel costs source and replica. */
  public SentinelCost sentinelCost() {
    return sentinelCost;
  }

  /** How late sentinels left, all of the measured time. */
  public Histogram slipTotal() {
    return slipTotal;
  }

  /** How long their answers took, all of the measured time. */
  public Histogram ackTotal() {
    return ackTotal;
  }

  Histogram slipInterval() {
    return slipInterval;
  }

  Histogram ackInterval() {
    return ackInterval;
  }

  /** Takes what was recorded since the last call into {@code …Interval()}. */
  void collect() {
    slipInterval = slips.getIntervalHistogram(slipInterval);
    ackInterval = acks.getIntervalHistogram(ackInterval);
    watch.collect();
  }

  /** Adds what was collected last to the totals. */
  void total() {
    slipTotal.add(slipInterval);
    ackTotal.add(ackInterval);
  }

  /**
   * How many left since the last call; once it is measured, those of the warm-up that leave late
   * are left out.
   */
  long newlySent(boolean measuring) {
    long sentNow = 0;
    for (WritingLane lane : lanes) {
      sentNow += lane.measuredSent.get() + (measuring ? 0 : lane.warmupSent.get());
    }
    long sent = sentNow - sentBefore;
    sentBefore = sentNow;
    return sent;
  }

  /** What became of the measured sentinels until now, as far as a replica of its has seen them. */
  AccountSoFar soFar(SessionClockwork clockwork, long now, ReplicaTrack replica) {
    return new AccountSoFar(
        lanes.stream()
            .mapToInt(WritingLane::typeIndex)
            .distinct()
            .mapToLong(turns -> clockwork.measuredDue(turns, now))
            .sum(),
        lanes.stream().mapToLong(lane -> lane.failed.get()).sum(),
        lanes.stream().mapToLong(lane -> lane.unknown.get()).sum(),
        replica.observer().tally().censored.get());
  }

  /** From now on only what is measured counts. */
  void measures() {
    sentBefore = 0;
  }
}
