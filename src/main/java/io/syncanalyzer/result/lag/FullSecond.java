package io.syncanalyzer.result.lag;

import java.util.List;
import java.util.Objects;

/**
 * A second of one replica of one shard as it is told while a measurement goes on: with the bounds
 * of every measured sentinel in it, and what became of all of them so far.
 *
 * @param replica its address
 * @param row its row of the timeline
 * @param upper the upper bounds of those seen in it, each once, in order
 * @param lower the lower bounds, those of the ones given up among them; likewise
 * @param scheduled how many have fallen due so far
 * @param writeFailed how many of these the source has refused so far
 * @param writeUnknown how many writes had no answer so far
 * @param censored how many were given up so far
 */
public record FullSecond(
    String replica,
    LagSecond row,
    List<LagCount> upper,
    List<LagCount> lower,
    long scheduled,
    long writeFailed,
    long writeUnknown,
    long censored) {
  public FullSecond {
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(row, "row is null");
    upper = List.copyOf(upper);
    lower = List.copyOf(lower);
  }
}
