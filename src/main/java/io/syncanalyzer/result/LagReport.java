package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the probe saw.
 *
 * @param percentiles {@code lag.csv}
 * @param accounting {@code lag_accounting.csv}, one row a phase
 * @param timeline {@code lag_timeline.csv}
 * @param figures further figures of the lag for {@code summary.csv}, in their own words and units
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 * @param roundTrips how far both sides were, of each phase and replica
 */
public record LagReport(
    List<LagPercentile> percentiles,
    List<LagAccounting> accounting,
    List<LagSecond> timeline,
    List<Figure> figures,
    List<String> warnings,
    @Nullable String incomplete,
    List<RoundTrip> roundTrips) {
  /** The phase that measures the probe itself. */
  public static final String FLOOR = "floor";

  /** The phase at idle. */
  public static final String BASELINE = "baseline";

  /** The phase beside the load. */
  public static final String LOAD = "load";

  /** The phase of {@code probe} run alone. */
  public static final String PROBE = "probe";

  public LagReport {
    percentiles = Lists.copy(percentiles);
    accounting = Lists.copy(accounting);
    timeline = Lists.copy(timeline);
    figures = Lists.copy(figures);
    warnings = Lists.copy(warnings);
    roundTrips = Lists.copy(roundTrips);
  }

  /** The phase that the verdict speaks of: {@code load}, else {@code probe}; null if neither. */
  public @Nullable String mainPhase() {
    for (String phase : List.of(LOAD, PROBE)) {
      if (accounting.stream().anyMatch(row -> row.phase().equals(phase))) {
        return phase;
      }
    }
    return null;
  }

  /**
   * The row of a phase and percentile such as {@code 99.9} or {@code max}, of the replica that was
   * furthest behind; null if none.
   */
  public @Nullable LagPercentile percentile(@Nullable String phase, String percentile) {
    return ofEachReplica(phase, percentile).stream().findFirst().orElse(null);
  }

  /** The same of each replica, the one that was furthest behind first. */
  List<LagPercentile> ofEachReplica(@Nullable String phase, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(phase) && row.percentile().equals(percentile))
        .filter(row -> row.step() == null)
        .sorted(LagPercentile.FURTHEST_BEHIND_FIRST)
        .toList();
  }

  /** The floor's percentile beside another's, of the same replica; null if none. */
  @Nullable LagPercentile floorOf(LagPercentile other) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(FLOOR) && row.step() == null)
        .filter(row -> row.percentile().equals(other.percentile()))
        .filter(row -> Objects.equals(row.replica(), other.replica()))
        .findFirst()
        .orElse(null);
  }

  /** The accounting, that of one replica together, in the order measured. */
  public List<LagAccounting> accountingByReplica() {
    Map<Optional<String>, List<LagAccounting>> grouped = new LinkedHashMap<>();
    for (LagAccounting row : accounting) {
      grouped
          .computeIfAbsent(Optional.ofNullable(row.replica()), replica -> new ArrayList<>())
          .add(row);
    }
    return grouped.values().stream().flatMap(List::stream).toList();
  }

  /** The percentile of the same phase and replica; null if none. */
  public @Nullable LagPercentile percentile(LagAccounting account, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(account.phase()) && row.percentile().equals(percentile))
        .filter(row -> Objects.equals(row.replica(), account.replica()) && row.step() == null)
        .findFirst()
        .orElse(null);
  }

  /** The bounds of that percentile as {@link Bound#interval} has them; empty if none. */
  public String interval(LagAccounting account, String percentile, Bound.Digits digits) {
    LagPercentile row = percentile(account, percentile);
    return row == null ? "" : Bound.interval(row.lower().micros(), row.upper().micros(), digits);
  }

  /** The accounting of a phase, of the replica that missed most; null if none. */
  public @Nullable LagAccounting accounting(@Nullable String phase) {
    return accounting.stream()
        .filter(row -> row.phase().equals(phase))
        .max(Comparator.comparingLong(LagAccounting::censored))
        .orElse(null);
  }

  /** How far both sides were, in words, by replica: what the bounds cannot see below. */
  public List<String> distances() {
    return roundTrips.stream()
        .filter(row -> row.phase().equals(mainPhase()))
        .map(RoundTrip::words)
        .toList();
  }

  /** Sentinels never seen, over all phases. */
  public long censored() {
    return accounting.stream().mapToLong(LagAccounting::censored).sum();
  }

  /**
   * The least round trip to each side, before a phase began.
   *
   * @param replica the replica's address; null where there is but one
   */
  public record RoundTrip(
      String phase, long sourceNanos, long replicaNanos, @Nullable String replica) {
    private String words() {
      return "round trip "
          + Numbers.micros(sourceNanos / 1e3)
          + " to the source, "
          + Numbers.micros(replicaNanos / 1e3)
          + " to "
          + (replica == null ? "the replica" : replica);
    }
  }
}
