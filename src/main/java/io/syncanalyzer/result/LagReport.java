package io.syncanalyzer.result;

import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.result.figure.Figure;
import io.syncanalyzer.result.figure.Lists;
import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.result.lag.ProbePrice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the probe saw. Where there are several shards each has rows of its own beside those of all
 * together, which say no shard; unless said otherwise what is asked for is of all together.
 *
 * @param percentiles {@code lag.csv}
 * @param accounting {@code lag_accounting.csv}, one row a phase
 * @param timeline {@code lag_timeline.csv}
 * @param figures further figures of the lag for {@code summary.csv}, in their own words and units
 * @param warnings one line each
 * @param incomplete one line why it did not end as asked; null where it did
 * @param roundTrips how far both sides were, of each phase and replica
 * @param episodes {@code episodes.csv}; null where no phase has any to be found, and of runs of
 *     earlier versions
 */
public record LagReport(
    List<LagPercentile> percentiles,
    List<LagAccounting> accounting,
    List<LagSecond> timeline,
    List<Figure> figures,
    List<String> warnings,
    @Nullable String incomplete,
    List<RoundTrip> roundTrips,
    @Nullable EpisodeReport episodes) {
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

  /** Without episodes. */
  public LagReport(
      List<LagPercentile> percentiles,
      List<LagAccounting> accounting,
      List<LagSecond> timeline,
      List<Figure> figures,
      List<String> warnings,
      @Nullable String incomplete,
      List<RoundTrip> roundTrips) {
    this(percentiles, accounting, timeline, figures, warnings, incomplete, roundTrips, null);
  }

  /** With these, and these figures beside its own. */
  public LagReport with(@Nullable EpisodeReport found, List<Figure> more) {
    return new LagReport(
        percentiles,
        accounting,
        timeline,
        Stream.concat(figures.stream(), more.stream()).toList(),
        warnings,
        incomplete,
        roundTrips,
        found);
  }

  /**
   * The phase that the verdict speaks of: {@code load}, else {@code probe}; null if neither, as in
   * a search for capacity, whose trials have each a lag of its own.
   */
  public @Nullable String mainPhase() {
    for (String phase : List.of(LOAD, PROBE)) {
      if (accounting.stream().anyMatch(row -> row.phase().equals(phase) && row.step() == null)) {
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
        .filter(row -> row.shard() == null)
        .filter(row -> row.step() == null)
        .sorted(LagPercentile.FURTHEST_BEHIND_FIRST)
        .toList();
  }

  /**
   * The same of each shard, the one that was furthest behind first; empty where there is but one.
   */
  public List<LagPercentile> ofEachShard(@Nullable String phase, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(phase) && row.percentile().equals(percentile))
        .filter(row -> row.shard() != null && row.step() == null)
        .sorted(LagPercentile.FURTHEST_BEHIND_FIRST)
        .toList();
  }

  /**
   * The row of the shard that was furthest behind in the main phase: by p99, or where no shard has
   * enough sentinels for that by the largest lag; null where there is but one.
   */
  public @Nullable LagPercentile worstShard() {
    return Stream.of("99", "max")
        .flatMap(percentile -> ofEachShard(mainPhase(), percentile).stream().limit(1))
        .filter(row -> !(row.upper() instanceof LagValue.TooFew))
        .findFirst()
        .orElse(null);
  }

  /** The accounting of each shard in the main phase, in order; empty where there is but one. */
  public List<LagAccounting> accountingByShard() {
    return accounting.stream()
        .filter(row -> row.phase().equals(mainPhase()) && row.shard() != null)
        .filter(row -> row.step() == null)
        .toList();
  }

  /** The rows of all together alone. */
  public LagReport together() {
    return new LagReport(
        percentiles.stream().filter(row -> row.shard() == null).toList(),
        accounting.stream().filter(row -> row.shard() == null).toList(),
        timeline.stream().filter(row -> row.shard() == null).toList(),
        figures,
        warnings,
        incomplete,
        roundTrips,
        episodes);
  }

  /** Without the trials of a search for capacity; the same where there are none. */
  public LagReport outsideTrials() {
    if (accounting.stream().allMatch(row -> row.step() == null)
        && (mainPhase() != null || timeline.stream().allMatch(row -> row.step() == null))) {
      return this;
    }
    return new LagReport(
        percentiles.stream().filter(row -> row.step() == null).toList(),
        accounting.stream().filter(row -> row.step() == null).toList(),
        timeline.stream().filter(row -> row.step() == null && isIdle(row)).toList(),
        figures,
        warnings,
        incomplete,
        roundTrips,
        episodes);
  }

  private static boolean isIdle(LagSecond row) {
    return row.phase().startsWith(FLOOR) || row.phase().startsWith(BASELINE);
  }

  /** The floor's percentile beside another's, of the same replica; null if none. */
  @Nullable LagPercentile floorOf(LagPercentile other) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(FLOOR) && row.step() == null)
        .filter(row -> row.percentile().equals(other.percentile()))
        .filter(row -> Objects.equals(row.replica(), other.replica()))
        .filter(row -> Objects.equals(row.shard(), other.shard()))
        .findFirst()
        .orElse(null);
  }

  /** The accounting, that of one replica together, in the order measured; without trials. */
  public List<LagAccounting> accountingByReplica() {
    Map<Optional<String>, List<LagAccounting>> grouped = new LinkedHashMap<>();
    for (LagAccounting row : together().outsideTrials().accounting) {
      grouped
          .computeIfAbsent(Optional.ofNullable(row.replica()), replica -> new ArrayList<>())
          .add(row);
    }
    return grouped.values().stream().flatMap(List::stream).toList();
  }

  /** The percentile of the same phase, replica and shard; null if none. */
  public @Nullable LagPercentile percentile(LagAccounting account, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(account.phase()) && row.percentile().equals(percentile))
        .filter(row -> Objects.equals(row.replica(), account.replica()) && row.step() == null)
        .filter(row -> Objects.equals(row.shard(), account.shard()))
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
        .filter(row -> row.phase().equals(phase) && row.shard() == null && row.step() == null)
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

  /** What the probe cost both sides, in words, by replica; empty where that was not measured. */
  public List<String> prices() {
    return roundTrips.stream()
        .filter(row -> row.phase().equals(mainPhase()))
        .flatMap(row -> ProbePrice.words(figures, row.prefix()).stream())
        .toList();
  }

  /** Sentinels never seen, over all phases; those of a trial are the trial's own affair. */
  public long censored() {
    return together().outsideTrials().accounting.stream().mapToLong(LagAccounting::censored).sum();
  }

  /** Sentinels of one phase never seen, by all replicas together. */
  public long censored(String phase) {
    return accounting.stream()
        .filter(row -> row.phase().equals(phase) && row.shard() == null && row.step() == null)
        .mapToLong(LagAccounting::censored)
        .sum();
  }

  /**
   * The least round trip to each side, before a phase began.
   *
   * @param replica the replica's address; null where there is but one
   */
  public record RoundTrip(
      String phase, long sourceNanos, long replicaNanos, @Nullable String replica) {
    /** What its figures' names begin with. */
    private String prefix() {
      return phase + (replica == null ? "" : "_" + replica);
    }

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
