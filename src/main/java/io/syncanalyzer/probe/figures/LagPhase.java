package io.syncanalyzer.probe.figures;

import io.syncanalyzer.result.lag.LagAccounting;
import io.syncanalyzer.result.lag.LagPercentile;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.List;
import java.util.Objects;

/**
 * What one phase measured on one replica.
 *
 * @param phase {@code floor}, {@code baseline}, {@code load} or {@code probe}
 * @param replica the replica's address
 * @param observer how arrivals were noticed, and why so
 * @param startedEpochMillis wall clock at the begin of the measured time, a label
 * @param measuredNanos how long it lasted
 * @param rows the percentiles, {@code min} to {@code max}, then those of each step of a ramp
 * @param accounting what became of every sentinel
 * @param figures what else there is to tell
 * @param timeline a row a second
 * @param warnings one line each
 */
public record LagPhase(
    String phase,
    String replica,
    String observer,
    long startedEpochMillis,
    long measuredNanos,
    List<LagPercentile> rows,
    LagAccounting accounting,
    LagFigures figures,
    List<LagSecond> timeline,
    List<String> warnings) {
  public LagPhase {
    Objects.requireNonNull(phase, "phase is null");
    Objects.requireNonNull(replica, "replica is null");
    rows = List.copyOf(rows);
    timeline = List.copyOf(timeline);
    warnings = List.copyOf(warnings);
  }

  /**
   * The row of a percentile of the whole phase.
   *
   * @param percentile {@code min}, {@code 50} … {@code max}
   * @throws IllegalArgumentException if there is no such row
   */
  public LagPercentile row(String percentile) {
    return rows.stream()
        .filter(row -> row.percentile().equals(percentile) && row.step() == null)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no percentile " + percentile));
  }
}
