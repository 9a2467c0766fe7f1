package io.syncanalyzer.report;

import java.io.PrintStream;
import java.util.Map;

/** Progress on the console. */
public final class Console implements AutoCloseable {
  private final PrintStream err;
  private final boolean quiet;

  private Console(PrintStream err, boolean quiet) {
    this.err = err;
    this.quiet = quiet;
  }

  public static Console open(PrintStream err, boolean quiet, Map<String, String> env) {
    return new Console(err, quiet);
  }

  public static boolean coloursOn(Map<String, String> env) {
    return false;
  }

  public void phase(String name) {
    line("== " + name);
  }

  public void progress(double fraction, String words) {
    line(String.format(java.util.Locale.ROOT, "%3.0f%% %s", fraction * 100, words));
  }

  public void line(String text) {
    if (!quiet) {
      err.println(text);
    }
  }

  public void warn(String text) {
    err.println("warning: " + text);
  }

  @Override
  public void close() {}
}
