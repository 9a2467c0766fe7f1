package io.syncanalyzer.run;

import io.syncanalyzer.probe.LagProbe;
import io.syncanalyzer.probe.LagSettings;
import io.syncanalyzer.probe.LagSummary;
import io.syncanalyzer.run.lag.LagRequest;
import io.syncanalyzer.run.load.LoadProgressLine;
import io.syncanalyzer.run.record.Recorder;
import io.syncanalyzer.run.record.RunContext;
import java.time.Duration;
import java.util.function.Consumer;

/** The lag while nothing but sentinels is written: the floor, then the baseline. */
final class IdleLag {
  /** Both warm up this long before they are measured. */
  static final Duration WARMUP = Duration.ofSeconds(1);

  private IdleLag() {}

  /**
   * Measures both.
   *
   * @param settings of the run's own measurement
   * @param time how long each is measured; zero = not at all
   * @param found told of each as it is there
   */
  static void measure(
      RunContext context,
      Recorder recorder,
      LagSettings settings,
      Duration time,
      Consumer<LagSummary> found)
      throws InterruptedException {
    if (time.isZero()) {
      return;
    }
    recorder.phase("floor");
    LagProbe probe =
        new LagProbe(
                context.clock(),
                context.wallClock(),
                heard -> context.console().progress(-1, LoadProgressLine.words(heard)))
            .openedBy(context.patience()::insist);
    double rate = Math.min(LagRequest.IDLE_RATE, settings.ratePerSecond());
    found.accept(probe.run(settings.asFloor(rate, WARMUP, time)));
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedException();
    }
    recorder.phase("baseline");
    found.accept(probe.run(settings.asBaseline(rate, WARMUP, time)));
  }
}
