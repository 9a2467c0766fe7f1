package io.syncanalyzer.probe;

import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.figures.LagFigures;
import io.syncanalyzer.probe.figures.ProbeCost;
import io.syncanalyzer.probe.timeline.ReplicaTrack;
import io.syncanalyzer.probe.timeline.SourceTrack;
import io.syncanalyzer.probe.write.Whereabouts;
import io.syncanalyzer.redis.Counted;
import io.syncanalyzer.result.figure.Numbers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be known of a pair's figures, a line each; where there are several pairs, of which.
 */
final class TrackWarnings {
  private static final double BUDGET_TOLERANCE = 1.25;
  private static final double RATE_TOLERANCE = 0.01;

  private final LagSettings settings;
  private final SourceTrack source;
  private final Written written;

  TrackWarnings(LagSettings settings, SourceTrack source, Written written) {
    this.settings = settings;
    this.source = source;
    this.written = written;
  }

  List<String> of(ReplicaTrack track, LagFigures figures) {
    List<String> warnings = unnamed(track, figures);
    if (track.shard() != null) {
      warnings.replaceAll(line -> "shard " + track.shard() + ": " + line);
    }
    return warnings;
  }

  private List<String> unnamed(ReplicaTrack track, LagFigures figures) {
    List<String> warnings = new ArrayList<>();
    for (Whereabouts.Move move : source.source().moves()) {
      warnings.add(
          move.failover()
              ? "failover: the source's " + words(move) + " took its place"
              : "the slot of its sentinels was moved: from the source's "
                  + words(move)
                  + " has it");
    }
    if (track.isWatchedItself()) {
      for (Whereabouts.Move move : track.observer().moves()) {
        warnings.add("the replica's " + words(move) + " is watched");
      }
    }
    double kept = figures.sentPerSecond() / figures.wantedPerSecond();
    if (written.scheduled() > 0 && kept < 1 - RATE_TOLERANCE) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the sentinel rate was missed: %.1f per second wanted, %.1f sent; "
                  + "slip p99 %.3f ms, max %.3f ms, never sent %d",
              figures.wantedPerSecond(),
              figures.sentPerSecond(),
              figures.slipP99Nanos() / 1e6,
              figures.slipMaxNanos() / 1e6,
              written.unsent()));
    }
    if (written.lastFailure() != null && written.failed() + written.unknown() > 0) {
      warnings.add(
          Counted.words(written.failed() - written.unsent(), "sentinel write")
              + " failed and "
              + written.unknown()
              + " had no answer"
              + unknownsWords(written.unknown(), track.observer().tally().unknownSeen.get())
              + "; the last: "
              + written.lastFailure());
    }
    if (figures.probeOutages() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the probe lost its own connection to the %s %s, %.3f s in all; observed, but in no"
                  + " percentile: %s that came meanwhile%s",
              track.watched(),
              Counted.words(figures.probeOutages(), "time"),
              figures.probeOutageNanos() / 1e9,
              Counted.words(track.observer().tally().seenAfterOutage.get(), "sentinel"),
              givenUpWords(track.observer().tally().givenUpUnwatched.get())));
    }
    long refusals = track.observer().tally().refusals.get();
    if (refusals > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the %s refused %,d of the probe's questions, which proves nothing of its lag; the"
                  + " last error: %s",
              track.watched(),
              refusals,
              track.observer().trouble()));
    }
    if (figures.replicaOutages() > 0) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "the %s was gone, or gave no answer, %s, %.3f s in all; upper bounds of that"
                  + " time include it",
              track.watched(),
              Counted.words(figures.replicaOutages(), "time"),
              figures.replicaOutageNanos() / 1e9));
    }
    if (figures.fullResyncs() > 0) {
      Long missing = figures.missingAfterResync();
      warnings.add(
          Counted.words(figures.fullResyncs(), "full resync")
              + ": what was seen before could be gone for a time; at the end "
              + (missing == null ? "it could not be counted again" : missing + " are missing"));
    }
    if (settings.phase().isMeasured()) {
      overdrawn(settings.watching().budget(), figures.cost()).ifPresent(warnings::add);
      track
          .distance()
          .warning(track.replica().toString(), figures.widthP50())
          .ifPresent(warnings::add);
    }
    return warnings;
  }

  /** So many sentinels cannot be looked for at that cost; a little over is no more than chance. */
  static Optional<String> overdrawn(ProbeBudget given, ProbeCost cost) {
    Double budget = cost.budgetPercent();
    double percent = 100 * cost.askingShare();
    return budget == null || percent <= BUDGET_TOLERANCE * budget
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "looking for so many sentinels took %.1f %% of a core of the replica, above %s"
                    + " budget of %s %%; send fewer, or allow more by --probe-budget",
                percent,
                budget < given.percent() ? "this shard's part of the" : "the",
                Numbers.plain(given.percent())));
  }

  private static String words(Whereabouts.Move move) {
    return move.from().address()
        + " was left at "
        + Instant.ofEpochMilli(move.epochMillis())
        + ", and since then "
        + move.to().address();
  }

  private static String givenUpWords(long givenUp) {
    return givenUp == 0
        ? ""
        : "; " + givenUp + " more had to be given up unwatched, and may have come in time";
  }

  /** When the source took them, or whether, nothing tells: they have no lag that could be known. */
  private static String unknownsWords(long unknown, long seen) {
    return unknown == 0
        ? ""
        : " (" + seen + " of these showed all the same; none is in a percentile)";
  }
}
