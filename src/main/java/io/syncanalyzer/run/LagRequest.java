package io.syncanalyzer.run;

import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.ObserverChoice;
import io.syncanalyzer.probe.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How lag is to be measured.
 *
 * @param rate sentinels per second in all
 * @param types what they are written as
 * @param warmup not measured
 * @param duration measured after it; empty = until interrupted
 * @param observeTimeout after which an unseen sentinel is censored
 * @param observer how arrivals are noticed
 * @param idle how long floor and baseline are each measured; zero = not at all
 */
public record LagRequest(
    int rate,
    List<SentinelType> types,
    Duration warmup,
    Optional<Duration> duration,
    Duration observeTimeout,
    ObserverChoice observer,
    Duration idle) {
  public LagRequest {
    types = List.copyOf(types);
    if (idle.isNegative()) {
      throw new IllegalArgumentException("--baseline is negative");
    }
  }

  /**
   * Checks the values before any server is touched.
   *
   * @throws IllegalArgumentException naming the option and what it takes
   */
  void check(ServersRequest servers, Limits limits) {
    settings(ProbePhase.PROBE, "check", servers.source(), servers.replicas(), Path.of(""), limits);
  }

  /** The same in the probe's terms. */
  LagSettings settings(
      ProbePhase phase,
      String runId,
      Endpoint source,
      List<Endpoint> replicas,
      Path hlog,
      Limits limits) {
    return LagSettings.of(source, replicas, runId)
        .withPhase(phase)
        .withSchedule(rate, warmup, duration)
        .withTypes(types, 0)
        .withObserver(observer, observeTimeout)
        .withHlog(Optional.of(hlog))
        .withRecoverBelow(limits.maxLagP99());
  }
}
