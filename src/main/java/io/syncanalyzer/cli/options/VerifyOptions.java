package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Percent;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.redis.Side;
import io.syncanalyzer.verify.attempt.VerifySettings;
import io.syncanalyzer.verify.settle.SettleSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to settle differences and prove them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class VerifyOptions {
  /** How long the source's writes are held at a time: short of what clients time out at. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  @Option(
      names = "--ttl-tolerance",
      paramLabel = "DURATION",
      defaultValue = SettleSettings.TOLERANCE_SECONDS + "s",
      description = "How far apart expiries may be and count as equal. Default: ${DEFAULT-VALUE}")
  Duration ttlTolerance;

  @Option(
      names = "--settle-rounds",
      paramLabel = "N",
      description =
          "How often a key that keeps changing is looked at again, and names are scanned for keys"
              + " that came meanwhile. Default: ${DEFAULT-VALUE}")
  int settleRounds = SettleSettings.DEFAULT.rounds();

  @Option(
      names = "--fence",
      completionCandidates = Candidates.Fences.class,
      paramLabel = "FENCE",
      description =
          "How to prove that the replica has caught up: auto, offset, sentinel, or none for two"
              + " stores at rest. Default: ${DEFAULT-VALUE}")
  String fence = SettleSettings.DEFAULT.fence().label();

  @Option(
      names = "--fence-timeout",
      paramLabel = "DURATION",
      defaultValue = SettleSettings.FENCE_SECONDS + "s",
      description = "How long one fence may take to be passed. Default: ${DEFAULT-VALUE}")
  Duration fenceTimeout;

  @Option(
      names = "--rate",
      paramLabel = "KEYS_PER_SECOND",
      description = "Compare no faster than this. Default: as fast as it goes.")
  @Nullable Long rate;

  @Option(
      names = "--server-cpu",
      paramLabel = "PERCENT",
      description =
          "Hold back so that the comparison costs no server more than this share of one CPU, by"
              + " what INFO tells of it; 5 and 5%% are the same. Default: as fast as it goes.")
  @Nullable String serverCpu;

  @Option(
      names = "--max-mismatches",
      paramLabel = "N",
      description = "Stop after so many mismatches (exit status 1).")
  @Nullable Long maxMismatches;

  @Option(
      names = "--pause-writes",
      description = "Settle the last suspects under CLIENT PAUSE WRITE on the source.")
  boolean pauseWrites;

  @Option(
      names = "--scan-on",
      completionCandidates = Candidates.Sides.class,
      paramLabel = "SIDE",
      description =
          "Whose names lead: source, or replica where that may be burdened and the source may not."
              + " The source then pays for values; its names are scanned only where keys were"
              + " missing or written meanwhile. Default: ${DEFAULT-VALUE}")
  String scanOn = VerifySettings.DEFAULT.scanOn().label();

  /** The same, checked, of every key. */
  public VerifySettings settings() {
    SettleSettings settling = SettleSettings.DEFAULT.withTtlTolerance(ttlTolerance);
    settling = Refusals.named("--fence: ", settling, known -> known.withFence(FenceMode.of(fence)));
    settling =
        Refusals.named(
            "--fence-timeout: ", settling, known -> known.withFenceTimeout(fenceTimeout));
    settling =
        Refusals.named("--settle-rounds ", settling, known -> known.withRounds(settleRounds));
    if (pauseWrites) {
      settling = settling.pausingWrites(PAUSE);
    }
    VerifySettings settings =
        Refusals.named(
            "--scan-on: ",
            VerifySettings.DEFAULT.with(settling),
            known -> known.withScanOn(Side.of(scanOn)));
    Long limit = rate;
    if (limit != null) {
      settings = Refusals.named("--rate: ", settings, known -> known.withRate(limit));
    }
    String share = serverCpu;
    if (share != null) {
      settings =
          Refusals.named(
              "--server-cpu " + share + ": ",
              settings,
              known -> known.withServerCpu(Percent.of("a share of a CPU", share)));
    }
    Long most = maxMismatches;
    if (most != null) {
      settings =
          Refusals.named("--max-mismatches: ", settings, known -> known.withMaxMismatches(most));
    }
    return settings;
  }
}
