package io.syncanalyzer.report.screen;

import java.util.Map;

/** Whether a person watches, and in colour. */
final class Terminals {
  private Terminals() {}

  /** Whether the JVM has a terminal on standard input and output. */
  @SuppressWarnings("SystemConsoleNull") // On older Java there is none without a terminal.
  static boolean isTerminal() {
    java.io.Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From Java 22 on there is a console without a terminal too, and this method to tell.
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJava) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** See <a href="https://no-color.org">no-color.org</a>. */
  static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
