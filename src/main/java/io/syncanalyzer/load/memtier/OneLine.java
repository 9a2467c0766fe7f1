package io.syncanalyzer.load.memtier;

import org.jspecify.annotations.Nullable;

/** Foreign text made fit for a message of one line. */
public final class OneLine {
  private static final int MOST = 200;

  private OneLine() {}

  public static String of(@Nullable String text) {
    if (text == null) {
      return "no reason given";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
