package io.syncanalyzer.insert;

import io.syncanalyzer.probe.figures.LagProgress;
import java.util.Objects;

/**
 * A second of the inserts, as the probe beside them sees it.
 *
 * @param lag of one replica
 */
public record InsertProgress(LagProgress lag) {
  public InsertProgress {
    Objects.requireNonNull(lag, "lag is null");
  }
}
