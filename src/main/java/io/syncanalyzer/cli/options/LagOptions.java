package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which sentinels to write, how often, and how long to look for them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class LagOptions {
  @Option(
      names = "--sentinel-rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Sentinels per second, of all types together. Default: ${DEFAULT-VALUE}")
  int sentinelRate;

  @Option(
      names = "--types",
      completionCandidates = Candidates.Types.class,
      paramLabel = "TYPE[,TYPE...]",
      defaultValue = "string,hash,list,set,zset,stream",
      description = "The sentinels' types. Default: ${DEFAULT-VALUE}")
  String types;

  @Option(
      names = "--observe-timeout",
      paramLabel = "DURATION",
      defaultValue = "30s",
      description =
          "A sentinel not seen on the replica for so long is censored. Default: ${DEFAULT-VALUE}")
  Duration observeTimeout;

  @Option(
      names = "--observer",
      completionCandidates = Candidates.Observers.class,
      paramLabel = "OBSERVER",
      defaultValue = "auto",
      description = "poll, tracking, notify or auto. Default: ${DEFAULT-VALUE}")
  String observer;

  /** The same, checked. */
  public LagRequest request(Duration warmup, Optional<Duration> duration, Duration idle) {
    try {
      return new LagRequest(
          sentinelRate,
          sentinelTypes("--types", types),
          warmup,
          duration,
          observeTimeout,
          ObserverChoice.of(observer),
          idle);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw message.startsWith("--")
          ? e
          : new IllegalArgumentException("--observer: " + message, e);
    }
  }

  /** The types an option names, in the order of the enum; one named twice counts once. */
  static List<SentinelType> sentinelTypes(String option, String list) {
    Set<SentinelType> chosen = EnumSet.noneOf(SentinelType.class);
    for (String label : list.split(",", -1)) {
      try {
        chosen.add(SentinelType.of(label.strip()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(chosen);
  }
}
