package io.syncanalyzer.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long to measure. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
final class TimingOptions {
  @Option(
      names = "--duration",
      paramLabel = "DURATION",
      defaultValue = "20s",
      description = "How long to measure. Default: ${DEFAULT-VALUE}")
  Duration duration;

  @Option(
      names = "--warmup",
      paramLabel = "DURATION",
      defaultValue = "3s",
      description = "How long to run before that, not measured. Default: ${DEFAULT-VALUE}")
  Duration warmup;
}
