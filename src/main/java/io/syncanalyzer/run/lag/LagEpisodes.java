package io.syncanalyzer.run.lag;

import io.syncanalyzer.cause.Band;
import io.syncanalyzer.cause.Circumstances;
import io.syncanalyzer.cause.EpisodeFinder;
import io.syncanalyzer.cause.Explanation;
import io.syncanalyzer.cause.Span;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.probe.figures.Distance;
import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.result.lag.LagSecond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The episodes of lag of a run, each with its cause: of every replica, and where there are several
 * shards of every shard, for each has servers of its own to be asked.
 */
public final class LagEpisodes {
  private LagEpisodes() {}

  /**
   * Finds and explains them.
   *
   * @param lag all that was measured, a baseline among it where there was one
   * @param loaded beside the load, with its rate where there was one
   * @return null where nothing but the idle pair was measured
   */
  public static @Nullable EpisodeReport of(
      LagSummary lag, RowsOf loaded, @Nullable LoadReport load, Limits limits) {
    List<LagPhase> phases = lag.phases().stream().filter(LagEpisodes::isMeasured).toList();
    if (phases.isEmpty()) {
      return null;
    }
    BaselineBand bands = new BaselineBand(lag, limits);
    boolean byShard = phases.stream().anyMatch(phase -> phase.accounting().shard() != null);
    List<Episode> found = new ArrayList<>();
    Set<String> words = new LinkedHashSet<>();
    long leftOut = 0;
    for (LagPhase phase : phases) {
      if (byShard && phase.accounting().shard() == null) {
        continue; // The same seconds, of all shards together.
      }
      List<LagSecond> rows = loaded.of(phase);
      Optional<Band> band =
          bands.episodes(Track.of(phase)).or(() -> bands.ofQuiet(Track.of(phase), rows));
      // Without a sample nothing is quiet: what was never seen is beyond the least there is.
      Band known = band.orElseGet(() -> Band.ofBaseline(0, 0, bands.least()));
      words.add(whose(phase) + known.told());
      EpisodeFinder.Found spans = EpisodeFinder.find(rows, known, EpisodeReport.MOST);
      leftOut += spans.leftOut();
      Circumstances around = around(phase, load);
      for (Span span : spans.spans()) {
        found.add(episode(phase, span, Explanation.of(span, rows, around)));
      }
    }
    return EpisodeReport.of(found, leftOut, List.copyOf(words));
  }

  /** The rows of a phase, with the load's rate beside them. */
  @FunctionalInterface
  public interface RowsOf {
    /** In order. */
    List<LagSecond> of(LagPhase phase);
  }

  private static boolean isMeasured(LagPhase phase) {
    return phase.phase().equals(ProbePhase.LOAD.label())
        || phase.phase().equals(ProbePhase.PROBE.label());
  }

  private static String whose(LagPhase phase) {
    String replica = phase.accounting().replica();
    String shard = phase.accounting().shard();
    return (shard == null ? "" : "shard " + shard + ": ")
        + (replica == null ? "" : "replica " + replica + ": ");
  }

  private static Episode episode(LagPhase phase, Span span, Explanation why) {
    return new Episode(
        0,
        span.from(),
        span.to(),
        span.maxUpperNanos(),
        why.cause(),
        why.evidence(),
        phase.phase(),
        why.certainty(),
        why.against(),
        span.maxLowerNanos(),
        span.peak(),
        span.open(),
        phase.accounting().replica(),
        phase.accounting().shard());
  }

  /** The second of a phase in which the lag was largest, and why; empty without a sample. */
  static Optional<Episode> largest(LagPhase phase) {
    return phase.timeline().stream()
        .filter(row -> row.maxUpperNanos() != null)
        .max(Comparator.comparingLong(row -> LagSecond.orZero(row.maxUpperNanos())))
        .map(
            row ->
                new Span(
                    row.second(),
                    row.second() + row.span(),
                    row.maxUpperNanos(),
                    row.maxLowerNanos(),
                    row.second(),
                    false))
        .map(
            span ->
                episode(phase, span, Explanation.of(span, phase.timeline(), around(phase, null))));
  }

  /** A phase counts its losses by whose they were, not when each was. */
  private static @Nullable Boolean wentAway(long replicas, long probes) {
    return (replicas > 0 && probes > 0) ? null : Boolean.valueOf(replicas > 0);
  }

  /** What holds for all of a phase. */
  private static Circumstances around(LagPhase phase, @Nullable LoadReport load) {
    Distance distance = phase.figures().distance();
    return new Circumstances(
        distance.sourceNanos(),
        distance.replicaNanos(),
        distance.isFar() ? distance.widthNanos() : 0,
        wentAway(phase.figures().replicaOutages(), phase.figures().probeOutages()),
        phase.phase().equals(ProbePhase.FLOOR.label()),
        load == null ? Map.of() : load.askedByStep());
  }
}
