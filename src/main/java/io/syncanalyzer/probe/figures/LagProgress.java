package io.syncanalyzer.probe.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last second on one replica, for a live line; null = too few samples, or none.
 *
 * @param phase the phase's word
 * @param replica the replica's address
 * @param second seconds since the measured time began; negative in the warm-up
 * @param sent sentinels sent in that second
 * @param outstanding not yet seen at its end
 * @param maxLowerNanos the greatest lower bound, what is still outstanding among it
 * @param observed measured ones seen so far
 * @param censored given up so far
 * @param waiting who gives no answer just now and for how long, a line each
 */
public record LagProgress(
    String phase,
    String replica,
    long second,
    long sent,
    long outstanding,
    @Nullable Long p50UpperNanos,
    @Nullable Long p99UpperNanos,
    @Nullable Long maxUpperNanos,
    @Nullable Long maxLowerNanos,
    long observed,
    long censored,
    List<String> waiting) {
  public LagProgress {
    waiting = List.copyOf(waiting);
  }
}
