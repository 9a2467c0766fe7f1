package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.Asking;
import io.syncanalyzer.probe.cost.QuestionCost;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.probe.observe.ReplicaTally;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SourceTrack;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What the probe cost the servers, by what a poll and a sentinel cost each and how many there were;
 * never more than the server says that it used for everything.
 */
final class ProbeCosts {
  private ProbeCosts() {}

  /**
   * Of one replica and its source.
   *
   * @param sentPerSecond sentinels
   * @param seconds that polls were made in
   */
  static ProbeCost of(
      SourceTrack source, ReplicaTrack track, double sentPerSecond, double seconds) {
    Asking asking = track.observer().asking();
    QuestionCost cost = asking.cost();
    ReplicaTally tally = track.observer().tally();
    double asked =
        cost.nanos(tally.polls.get(), tally.pollCommands.get())
            + cost.pushesNanos(track.observer().pushes().told());
    Double replica = track.watch().cpuShare();
    Double sourceUsed = source.watch().cpuShare();
    double share = asked / seconds / 1e9;
    return new ProbeCost(
        asking.budget().isLimited() ? Double.valueOf(asking.budget().percent()) : null,
        tally.polls.get() / seconds,
        percentile(50, track.spacings()),
        percentile(99, track.spacings()),
        cost.nanos(1, 1),
        cost.measured(),
        replica == null ? share : Math.min(share, replica),
        atMost(replica, source.sentinelCost().replicaShare(sentPerSecond)),
        atMost(sourceUsed, source.sentinelCost().sourceShare(sentPerSecond)),
        sourceUsed);
  }

  /**
   * Of all shards of a replica: rates added up, of shares those of the server that it costs most.
   *
   * @param spacings of all of them
   */
  static ProbeCost together(List<ProbeCost> each, Histogram spacings) {
    return new ProbeCost(
        each.get(0).budgetPercent(),
        each.stream().mapToDouble(ProbeCost::pollsPerSecond).sum(),
        percentile(50, spacings),
        percentile(99, spacings),
        most(each, ProbeCost::pollNanos),
        each.stream().allMatch(ProbeCost::pollMeasured),
        each.stream().mapToDouble(ProbeCost::askingShare).max().orElse(0),
        greatest(each, ProbeCost::appliedShare),
        greatest(each, ProbeCost::writtenShare),
        greatest(each, ProbeCost::sourceCpuShare));
  }

  private static long most(List<ProbeCost> each, ToLongFunction<ProbeCost> of) {
    return each.stream().mapToLong(of).max().orElse(0);
  }

  private static @Nullable Double greatest(
      List<ProbeCost> each, Function<ProbeCost, @Nullable Double> of) {
    return each.stream().map(of).filter(Objects::nonNull).max(Double::compare).orElse(null);
  }

  private static @Nullable Double atMost(@Nullable Double used, @Nullable Double share) {
    return used == null || share == null ? share : Double.valueOf(Math.min(used, share));
  }

  private static @Nullable Long percentile(int percentile, Histogram of) {
    return of.getTotalCount() == 0 ? null : Long.valueOf(Percentiles.nearest(percentile, of));
  }
}
