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
 * @param soFar what became of all of them
 */
public record FullSecond(
    String replica, LagSecond row, List<LagCount> upper, List<LagCount> lower, AccountSoFar soFar) {
  public FullSecond {
    Objects.requireNonNull(replica, "replica is null");
    Objects.requireNonNull(row, "row is null");
    Objects.requireNonNull(soFar, "soFar is null");
    upper = List.copyOf(upper);
    lower = List.copyOf(lower);
  }
}
