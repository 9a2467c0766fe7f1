package io.syncanalyzer.insert.fork;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.Control;

/**
 * The iteration that JMH is in, which can be ended ahead of its time. Safe for use by several
 * threads.
 */
final class JmhIteration {
  private volatile @Nullable Control control;

  /** Keeps JMH's switches of the iteration that a lane is in. */
  void in(Control now) {
    if (control != now) {
      control = now;
    }
  }

  /**
   * Ends it in good order, unless it is ending: JMH's runner, which waits for the time to pass,
   * takes an interrupt for "time is up" (BenchmarkHandler.runIteration) and measures by the time
   * that really passed.
   */
  void end() {
    Control now = control;
    if (now != null && !now.stopMeasurement) {
      interruptJmh();
    }
  }

  private static void interruptJmh() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("main")) {
        thread.interrupt();
      }
    }
  }
}
