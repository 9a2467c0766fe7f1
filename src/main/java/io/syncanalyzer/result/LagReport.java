package io.syncanalyzer.result;

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
    List<Percentile> percentiles,
    List<Accounting> accounting,
    List<Second> timeline,
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
  public @Nullable Percentile percentile(@Nullable String phase, String percentile) {
    return ofEachReplica(phase, percentile).stream().findFirst().orElse(null);
  }

  /** The same of each replica, the one that was furthest behind first. */
  List<Percentile> ofEachReplica(@Nullable String phase, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(phase) && row.percentile().equals(percentile))
        .filter(row -> row.step() == null)
        .sorted(
            Comparator.comparingDouble(Percentile::upperEnd)
                .thenComparingDouble(row -> row.lower() == null ? -1 : row.lower())
                .reversed())
        .toList();
  }

  /** The floor's percentile beside another's, of the same replica; null if none. */
  @Nullable Percentile floorOf(Percentile other) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(FLOOR) && row.step() == null)
        .filter(row -> row.percentile().equals(other.percentile()))
        .filter(row -> Objects.equals(row.replica(), other.replica()))
        .findFirst()
        .orElse(null);
  }

  /** The accounting, that of one replica together, in the order measured. */
  public List<Accounting> accountingByReplica() {
    Map<Optional<String>, List<Accounting>> grouped = new LinkedHashMap<>();
    for (Accounting row : accounting) {
      grouped
          .computeIfAbsent(Optional.ofNullable(row.replica()), replica -> new ArrayList<>())
          .add(row);
    }
    return grouped.values().stream().flatMap(List::stream).toList();
  }

  /** The percentile of the same phase and replica; null if none. */
  public @Nullable Percentile percentile(Accounting account, String percentile) {
    return percentiles.stream()
        .filter(row -> row.phase().equals(account.phase()) && row.percentile().equals(percentile))
        .filter(row -> Objects.equals(row.replica(), account.replica()) && row.step() == null)
        .findFirst()
        .orElse(null);
  }

  /** The accounting of a phase, of the replica that missed most; null if none. */
  public @Nullable Accounting accounting(@Nullable String phase) {
    return accounting.stream()
        .filter(row -> row.phase().equals(phase))
        .max(Comparator.comparingLong(Accounting::censored))
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
    return accounting.stream().mapToLong(Accounting::censored).sum();
  }

  /**
   * A percentile of a phase, in microseconds.
   *
   * @param percentile {@code min}, {@code 50} … {@code 99.99}, {@code max}
   * @param upper between sending and the reply that showed it; null with too few samples, and where
   *     it reaches into sentinels never seen
   * @param lower between the acknowledgement and the last request that did not see it, of all that
   *     were acknowledged; null with too few samples
   * @param intended from its place in the schedule; null as upper
   * @param samples sentinels the percentile is of
   * @param replica the replica's address; null where there is but one
   */
  public record Percentile(
      String phase,
      String percentile,
      @Nullable Double upper,
      @Nullable Double lower,
      @Nullable Double intended,
      long samples,
      @Nullable String replica,
      @Nullable Integer step) {
    /** Whether nothing is known that it is below: it reaches into sentinels never seen. */
    public boolean isOpen() {
      return upper == null && lower != null;
    }

    /** Its upper end: infinite where it is open, below every lag where nothing is known. */
    private double upperEnd() {
      return isOpen() ? Double.POSITIVE_INFINITY : upper == null ? -1 : upper;
    }
  }

  /**
   * The least round trip to each side, before a phase began.
   *
   * @param replica the replica's address; null where there is but one
   */
  public record RoundTrip(
      String phase, double sourceUs, double replicaUs, @Nullable String replica) {
    private String words() {
      return "round trip "
          + Numbers.micros(sourceUs)
          + " to the source, "
          + Numbers.micros(replicaUs)
          + " to "
          + (replica == null ? "the replica" : replica);
    }
  }

  /**
   * Where a phase's sentinels went; scheduled is always the sum of the next four.
   *
   * @param warmupExcluded sentinels of the warm-up, counted here and nowhere else
   * @param outOfOrder sentinels seen before an earlier one of their lane
   * @param unsent of writeFailed, those never handed to a lane; null where not counted
   * @param unknownSeen of writeUnknown, those that showed on the replica; null where not counted
   * @param replica the replica's address; null where there is but one
   * @param seenAfterOutage of observed, those that came while the probe's own connection was lost,
   *     which are in no percentile; null where not counted
   */
  public record Accounting(
      String phase,
      long scheduled,
      long writeFailed,
      long writeUnknown,
      long observed,
      long censored,
      long warmupExcluded,
      long outOfOrder,
      @Nullable Long unsent,
      @Nullable Long unknownSeen,
      @Nullable String replica,
      @Nullable Long seenAfterOutage) {
    public Accounting {
      if (scheduled != writeFailed + writeUnknown + observed + censored) {
        throw new IllegalArgumentException(
            "the accounting of "
                + phase
                + " does not add up: "
                + scheduled
                + " scheduled, "
                + writeFailed
                + " failed + "
                + writeUnknown
                + " unknown + "
                + observed
                + " observed + "
                + censored
                + " censored");
      }
    }

    /** The sentinels that percentiles are of. */
    public long samples() {
      return observed + censored - (seenAfterOutage == null ? 0 : seenAfterOutage);
    }
  }

  /**
   * A second of a phase.
   *
   * @param second seconds since the phase began
   * @param phase the phase, or once its schedule is over {@code drain}; {@code floor_drain} and
   *     {@code baseline_drain} of these two
   * @param outstanding sentinels sent and not yet seen at its end
   * @param offsetGapBytes how far the replica's offset was behind; null where not shown
   * @param loadOpsPerS the load's rate; null where there was none
   * @param replica the replica's address; null where there is but one
   * @param spanS seconds the row stands for, more than 1 only in long runs
   * @param epochMs wall clock at its begin, a label
   * @param ackP99Us p99 of the source's acknowledgement time
   * @param ackMaxUs the longest of them
   * @param slipMaxUs how late the latest send was
   * @param linkUp what the replica says of its link
   * @param fullResyncs full resynchronisations begun in it
   * @param pauseMaxUs the longest pause of the probe's JVM
   * @param pollMaxUs the longest round trip of a poll
   * @param observing whether the probe was connected to the replica throughout
   * @param maxLowerUs the greatest lower bound: of those seen or given up in it, and of what was
   *     outstanding at its end
   * @param step which step of the load's ramp, from 1; null between the steps and without a ramp
   * @param loadWritesPerS of the load's rate, the writes; null where not told apart
   */
  public record Second(
      long second,
      String phase,
      long sent,
      long observed,
      @Nullable Long outstanding,
      @Nullable Double p50UpperUs,
      @Nullable Double p99UpperUs,
      @Nullable Double maxUpperUs,
      @Nullable Long offsetGapBytes,
      @Nullable Double loadOpsPerS,
      @Nullable String replica,
      @Nullable Integer spanS,
      @Nullable Long epochMs,
      @Nullable Double ackP99Us,
      @Nullable Double ackMaxUs,
      @Nullable Double slipMaxUs,
      @Nullable Boolean linkUp,
      @Nullable Long fullResyncs,
      @Nullable Double pauseMaxUs,
      @Nullable Double pollMaxUs,
      @Nullable Boolean observing,
      @Nullable Double maxLowerUs,
      @Nullable Integer step,
      @Nullable Double loadWritesPerS) {
    public Second {
      loadWritesPerS = Numbers.known(loadWritesPerS);
      maxLowerUs = Numbers.known(maxLowerUs);
      ackP99Us = Numbers.known(ackP99Us);
      ackMaxUs = Numbers.known(ackMaxUs);
      slipMaxUs = Numbers.known(slipMaxUs);
      pauseMaxUs = Numbers.known(pauseMaxUs);
      pollMaxUs = Numbers.known(pollMaxUs);
      p50UpperUs = Numbers.known(p50UpperUs);
      p99UpperUs = Numbers.known(p99UpperUs);
      maxUpperUs = Numbers.known(maxUpperUs);
      loadOpsPerS = Numbers.known(loadOpsPerS);
    }
  }
}
