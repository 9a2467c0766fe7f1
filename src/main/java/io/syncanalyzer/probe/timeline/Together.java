package io.syncanalyzer.probe.timeline;

import io.syncanalyzer.probe.figures.HlogFile;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.observe.Recovery;
import io.syncanalyzer.result.lag.LagSecond;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All shards of a replica as one: histograms are added up, never percentiles; counts are sums, of
 * figures the greatest is kept. For the ticker's thread.
 */
public final class Together {
  private final List<ReplicaTrack> members;
  private final @Nullable String name;
  private final String tagPrefix;
  private final String tagSuffix;
  private final LagTimeline timeline = new LagTimeline();
  private final Recovery recovery;
  private final Histogram upper = LagRecorder.histogram();
  private final Histogram lower = LagRecorder.histogram();
  private final Histogram intended = LagRecorder.histogram();

  /**
   * @param members one at least
   * @param name what the replica is told by where there are several; null = there is one
   */
  public Together(
      List<ReplicaTrack> members,
      @Nullable String name,
      String tagPrefix,
      String tagSuffix,
      Optional<Duration> recoverBelow) {
    this.members = List.copyOf(members);
    this.name = name;
    this.tagPrefix = tagPrefix;
    this.tagSuffix = tagSuffix;
    this.recovery = new Recovery(recoverBelow);
  }

  public List<ReplicaTrack> members() {
    return members;
  }

  public @Nullable String name() {
    return name;
  }

  public LagTimeline timeline() {
    return timeline;
  }

  public Recovery recovery() {
    return recovery;
  }

  /** Of which shards, for a live line. */
  String words() {
    String shards = members.size() + " shards";
    return name == null ? shards : name + ", " + shards;
  }

  /**
   * Closes a second that every member has closed.
   *
   * @param shared what holds for the whole session; {@code sent} is of all members
   * @param rows of the members, in order
   */
  LagSecond collect(ReplicaTrack.Shared shared, List<LagSecond> rows, @Nullable HlogFile hlog) {
    sum(upper, member -> member.observer().recorder().upperInterval());
    sum(lower, member -> member.observer().recorder().lowerInterval());
    sum(intended, member -> member.observer().recorder().intendedInterval());
    if (hlog != null) {
      long from = shared.fromEpochMillis();
      long to = shared.toEpochMillis();
      hlog.interval(tagPrefix + "upper" + tagSuffix, from, to, upper);
      hlog.interval(tagPrefix + "lower" + tagSuffix, from, to, lower);
      hlog.interval(tagPrefix + "intended" + tagSuffix, from, to, intended);
    }
    long outstanding = rows.stream().mapToLong(LagSecond::outstandingOrZero).sum();
    recovery.second(
        shared.second(), upper.getTotalCount(), outstanding, Percentiles.nearest(99, upper));
    LagSecond row =
        new LagSecond(
            shared.second(),
            shared.phase(),
            shared.sent(),
            rows.stream().mapToLong(LagSecond::observed).sum(),
            outstanding,
            Percentiles.ofEnough(50, upper),
            Percentiles.ofEnough(99, upper),
            ReplicaTrack.max(upper),
            sum(rows, LagSecond::offsetGapBytes),
            null,
            name,
            1,
            shared.fromEpochMillis(),
            shared.ackP99Nanos(),
            shared.ackMaxNanos(),
            shared.slipMaxNanos(),
            all(rows, LagSecond::linkUp),
            sum(rows, LagSecond::fullResyncs),
            shared.pauseMaxNanos(),
            greatest(rows, LagSecond::pollMaxNanos),
            all(rows, LagSecond::observing),
            greatest(rows, LagSecond::maxLowerNanos),
            null,
            null);
    timeline.add(row);
    return row;
  }

  private void sum(Histogram into, Function<ReplicaTrack, Histogram> of) {
    into.reset();
    for (ReplicaTrack member : members) {
      into.add(of.apply(member));
    }
  }

  private static @Nullable Long sum(
      List<LagSecond> rows, Function<LagSecond, @Nullable Long> figure) {
    List<Long> known = known(rows, figure);
    return known.isEmpty() ? null : Long.valueOf(known.stream().mapToLong(Long::longValue).sum());
  }

  private static @Nullable Long greatest(
      List<LagSecond> rows, Function<LagSecond, @Nullable Long> figure) {
    return known(rows, figure).stream().max(Long::compare).orElse(null);
  }

  private static @Nullable Boolean all(
      List<LagSecond> rows, Function<LagSecond, @Nullable Boolean> said) {
    List<Boolean> known = known(rows, said);
    return known.isEmpty() ? null : Boolean.valueOf(known.stream().allMatch(Boolean::booleanValue));
  }

  private static <T> List<T> known(List<LagSecond> rows, Function<LagSecond, @Nullable T> figure) {
    List<T> known = new ArrayList<>();
    for (LagSecond row : rows) {
      T one = figure.apply(row);
      if (one != null) {
        known.add(one);
      }
    }
    return known;
  }
}
