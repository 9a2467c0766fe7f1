package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.HiccupMeter;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.LagRecorder;
import io.syncanalyzer.probe.figures.Percentiles;
import io.syncanalyzer.probe.figures.StepLags;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.timeline.Together;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What all shards of a replica come to: percentiles of histograms that were added up, counts that
 * are sums, and of other figures the greatest. A sentinel that several replicas of its shard are
 * watched for counts once for each.
 */
final class TogetherSummary {
  private final LagSettings settings;
  private final List<SourceTrack> sources;
  private final HiccupMeter hiccups;

  TogetherSummary(LagSettings settings, List<SourceTrack> sources, HiccupMeter hiccups) {
    this.settings = settings;
    this.sources = sources;
    this.hiccups = hiccups;
  }

  /**
   * @param each what was found of each member, in order
   */
  LagPhase phase(Together all, List<LagPhase> each) {
    LagAccounting accounting = accounting(all, each);
    Percentiles.Of of = new Percentiles.Of(settings.phase().label(), all.name(), null);
    List<LagPercentile> rows =
        new ArrayList<>(
            Percentiles.rows(
                of,
                sum(all, LagRecorder::upperTotal),
                sum(all, LagRecorder::lowerTotal),
                sum(all, LagRecorder::intendedTotal),
                accounting.censored()));
    StepLags steps = new StepLags();
    all.members().forEach(member -> steps.add(member.observer().recorder().steps()));
    rows.addAll(steps.rows(of));
    LagPhase first = each.get(0);
    return new LagPhase(
        first.phase(),
        all.name() == null ? first.replica() : all.name(),
        each.stream().map(LagPhase::observer).distinct().collect(Collectors.joining("; ")),
        first.startedEpochMillis(),
        first.measuredNanos(),
        rows,
        accounting,
        figures(all, each, accounting.censored()),
        all.timeline().rows(),
        List.of());
  }

  private LagAccounting accounting(Together all, List<LagPhase> each) {
    return new LagAccounting(
        settings.phase().label(),
        count(each, LagAccounting::scheduled),
        count(each, LagAccounting::writeFailed),
        count(each, LagAccounting::writeUnknown),
        count(each, LagAccounting::observed),
        count(each, LagAccounting::censored),
        count(each, LagAccounting::warmupExcluded),
        count(each, LagAccounting::outOfOrder),
        count(each, row -> Objects.requireNonNull(row.unsent())),
        count(each, row -> Objects.requireNonNull(row.unknownSeen())),
        all.name(),
        count(each, row -> Objects.requireNonNull(row.seenAfterOutage())));
  }

  private static long count(List<LagPhase> each, ToLongFunction<LagAccounting> of) {
    return each.stream().map(LagPhase::accounting).mapToLong(of).sum();
  }

  private static Histogram sum(Together all, Function<LagRecorder, Histogram> of) {
    Histogram sum = LagRecorder.histogram();
    all.members().forEach(member -> sum.add(of.apply(member.observer().recorder())));
    return sum;
  }

  private LagFigures figures(Together all, List<LagPhase> each, long censored) {
    List<LagFigures> figures = each.stream().map(LagPhase::figures).toList();
    Histogram slips = LagRecorder.histogram();
    Histogram acks = LagRecorder.histogram();
    double wanted = 0;
    double sent = 0;
    for (int i = 0; i < sources.size(); i++) {
      List<ReplicaTrack> replicas = sources.get(i).replicas();
      ReplicaTrack member =
          replicas.stream().filter(all.members()::contains).findFirst().orElse(null);
      if (member != null) {
        slips.add(sources.get(i).slipTotal());
        acks.add(sources.get(i).ackTotal());
        LagFigures one = figures.get(all.members().indexOf(member));
        wanted += one.wantedPerSecond();
        sent += one.sentPerSecond();
      }
    }
    Histogram width = sum(all, LagRecorder::widthTotal);
    Histogram trips = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
    all.members().forEach(member -> trips.add(member.roundTrips()));
    Histogram spacings = new Histogram(1, LagRecorder.HIGHEST_NANOS, 2);
    all.members().forEach(member -> spacings.add(member.spacings()));
    boolean anyAck = acks.getTotalCount() > 0;
    return new LagFigures(
        wanted,
        sent,
        Percentiles.nearest(99, slips),
        slips.getMaxValue(),
        anyAck ? Long.valueOf(Percentiles.nearest(50, acks)) : null,
        anyAck ? Long.valueOf(Percentiles.nearest(99, acks)) : null,
        anyAck ? Long.valueOf(acks.getMaxValue()) : null,
        Percentiles.value("50", width, censored),
        Percentiles.value("99", width, censored),
        greatest(figures, LagFigures::drainNanos),
        all.recovery().nanos(),
        all.recovery().recovered(),
        greatest(figures, LagFigures::longestOutageNanos),
        greatest(figures, LagFigures::longestStalenessNanos),
        sum(figures, LagFigures::fullResyncs),
        figures.stream().allMatch(one -> one.missingAfterResync() == null)
            ? null
            : Long.valueOf(sum(figures, one -> orZero(one.missingAfterResync()))),
        sum(figures, LagFigures::probeOutages),
        sum(figures, LagFigures::probeOutageNanos),
        sum(figures, LagFigures::replicaOutages),
        sum(figures, LagFigures::replicaOutageNanos),
        hiccups.total().getMaxValue(),
        Percentiles.nearest(99, hiccups.total()),
        figures.stream().mapToDouble(LagFigures::pollCommandsPerSecond).sum(),
        trips.getTotalCount() == 0 ? null : Long.valueOf(Percentiles.nearest(50, trips)),
        figures.stream()
            .map(LagFigures::replicaCpuShare)
            .filter(Objects::nonNull)
            .max(Double::compare)
            .orElse(null),
        figures.stream()
            .map(LagFigures::maxOffsetGapBytes)
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null),
        new Distance(
            greatest(figures, one -> one.distance().sourceNanos()),
            greatest(figures, one -> one.distance().replicaNanos())),
        ProbeCosts.together(settings.watching().budget(), costs(all, figures), spacings));
  }

  private List<ProbeCosts.OfShard> costs(Together all, List<LagFigures> figures) {
    List<ProbeCosts.OfShard> costs = new ArrayList<>();
    for (SourceTrack source : sources) {
      boolean writes = true;
      for (ReplicaTrack replica : source.replicas()) {
        int member = all.members().indexOf(replica);
        if (member >= 0) {
          LagFigures of = figures.get(member);
          Endpoint from = source.source().first();
          costs.add(
              new ProbeCosts.OfShard(
                  of.cost(),
                  settings.watched(replica.replica(), from).address(),
                  from.address(),
                  of.replicaCpuShare(),
                  writes));
          writes = false;
        }
      }
    }
    return costs;
  }

  private static long sum(List<LagFigures> figures, ToLongFunction<LagFigures> of) {
    return figures.stream().mapToLong(of).sum();
  }

  private static long greatest(List<LagFigures> figures, ToLongFunction<LagFigures> of) {
    return figures.stream().mapToLong(of).max().orElse(0);
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
