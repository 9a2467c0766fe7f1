package io.syncanalyzer.probe.figures;

import java.util.Objects;

/**
 * A percentile of a phase.
 *
 * @param percentile {@code min}, {@code 50} … {@code 99.99}, {@code max}
 * @param upper pos − send
 * @param lower max(0, neg − ack)
 * @param intended pos − intended
 * @param samples observed and censored sentinels it is taken over
 */
public record LagRow(
    String percentile, LagValue upper, LagValue lower, LagValue intended, long samples) {
  public LagRow {
    Objects.requireNonNull(percentile, "percentile is null");
    Objects.requireNonNull(upper, "upper is null");
    Objects.requireNonNull(lower, "lower is null");
    Objects.requireNonNull(intended, "intended is null");
  }
}
