package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.Asking;
import io.syncanalyzer.probe.cost.ProbeBudget;
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
import java.util.stream.Collectors;
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
   * What one shard cost the servers it is on.
   *
   * @param replica the address of the one that is asked
   * @param source of the one that is written to
   * @param replicaUsed CPU that the replica used, of everything; null = unknown
   * @param writes whether its sentinels are counted with it, and not with another replica of its
   */
  record OfShard(
      ProbeCost cost,
      String replica,
      String source,
      @Nullable Double replicaUsed,
      boolean writes) {}

  /**
   * Of all shards of a replica: rates added up; of shares those of the server that it costs most,
   * which are the sums of the shards that it holds.
   *
   * @param budget what asking might cost each server
   * @param spacings of all of them
   */
  static ProbeCost together(ProbeBudget budget, List<OfShard> shards, Histogram spacings) {
    List<ProbeCost> each = shards.stream().map(OfShard::cost).toList();
    List<OfShard> writing = shards.stream().filter(OfShard::writes).toList();
    Double asking =
        most(shards, OfShard::replica, one -> one.cost.askingShare(), OfShard::replicaUsed);
    return new ProbeCost(
        budget.isLimited() ? Double.valueOf(budget.percent()) : null,
        each.stream().mapToDouble(ProbeCost::pollsPerSecond).sum(),
        percentile(50, spacings),
        percentile(99, spacings),
        most(each, ProbeCost::pollNanos),
        each.stream().allMatch(ProbeCost::pollMeasured),
        asking == null ? 0 : asking,
        most(shards, OfShard::replica, one -> one.cost.appliedShare(), OfShard::replicaUsed),
        most(
            writing,
            OfShard::source,
            one -> one.cost.writtenShare(),
            one -> one.cost.sourceCpuShare()),
        greatest(each, ProbeCost::sourceCpuShare));
  }

  /**
   * What falls on the server on which most does, no more than it used; null = unknown of each.
   *
   * @param server which of its servers a shard's falls on
   */
  private static @Nullable Double most(
      List<OfShard> shards,
      Function<OfShard, String> server,
      Function<OfShard, @Nullable Double> share,
      Function<OfShard, @Nullable Double> used) {
    Double most = null;
    for (List<OfShard> on : shards.stream().collect(Collectors.groupingBy(server)).values()) {
      if (on.stream().map(share).allMatch(Objects::nonNull)) {
        Double sum = on.stream().map(share).reduce(0.0, (a, b) -> a + orZero(b));
        Double whole =
            atMost(
                on.stream().map(used).filter(Objects::nonNull).max(Double::compare).orElse(null),
                sum);
        most = most == null || orZero(whole) > most ? whole : most;
      }
    }
    return most;
  }

  private static double orZero(@Nullable Double share) {
    return share == null ? 0 : share;
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
