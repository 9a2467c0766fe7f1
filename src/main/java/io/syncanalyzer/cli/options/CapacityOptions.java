package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Percent;
import io.syncanalyzer.fence.FenceMode;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.run.capacity.CapacityRequest.Rates;
import io.syncanalyzer.run.capacity.CapacityRequest.Trials;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rates are tried, and how. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class CapacityOptions {
  @Option(
      names = "--from",
      paramLabel = "N",
      description = "Writes per second of the first trial. Default: ${DEFAULT-VALUE}")
  long from = 1000;

  @Option(
      names = "--to",
      paramLabel = "N",
      description = "Try no rate above this. Default: as far as it goes.")
  @Nullable Long to;

  @Option(
      names = "--at-least",
      paramLabel = "N",
      description = "Ask one question only: whether so many writes per second are sustained.")
  @Nullable Long atLeast;

  @Option(
      names = "--precision",
      paramLabel = "PERCENT",
      description =
          "How far the refuted rate may lie above the proven one. Default: ${DEFAULT-VALUE}")
  String precision = "10%";

  @Option(
      names = "--trial",
      paramLabel = "DURATION",
      defaultValue = "15s",
      description =
          "How long a trial is measured; one that cannot be decided lasts up to three times as"
              + " long. Default: ${DEFAULT-VALUE}")
  public Duration trial;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      defaultValue = "3s",
      description = "How long a trial's load runs before that. Default: ${DEFAULT-VALUE}")
  public Duration warmup;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "How often each bound of the answer is tried. Default: ${DEFAULT-VALUE}")
  int trials = 3;

  @Option(
      names = "--max-time",
      paramLabel = "DURATION",
      defaultValue = "30m",
      description =
          "No trial begins after this: what is known by then is the answer."
              + " Default: ${DEFAULT-VALUE}")
  Duration maxTime;

  @Option(
      names = "--fence",
      completionCandidates = Candidates.Fences.class,
      paramLabel = "FENCE",
      description =
          "How to prove before each trial that the replica has caught up: auto, offset or"
              + " sentinel. Default: ${DEFAULT-VALUE}")
  String fence = FenceMode.AUTO.label();

  @Option(
      names = "--drain-timeout",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "How long that may take. Default: ${DEFAULT-VALUE}")
  Duration drainTimeout;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Of the resampling that the limits of a slope come from. Default: ${DEFAULT-VALUE}")
  long seed = 1;

  /** The rates, checked. */
  public Rates rates() {
    double share =
        Refusals.named(
                "--precision " + precision + ": ", () -> Percent.of("a precision", precision))
            / 100;
    return new Rates(from, LoadOptions.of(to), LoadOptions.of(atLeast), share);
  }

  /**
   * How each is tried, checked.
   *
   * @param recoverWithin the limit of the recovery
   */
  public Trials trials(Duration recoverWithin) {
    return new Trials(
        trials,
        recoverWithin,
        drainTimeout,
        maxTime,
        Refusals.named("--fence: ", () -> FenceMode.of(fence)),
        seed);
  }
}
