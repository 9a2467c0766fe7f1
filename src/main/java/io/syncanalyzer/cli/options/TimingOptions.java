package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.DefaultValues;
import io.syncanalyzer.cli.words.DurationConverter;
import io.syncanalyzer.probe.Writing;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How long to measure. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class TimingOptions {
  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      defaultValue = Writing.MEASURED_SECONDS + "s",
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  public Duration duration;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      defaultValue = Writing.WARMUP_SECONDS + "s",
      description = "How long to run before that, not measured. Default: ${DEFAULT-VALUE}")
  public Duration warmup;

  /**
   * Refuses to measure for less time than is warmed up.
   *
   * @param spec of the command, for who has given what
   * @param ramp what a ramp lasts that says how long it is measured; empty = {@code --duration}
   */
  public void check(CommandSpec spec, Optional<Duration> ramp) {
    Duration measured = ramp.orElse(duration);
    if (measured.isZero()) {
      throw new IllegalArgumentException("--duration: 0s leaves nothing to measure");
    }
    if (measured.compareTo(warmup) < 0) {
      throw new IllegalArgumentException(
          (ramp.isPresent()
                  ? "--ramp (" + DurationConverter.format(measured) + " in all)"
                  : named(spec, "--duration", measured))
              + " is shorter than "
              + named(spec, "--warmup", warmup)
              + "; measure at least as long as you warm up");
    }
  }

  /** An option that nobody gave is told as that, so that nobody looks for it in what they wrote. */
  private static String named(CommandSpec spec, String option, Duration value) {
    return option
        + " ("
        + DurationConverter.format(value)
        + (DefaultValues.isGiven(spec, option) ? ")" : " where it is not given)");
  }
}
