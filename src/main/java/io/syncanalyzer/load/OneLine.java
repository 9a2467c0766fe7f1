package io.syncanalyzer.load;

import org.jspecify.annotations.Nullable;

/** Foreign text made fit for a message of one line. */
final class OneLine {
  private static final int MOST = 200;

  private OneLine() {}

  static String of(@Nullable String text) {
    if (text == null) {
      return "no reason given";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
