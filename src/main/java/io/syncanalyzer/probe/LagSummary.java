package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.sentinel.SentinelRange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the probe found: a phase for each phase and replica.
 *
 * @param phases in the order measured; within one, in the order the replicas were given
 * @param written the sentinels left on the source, for {@link
 *     io.syncanalyzer.sentinel.SentinelCleaner}
 * @param incomplete one line why it is not whole; null = it is
 */
public record LagSummary(
    List<LagPhase> phases, List<SentinelRange> written, @Nullable String incomplete) {
  public LagSummary {
    phases = List.copyOf(phases);
    written = List.copyOf(written);
  }

  /** Both, this one first. */
  public LagSummary plus(LagSummary later) {
    List<LagPhase> allPhases = new ArrayList<>(phases);
    allPhases.addAll(later.phases);
    List<SentinelRange> allWritten = new ArrayList<>(written);
    allWritten.addAll(later.written);
    return new LagSummary(
        allPhases, allWritten, incomplete == null ? later.incomplete : incomplete);
  }
}
