package io.syncanalyzer.result.lag;

import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A percentile of a phase: a row of {@code lag.csv}.
 *
 * @param phase {@code floor}, {@code baseline}, {@code load} or {@code probe}
 * @param percentile {@code min}, {@code 50} … {@code 99.99}, {@code max}
 * @param upper between sending and the reply that showed it; open where it reaches into sentinels
 *     never seen
 * @param lower between the acknowledgement and the last request that did not see it, of all that
 *     were acknowledged
 * @param intended from its place in the schedule; open as upper
 * @param samples observed and censored sentinels it is taken over
 * @param replica the replica's address; null where there is but one
 * @param step which step of the load's ramp, from 1; null = the whole phase
 * @param shard the source's node, {@code host:port}; null for all together, and where there is but
 *     one
 */
public record LagPercentile(
    String phase,
    String percentile,
    LagValue upper,
    LagValue lower,
    LagValue intended,
    long samples,
    @Nullable String replica,
    @Nullable Integer step,
    @Nullable String shard) {
  /** By the upper end, and where that is the same by the lower one, the furthest behind first. */
  public static final Comparator<LagPercentile> FURTHEST_BEHIND_FIRST =
      Comparator.comparingDouble(LagPercentile::upperEnd)
          .thenComparingLong(row -> row.lower.nanosOr(-1))
          .reversed();

  public LagPercentile {
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(percentile, "percentile is null");
    Objects.requireNonNull(upper, "upper is null");
    Objects.requireNonNull(lower, "lower is null");
    Objects.requireNonNull(intended, "intended is null");
  }

  /** Of all shards together. */
  public LagPercentile(
      String phase,
      String percentile,
      LagValue upper,
      LagValue lower,
      LagValue intended,
      long samples,
      @Nullable String replica,
      @Nullable Integer step) {
    this(phase, percentile, upper, lower, intended, samples, replica, step, null);
  }

  /** The same, of one shard alone. */
  public LagPercentile ofShard(@Nullable String address) {
    return new LagPercentile(
        phase, percentile, upper, lower, intended, samples, replica, step, address);
  }

  /** The same, of one trial alone. */
  public LagPercentile ofStep(@Nullable Integer trial) {
    return new LagPercentile(
        phase, percentile, upper, lower, intended, samples, replica, trial, shard);
  }

  /** Whether nothing is known that it is below: it reaches into sentinels never seen. */
  public boolean isOpen() {
    return upper instanceof LagValue.Open;
  }

  /** Its upper end: infinite where it is open, below every lag where nothing is known. */
  private double upperEnd() {
    return isOpen() ? Double.POSITIVE_INFINITY : upper.nanosOr(-1);
  }
}
