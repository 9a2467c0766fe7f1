package io.syncanalyzer.probe;

import io.syncanalyzer.probe.figures.LagPhase;
import io.syncanalyzer.result.lag.Episode;
import io.syncanalyzer.result.lag.EpisodeReport;
import io.syncanalyzer.run.lag.LagEpisodes;
import io.syncanalyzer.run.lag.Limits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What a run would tell of a phase's largest episode of lag. */
public final class LargestEpisode {
  private static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), OptionalLong.empty());

  private LargestEpisode() {}

  /** Fails where there is none. */
  public static Episode of(LagPhase phase) {
    return all(phase)
        .largest()
        .orElseThrow(() -> new AssertionError("no episode of lag in " + phase.timeline()));
  }

  /** All of its episodes. */
  public static EpisodeReport all(LagPhase phase) {
    return all(phase, NONE);
  }

  /** All of its episodes, in a band that the limits make narrow. */
  public static EpisodeReport all(LagPhase phase, Limits limits) {
    return Objects.requireNonNull(
        LagEpisodes.of(
            new LagSummary(List.of(phase), List.of(), null), LagPhase::timeline, null, limits));
  }
}
