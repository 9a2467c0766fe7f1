package io.syncanalyzer.run.capacity;

import io.syncanalyzer.capacity.TrialMeasured;
import io.syncanalyzer.capacity.TrialRules;
import io.syncanalyzer.result.capacity.Trial;
import io.syncanalyzer.result.capacity.TrialOutcome;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.run.lag.Track;
import io.syncanalyzer.run.load.Metered;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When a trial is to end, asked while it goes on: later where more seconds may tell whether
 * something grows, at once where nothing that comes can make it sustained.
 */
final class Prolonging {
  /** Of the sentinels of a trial, those that may be above the limit of its p99. */
  private static final double ABOVE_P99 = 0.01;

  /** A trial that is given up has lasted so long, and had the sentinels that a p99 takes. */
  private static final long LEAST_SECONDS = 5;

  private static final long LEAST_SENTINELS = 2000;

  private final TrialRules rules;
  private final double sentinelsOfTrial;
  private final long seed;

  /**
   * @param sentinelsOfTrial how many a trial has that is not prolonged
   * @param seed of the resampling
   */
  Prolonging(TrialRules rules, double sentinelsOfTrial, long seed) {
    this.rules = rules;
    this.sentinelsOfTrial = sentinelsOfTrial;
    this.seed = seed;
  }

  /**
   * Whether, of each replica, enough sentinels are known to be above the limit of p99 that the
   * trial breaks it whatever follows. Of a second whose median is above it half of those seen are.
   *
   * @param times how many times as long as it was asked to be the trial will last
   */
  boolean isHopeless(TrialSeconds seconds, double times) {
    Long limit = rules.maxLagP99Nanos();
    return limit != null
        && !seconds.tracks().isEmpty()
        && byReplica(seconds).stream()
            .allMatch(
                shards ->
                    shards.stream()
                        .anyMatch(
                            track ->
                                isHopeless(
                                    seconds.of(track, Long.MAX_VALUE),
                                    limit,
                                    times * sentinelsOfTrial / seconds.shards())));
  }

  private static boolean isHopeless(List<LagSecond> rows, long limit, double sentinels) {
    long seen = rows.stream().mapToLong(LagSecond::observed).sum();
    long above =
        rows.stream()
            .filter(row -> isAbove(row.p50UpperNanos(), limit))
            .mapToLong(row -> row.observed() / 2)
            .sum();
    return rows.size() >= LEAST_SECONDS && seen >= LEAST_SENTINELS && above > sentinels * ABOVE_P99;
  }

  /** The shards of each replica: one replica's answer waits for no other's. */
  private static Collection<List<Track>> byReplica(TrialSeconds seconds) {
    return seconds.tracks().stream()
        .collect(Collectors.groupingBy(track -> Optional.ofNullable(track.replica())))
        .values();
  }

  private static boolean isAbove(@Nullable Long nanos, long limit) {
    return nanos != null && nanos > limit;
  }

  /**
   * Whether more seconds may tell, of some replica, what these do not.
   *
   * @param measured how many have been measured
   */
  boolean isWorthIt(TrialSeconds seconds, long measured, Metered metered) {
    return byReplica(seconds).stream()
        .map(
            shards ->
                shards.stream()
                    .map(track -> sofar(track, seconds.of(track, measured), measured, metered))
                    .toList())
        .anyMatch(
            shards ->
                shards.stream().anyMatch(rules::worthProlonging)
                    && shards.stream()
                        .noneMatch(one -> rules.judge(one).outcome() == TrialOutcome.REFUTED));
  }

  /** Its growth alone: percentiles and rates are known at the end, and held against it then. */
  private TrialMeasured sofar(Track track, List<LagSecond> rows, long measured, Metered metered) {
    long sent = rows.stream().mapToLong(LagSecond::sent).sum();
    return new TrialMeasured(
        new Trial.Rate(1, 1.0, null, null),
        null,
        new TrialMeasured.Probe(sent, sent, null, null),
        new Trial.Lag(0L, 0L, 0L, 0L, 0L, 0L, Long.MAX_VALUE, 0),
        GrowthOf.rows(rows, seed),
        new TrialMeasured.Stream(GrowthOf.showsOffsets(rows), metered.streamOf(track.shard())),
        Duration.ofSeconds(measured).toNanos(),
        new TrialMeasured.Link(0, false),
        0L);
  }
}
