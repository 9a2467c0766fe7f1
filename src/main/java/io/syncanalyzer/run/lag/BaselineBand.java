package io.syncanalyzer.run.lag;

import io.syncanalyzer.cause.Band;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.result.lag.LagSecond;
import io.syncanalyzer.result.lag.LagValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lag that counts as back at the baseline: what 99 of 100 sentinels kept to at idle, by replica
 * and shard (the largest, where they were too few for that), but at least a tenth of the limit of
 * the search; where no baseline was measured, the limit itself. The median of a second is held
 * against it, which at idle lies well below.
 */
public final class BaselineBand implements ToLongFunction<Track> {
  private final Map<Track, Long> nanos = new HashMap<>();
  private final Map<Track, Long> largest = new HashMap<>();

  /** Of the limit: a lag below that is back, however quiet the pair was when it was idle. */
  private static final int OF_LIMIT = 10;

  /** Of the floor: without a baseline, no lag of more than that is quiet. */
  private static final int OF_FLOOR = 10;

  private final long otherwise;
  private final long mostLag;
  private final Map<Track, Band> floors = new HashMap<>();

  /**
   * @param idle floor and baseline, where they were measured
   */
  public BaselineBand(LagSummary idle, Limits limits) {
    this.otherwise =
        limits.maxLagP99().or(limits::maxLag).map(Duration::toNanos).orElse(Long.MAX_VALUE);
    this.mostLag = limits.maxLag().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    for (LagPhase phase : idle.phases()) {
      if (phase.phase().equals(ProbePhase.FLOOR.label())) {
        OptionalLong kept = upper(phase, "99", "max");
        OptionalLong most = upper(phase, "max");
        if (kept.isPresent() && most.isPresent()) {
          floors.put(
              Track.of(phase),
              Band.ofBaseline(OF_FLOOR * kept.getAsLong(), OF_FLOOR * most.getAsLong(), least()));
        }
      }
      if (phase.phase().equals(ProbePhase.BASELINE.label())) {
        upper(phase, "99", "max").ifPresent(upper -> nanos.put(Track.of(phase), upper));
        upper(phase, "max").ifPresent(upper -> largest.put(Track.of(phase), upper));
      }
    }
  }

  private static OptionalLong upper(LagPhase phase, String... percentiles) {
    for (String percentile : percentiles) {
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

  /**
   * What an episode of lag of it leaves and comes back to; empty where no baseline was measured.
   */
  public Optional<Band> episodes(Track track) {
    Long kept = nanos.get(track);
    Long most = largest.get(track);
    return kept == null || most == null
        ? Optional.empty()
        : Optional.of(Band.ofBaseline(kept, most, least()));
  }

  /** The same by a run's own seconds, within the limits and within what the floor can explain. */
  Optional<Band> ofQuiet(Track track, List<LagSecond> rows) {
    Band floor = floors.get(track);
    return Band.ofQuiet(rows, least())
        .map(band -> band.atMost(otherwise, mostLag, "no wider than the limits"))
        .map(
            band ->
                floor == null
                    ? band
                    : band.atMost(
                        floor.medianNanos(),
                        floor.largestNanos(),
                        "no wider than " + OF_FLOOR + " times the floor"));
  }

  /**
   * A lag within this is back, whatever the pair was like at idle; null where there is no limit.
   */
  @Nullable Long least() {
    return otherwise == Long.MAX_VALUE ? null : Long.valueOf(otherwise / OF_LIMIT);
  }

  /** The widest of all; empty where none was measured. */
  public OptionalLong widest() {
    return nanos.keySet().stream().mapToLong(this).max();
  }
}
