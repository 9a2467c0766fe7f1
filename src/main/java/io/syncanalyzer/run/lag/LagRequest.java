package io.syncanalyzer.run.lag;

import io.syncanalyzer.probe.LagPair;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.Watching;
import io.syncanalyzer.probe.Writing;
import io.syncanalyzer.probe.figures.ProbePhase;
import io.syncanalyzer.redis.Endpoint;
import io.syncanalyzer.redis.topology.Layout;
import io.syncanalyzer.report.files.RunFolder;
import io.syncanalyzer.sentinel.SentinelType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How lag is to be measured, whichever run it is of and on whichever servers.
 *
 * @param writing what is written, and when
 * @param watching how it is looked for
 * @param idle how long the floor, and with a load the baseline, are each measured first; zero = not
 *     at all
 */
public record LagRequest(Writing writing, Watching watching, Duration idle) {
  /** Floor and baseline are measured at no more than this rate, so that idle is idle. */
  public static final double IDLE_RATE = 500;

  public LagRequest {
    Objects.requireNonNull(writing, "writing is null");
    Objects.requireNonNull(watching, "watching is null");
    if (idle.isNegative()) {
      throw new IllegalArgumentException("the time at idle is negative");
    }
  }

  /** Sentinels per second in all. */
  public double rate() {
    return writing.ratePerSecond();
  }

  /** What they are written as. */
  public List<SentinelType> types() {
    return writing.types();
  }

  /** How long sentinels are sent before they are measured. */
  public Duration warmup() {
    return writing.warmup();
  }

  /** Measured after it; empty = until interrupted. */
  public Optional<Duration> duration() {
    return writing.duration();
  }

  /** The same in the probe's terms. */
  public LagSettings settings(
      ProbePhase phase,
      String runId,
      Endpoint source,
      List<Endpoint> replicas,
      Path hlog,
      Limits limits) {
    return settings(phase, runId, List.of(LagPair.of(source, replicas)), hlog, limits);
  }

  /**
   * The same between the servers of a layout.
   *
   * @param folder of the run, whose name the keys have and whose log is appended to
   */
  public LagSettings settings(ProbePhase phase, RunFolder folder, Layout layout, Limits limits) {
    return settings(phase, folder.runId(), LagPair.of(layout), folder.lagHlog(), limits);
  }

  /** The same between the servers of these pairs. */
  private LagSettings settings(
      ProbePhase phase, String runId, List<LagPair> pairs, Path hlog, Limits limits) {
    return new LagSettings(
        phase,
        runId,
        pairs,
        writing,
        watching.recoveredBelow(limits.maxLagP99()),
        new LagSettings.Keeping(Optional.of(hlog), false, false));
  }
}
