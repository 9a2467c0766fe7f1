package io.syncanalyzer.run.capacity;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.result.lag.LagValue;
import io.syncanalyzer.run.lag.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/**
 * The lag that counts as back at the baseline: what 99 of 100 sentinels kept to at idle, by replica
 * and shard (the largest, where they were too few for that), but at least a tenth of the limit of
 * the search; where no baseline was measured, the limit itself. The median of a second is held
 * against it, which at idle lies well below.
 */
final class BaselineBand implements ToLongFunction<Track> {
  private final Map<Track, Long> nanos = new HashMap<>();

  /** Of the limit: a lag below that is back, however quiet the pair was when it was idle. */
  private static final int OF_LIMIT = 10;

  private final long otherwise;

  /**
   * @param idle floor and baseline, where they were measured
   */
  BaselineBand(LagSummary idle, Limits limits) {
    this.otherwise =
        limits.maxLagP99().or(limits::maxLag).map(Duration::toNanos).orElse(Long.MAX_VALUE);
    for (LagPhase phase : idle.phases()) {
      if (phase.phase().equals(ProbePhase.BASELINE.label())) {
        upper(phase).ifPresent(upper -> nanos.put(Track.of(phase), upper));
      }
    }
  }

  private static OptionalLong upper(LagPhase phase) {
    for (String percentile : new String[] {"99", "max"}) {
      if (phase.row(percentile).upper() instanceof LagValue.Known known) {
        return OptionalLong.of(known.nanos());
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public long applyAsLong(Track track) {
    Long idle = nanos.get(track);
    return idle == null ? otherwise : Math.max(idle, otherwise / OF_LIMIT);
  }

  /** The widest of all; empty where none was measured. */
  OptionalLong widest() {
    return nanos.keySet().stream().mapToLong(this).max();
  }
}
