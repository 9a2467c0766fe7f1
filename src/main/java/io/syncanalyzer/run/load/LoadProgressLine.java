package io.syncanalyzer.run.load;

import io.syncanalyzer.probe.figures.LagProgress;
import io.syncanalyzer.report.screen.Console;
import io.syncanalyzer.result.figure.Bound;
import io.syncanalyzer.time.NanoClock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One progress line for load and lag together. Safe for the threads of both. */
public final class LoadProgressLine {
  private final Console console;
  private final NanoClock clock;
  private final long wholeNanos;
  private long startedNanos;
  private boolean started;
  private String load = "";
  private String lag = "";

  public LoadProgressLine(Console console, NanoClock clock, Duration whole) {
    this.console = console;
    this.clock = clock;
    this.wholeNanos = Math.max(1, whole.toNanos());
  }

  /** What is measured begins now. */
  public synchronized void measuring() {
    startedNanos = clock.nanoTime();
    started = true;
  }

  public synchronized void load(LoadLine heard) {
    load = heard.words();
    show();
  }

  public synchronized void lag(LagProgress heard) {
    lag = words(heard);
    heard.waiting().forEach(console::waiting);
    show();
  }

  private void show() {
    double fraction = started ? (double) (clock.nanoTime() - startedNanos) / wholeNanos : 0;
    String both = load.isEmpty() || lag.isEmpty() ? load + lag : load + "; " + lag;
    console.progress(Math.min(1, fraction), both);
  }

  /** The lag of the last second in words. */
  public static String words(LagProgress heard) {
    return String.format(
        Locale.ROOT,
        "lag p50 %s p99 %s max %s, %,d sent/s, %,d outstanding%s",
        upper(heard.p50UpperNanos()),
        upper(heard.p99UpperNanos()),
        max(heard.maxUpperNanos(), heard.maxLowerNanos()),
        heard.sent(),
        heard.outstanding(),
        heard.censored() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d never seen", heard.censored()));
  }

  /** What is still outstanding may have waited longer than all that has come. */
  private static String max(@Nullable Long upper, @Nullable Long lower) {
    return lower == null || (upper != null && upper >= lower)
        ? upper(upper)
        : ">= " + Bound.lowerMillis(lower);
  }

  private static String upper(@Nullable Long nanos) {
    return nanos == null ? "-" : Bound.upperMillis(nanos);
  }
}
