package io.syncanalyzer.probe.figures;

import java.util.List;

/**
 * The lag of the sentinels that were sent in one step of a ramp.
 *
 * @param step from 1
 * @param rows the percentiles, {@code min} to {@code max}
 */
public record LagStep(int step, List<LagRow> rows) {
  public LagStep {
    rows = List.copyOf(rows);
  }
}
