package io.syncanalyzer.run.lag;

import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.lag.LagSecond;
import org.jspecify.annotations.Nullable;

/**
 * Whose lag it is: a replica's, of one shard where there are several.
 *
 * @param replica its address; null where there is but one
 * @param shard the source's node, {@code host:port}; null where there is but one
 */
public record Track(@Nullable String replica, @Nullable String shard) {
  public static Track of(LagSecond row) {
    return new Track(row.replica(), row.shard());
  }

  public static Track of(LagPhase phase) {
    return new Track(phase.accounting().replica(), phase.accounting().shard());
  }
}
