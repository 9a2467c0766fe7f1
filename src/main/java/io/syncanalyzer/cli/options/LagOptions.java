package io.syncanalyzer.cli.options;

import io.syncanalyzer.cli.words.Candidates;
import io.syncanalyzer.cli.words.Percent;
import io.syncanalyzer.probe.Watching;
import io.syncanalyzer.probe.Writing;
import io.syncanalyzer.probe.cost.ProbeBudget;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Refusals;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.sentinel.SentinelType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which sentinels to write, how often, and how long to look for them. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anyone reads them.
public final class LagOptions {
  private static final String OFF = "off";

  @Option(
      names = "--sentinel-rate",
      paramLabel = "N",
      description = "Sentinels per second, of all types together. Default: ${DEFAULT-VALUE}")
  int sentinelRate = (int) Writing.DEFAULT.ratePerSecond();

  @Option(
      names = "--types",
      completionCandidates = Candidates.Types.class,
      paramLabel = "TYPE[,TYPE...]",
      description = "The sentinels' types. Default: ${DEFAULT-VALUE}")
  String types =
      Writing.DEFAULT.types().stream().map(SentinelType::label).collect(Collectors.joining(","));

  @Option(
      names = "--observe-timeout",
      paramLabel = "DURATION",
      defaultValue = Watching.TIMEOUT_SECONDS + "s",
      description =
          "A sentinel not seen on the replica for so long is censored. Default: ${DEFAULT-VALUE}")
  Duration observeTimeout;

  @Option(
      names = "--observer",
      completionCandidates = Candidates.Observers.class,
      paramLabel = "OBSERVER",
      description = "poll, tracking, notify or auto. Default: ${DEFAULT-VALUE}")
  String observer = Watching.DEFAULT.observer().label();

  @Option(
      names = "--probe-budget",
      paramLabel = "PERCENT",
      description =
          "Look for sentinels so often that it costs a replica about this share of one core; less"
              + " makes the bounds of a lag wider, never wrong. 5 and 5%% are the same; off = as"
              + " often as it can. Default: ${DEFAULT-VALUE}")
  String probeBudget = "2%";

  /** The same, checked. */
  public LagRequest request(Duration warmup, Optional<Duration> duration, Duration idle) {
    Writing writing =
        Refusals.named(
            "--sentinel-rate ",
            Writing.DEFAULT.lasting(warmup, duration),
            known -> known.withRate(sentinelRate));
    Watching watching =
        Refusals.named(
            "--observe-timeout ", Watching.DEFAULT, known -> known.withTimeout(observeTimeout));
    return new LagRequest(
        writing.withTypes(sentinelTypes("--types", types), 0),
        watching
            .by(Refusals.named("--observer: ", () -> ObserverChoice.of(observer)))
            .within(Refusals.named("--probe-budget: ", this::budget)),
        idle);
  }

  private ProbeBudget budget() {
    return probeBudget.equals(OFF)
        ? ProbeBudget.UNLIMITED
        : ProbeBudget.ofPercent(Percent.of("a share of a core", probeBudget));
  }

  /** The types an option names, in the order of the enum; one named twice counts once. */
  static List<SentinelType> sentinelTypes(String option, String list) {
    Set<SentinelType> chosen = EnumSet.noneOf(SentinelType.class);
    for (String label : list.split(",", -1)) {
      chosen.add(Refusals.named(option + ": ", () -> SentinelType.of(label.strip())));
    }
    return List.copyOf(chosen);
  }
}
