package io.syncanalyzer.run.lag;

import io.syncanalyzer.probe.LagMemory;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.probe.observe.ObserverChoice;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.run.record.MachineMemory;
import io.syncanalyzer.run.servers.ServersRequest;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * @param idle how long the floor, and with a load the baseline, are each measured first; zero = not
 *     at all
 */
public record LagRequest(
    int rate,
    List<SentinelType> types,
    Duration warmup,
    Optional<Duration> duration,
    Duration observeTimeout,
    ObserverChoice observer,
    Duration idle) {
  /** Floor and baseline are measured at no more than this rate, so that idle is idle. */
  public static final double IDLE_RATE = 500;

  private static final double OF_HEAP = 0.8;

  public LagRequest {
    types = List.copyOf(types);
    if (idle.isNegative()) {
      throw new IllegalArgumentException("the time at idle is negative");
    }
  }

  /**
   * Refuses to measure at idle for less time than is warmed up before.
   *
   * @param option that says how long
   * @param warmup before it is measured
   */
  public void checkIdle(String option, Duration warmup) {
    if (!idle.isZero() && idle.compareTo(warmup) < 0) {
      throw new IllegalArgumentException(
          option
              + ": "
              + idle.toMillis()
              + "ms is shorter than the "
              + warmup.toMillis()
              + "ms of warm-up before it; at least "
              + warmup.toMillis()
              + "ms, or 0s to leave it out");
    }
  }

  /**
   * Checks the values before any server is touched, and that this JVM has the memory for them.
   *
   * @throws IllegalArgumentException naming the option and what it takes
   */
  public void check(ServersRequest servers, Limits limits) {
    checkOwn(settings(servers, limits), rated());
  }

  /**
   * The same where the sentinels are written in a JVM of their own, whose heap is what they need.
   * Here only floor and baseline are measured.
   */
  public void checkForked(ServersRequest servers, Limits limits) {
    LagSettings settings = settings(servers, limits);
    LagMemory.check(settings, rated(), MachineMemory.half(), MachineMemory.words());
    if (!idle.isZero()) {
      double slow = Math.min(IDLE_RATE, settings.ratePerSecond());
      checkOwn(
          settings.asBaseline(slow, Duration.ZERO, idle),
          String.format(Locale.ROOT, "--baseline at %.0f sentinels per second", slow));
    }
  }

  private String rated() {
    return "--sentinel-rate " + rate;
  }

  private static void checkOwn(LagSettings settings, String rated) {
    long heap = Runtime.getRuntime().maxMemory();
    LagMemory.check(
        settings,
        rated,
        (long) (OF_HEAP * heap),
        String.format(
            Locale.ROOT,
            "this JVM's heap is %,d MiB, of which the rest of the run needs a part (java -Xmx gives"
                + " it more)",
            heap >> 20));
  }

  private LagSettings settings(ServersRequest servers, Limits limits) {
    return settings(
        ProbePhase.PROBE, "check", servers.source(), servers.replicas(), Path.of(""), limits);
  }

  /** The same in the probe's terms. */
  public LagSettings settings(
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
