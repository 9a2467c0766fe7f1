package io.syncanalyzer.report.screen;

import io.syncanalyzer.result.figure.Numbers;
import io.syncanalyzer.time.NanoClock;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * What is said while a run goes on. Results go to one stream, everything else to another: a bar
 * that moves on a terminal, a line now and then in a log, nothing but warnings when quiet.
 *
 * <p>Safe for use by several threads.
 */
public final class Console implements AutoCloseable {
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;
  private static final long WAITING_EVERY_NANOS = 3_000_000_000L;
  private static final int STEPS = 1000;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Setting setting;
  private @Nullable ProgressBar bar;
  private String phase = "";
  private String lastText = "";
  private long phaseBegan;
  private long lastLine;
  private boolean lost;
  private long lastWaiting;
  private boolean hasWaited;

  /**
   * How to speak.
   *
   * @param out for results
   * @param err for progress, remarks and warnings
   * @param terminal whether a person watches, so that a line may be drawn over
   * @param colour whether colours may be used
   * @param quiet whether only warnings and results are wanted
   */
  public record Setting(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      boolean colour,
      boolean quiet,
      NanoClock clock) {
    /**
     * The process's own streams. A terminal is assumed where the JVM has one on both standard input
     * and output; colours are left out where {@code NO_COLOR} is set or {@code TERM} is {@code
     * dumb}.
     */
    public static Setting ofProcess(boolean quiet) {
      boolean terminal = Terminals.isTerminal();
      return new Setting(
          System.out,
          System.err,
          terminal,
          terminal && Terminals.wantsColour(System.getenv()),
          quiet,
          NanoClock.SYSTEM);
    }
  }

  public Console(Setting setting) {
    this.setting = setting;
  }

  /** Whether the last screen may use colours. */
  public boolean colour() {
    return setting.colour();
  }

  /** A part of the run begins; the one before is over. */
  public synchronized void phase(String name) {
    endPhase();
    phase = name;
    lastText = "";
    phaseBegan = setting.clock().nanoTime();
    lastLine = phaseBegan;
    if (setting.quiet()) {
      return;
    }
    if (setting.terminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(String.format(Locale.ROOT, "%-9s", name))
              .setInitialMax(-1)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setMaxRenderedLength(Screen.WIDTH - 1)
              .setConsumer(new ConsoleProgressBarConsumer(setting.err(), Screen.WIDTH - 1))
              .hideEta()
              .clearDisplayOnFinish()
              .build();
    } else {
      setting.err().println(name + ": begins");
    }
  }

  /**
   * How far the part is.
   *
   * @param fraction 0 to 1; less than 0 where nobody knows
   * @param text a few words or figures
   */
  public synchronized void progress(double fraction, String text) {
    lastText = text;
    if (setting.quiet()) {
      return;
    }
    if (bar != null) {
      if (fraction >= 0) {
        bar.maxHint(STEPS);
        bar.stepTo(Math.round(Math.min(1, fraction) * STEPS));
      } else {
        bar.maxHint(-1);
      }
      bar.setExtraMessage(" " + text);
      return;
    }
    long now = setting.clock().nanoTime();
    if (now - lastLine >= LINE_EVERY_NANOS) {
      lastLine = now;
      String percent =
          fraction < 0 ? "" : String.format(Locale.ROOT, "%3.0f %%  ", 100 * Math.min(1, fraction));
      setting.err().println(phase + ": " + percent + text);
    }
  }

  /**
   * What the part waits for. A log gets a line of it every few seconds, as one who reads it would
   * else take the run for dead; what is said in between is left out.
   */
  public synchronized void waiting(String what) {
    if (setting.quiet()) {
      return;
    }
    String text = "waiting: " + what;
    if (bar != null) {
      bar.setExtraMessage(" " + text);
      return;
    }
    long now = setting.clock().nanoTime();
    if (!hasWaited || now - lastWaiting >= WAITING_EVERY_NANOS) {
      hasWaited = true;
      lastWaiting = now;
      lastLine = now;
      setting.err().println((phase.isEmpty() ? "" : phase + ": ") + text);
    }
  }

  /** A remark; not said when quiet. */
  public synchronized void line(String text) {
    if (!setting.quiet()) {
      above(text);
    }
  }

  /** A remark that one cannot do without; said even when quiet. */
  public synchronized void needed(String text) {
    above(text);
  }

  /** A warning; said even when quiet. */
  public synchronized void warn(String text) {
    String line = "warning: " + text;
    above(setting.colour() ? Ansi.YELLOW.paint(line) : line);
  }

  /** Why it could not run; said even when quiet. */
  public synchronized void error(String text) {
    endPhase();
    String line = "error: " + text;
    setting.err().println(setting.colour() ? Ansi.RED.paint(line) : line);
  }

  /** A result, to standard output as it is; it ends the part that goes on. */
  public synchronized void result(String text) {
    endPhase();
    setting.out().print(text);
    lost |= setting.out().checkError();
  }

  /** Whether a result could not be written: standard output is closed, or its disk full. */
  public synchronized boolean resultLost() {
    return lost;
  }

  /** Ends the part that goes on and its bar. */
  @Override
  public synchronized void close() {
    endPhase();
    setting.err().flush();
  }

  /** Writes above the bar, which draws itself anew at its next turn. */
  private void above(String text) {
    setting.err().println((bar == null ? "" : CLEAR_LINE) + text);
  }

  private void endPhase() {
    if (phase.isEmpty()) {
      return;
    }
    if (bar != null) {
      bar.close();
      bar = null;
      setting.err().print(CLEAR_LINE);
    }
    if (!setting.quiet()) {
      String took = Numbers.seconds((setting.clock().nanoTime() - phaseBegan) / 1e9);
      setting.err().println(phase + ": " + took + (lastText.isEmpty() ? "" : ", " + lastText));
    }
    phase = "";
  }
}
