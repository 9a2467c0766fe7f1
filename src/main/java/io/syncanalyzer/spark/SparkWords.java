package io.syncanalyzer.spark;

/** What Spark says of a failure, in one line. */
final class SparkWords {
  private static final int MOST = 400;

  private SparkWords() {}

  /** The message without the stack traces that Spark puts into it. */
  static String of(Throwable failure) {
    Throwable told = failure;
    while (told.getCause() != null && told.getMessage() == null) {
      told = told.getCause();
    }
    String message =
        told.getMessage() == null ? told.getClass().getSimpleName() : told.getMessage();
    int stack = message.indexOf("Driver stacktrace");
    String line =
        (stack < 0 ? message : message.substring(0, stack))
            .lines()
            .filter(one -> !one.stripLeading().startsWith("at "))
            .map(String::strip)
            .reduce("", (all, one) -> all.isEmpty() ? one : all + " " + one)
            .strip();
    return line.length() > MOST ? line.substring(0, MOST) + "…" : line;
  }
}
