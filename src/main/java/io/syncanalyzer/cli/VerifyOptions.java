package io.syncanalyzer.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to settle differences and prove them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class VerifyOptions {
  @Option(
      names = "--ttl-tolerance",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "How far apart expiries may be and count as equal. Default: ${DEFAULT-VALUE}")
  Duration ttlTolerance;

  @Option(
      names = "--settle-rounds",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "How often a key that keeps changing is looked at again. Default: ${DEFAULT-VALUE}")
  int settleRounds;

  @Option(
      names = "--fence",
      paramLabel = "HOW",
      defaultValue = "auto",
      description =
          "How to prove that the replica has caught up: auto, offset, sentinel, or none for two"
              + " stores at rest. Default: ${DEFAULT-VALUE}")
  String fence;

  @Option(
      names = "--rate",
      paramLabel = "KEYS_PER_SECOND",
      description = "Compare no faster than this. Default: as fast as it goes.")
  @Nullable Long rate;

  @Option(
      names = "--max-mismatches",
      paramLabel = "N",
      description = "Stop after so many mismatches (exit status 1).")
  @Nullable Long maxMismatches;

  @Option(
      names = "--pause-writes",
      description = "Settle the last suspects under CLIENT PAUSE WRITE on the source.")
  boolean pauseWrites;
}
