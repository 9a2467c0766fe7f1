package io.syncanalyzer.run.load;

import io.syncanalyzer.result.LoadReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a load went as fast as its source could take it, so that its lag is one at saturation.
 */
public final class Saturation {
  private static final String MEMTIER_RATE = "--rate-limiting";

  private Saturation() {}

  /**
   * What is to be said of it, one line; empty of a load at a rate, and of a source that could have
   * done more.
   *
   * @param metered what the servers counted while it ran
   */
  public static Optional<String> warning(LoadSettings settings, LoadReport load, Metered metered) {
    Double share = metered.sourceCpuShare();
    if (load.totals() == null
        || share == null
        || !metered.isSourceSaturated()
        || !isClosedLoop(settings, load)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the load was a closed loop that saturated the source (its thread for commands was busy"
                + " %.0f %% of the time): the lag is the lag at saturation, whatever rate that is;"
                + " `capacity` finds the rate that the replica sustains, --load-rate keeps one",
            100 * Math.min(1, share)));
  }

  /** Whether nothing but its replies held it back. */
  static boolean isClosedLoop(LoadSettings settings, LoadReport load) {
    return settings.rate().isEmpty()
        && settings.ramp().isEmpty()
        && load.commandLines().stream()
            .flatMap(List::stream)
            .noneMatch(word -> word.startsWith(MEMTIER_RATE));
  }
}
