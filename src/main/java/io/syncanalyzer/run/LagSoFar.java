package io.syncanalyzer.run;

import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.result.LagReport;
import io.syncanalyzer.result.LoadReport;
import io.syncanalyzer.run.lag.LagReports;
import io.syncanalyzer.run.lag.Limits;
import io.syncanalyzer.run.record.Recorder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run knows of the lag by now: floor, baseline and load, one after the other. Each addition
 * is noted at once, with the limits held against all there is, so that a run that ends early keeps
 * it. For one thread.
 */
final class LagSoFar {
  private final Recorder recorder;
  private final Limits limits;
  private LagSummary summary = new LagSummary(List.of(), List.of(), null);

  LagSoFar(Recorder recorder, Limits limits) {
    this.recorder = recorder;
    this.limits = limits;
  }

  LagSummary summary() {
    return summary;
  }

  /** Adds what was measured while nothing but the sentinels was written. */
  void addIdle(LagSummary measured) {
    add(measured, null, 0);
  }

  /**
   * Adds what was measured under the load.
   *
   * @param measured null where nothing came of it
   * @param load null where it failed
   */
  void add(@Nullable LagSummary measured, @Nullable LoadReport load, long loadStartedEpochMillis) {
    if (measured != null) {
      summary = summary.plus(measured);
    }
    LagReport report = LagReports.of(summary, load, loadStartedEpochMillis, limits);
    recorder.report().lag(report);
    recorder.report().limits(limits.hold(report));
  }
}
