package io.syncanalyzer.probe;

import io.syncanalyzer.time.NanoClock;
import io.syncanalyzer.time.WallClock;
import java.util.concurrent.atomic.AtomicBoolean;

/** A measurement in whose middle something happens. */
final class Meanwhile {
  private Meanwhile() {}

  /** Measures, and does something on a thread of its own when a second has been measured. */
  static LagSummary run(LagSettings settings, Runnable something) throws InterruptedException {
    Thread meanwhile = new Thread(something);
    AtomicBoolean begun = new AtomicBoolean();
    LagSummary summary =
        new LagProbe(NanoClock.SYSTEM, WallClock.SYSTEM, progress -> {})
            .telling(
                second -> {
                  if (begun.compareAndSet(false, true)) {
                    meanwhile.start();
                  }
                })
            .run(settings);
    meanwhile.join();
    return summary;
  }
}
